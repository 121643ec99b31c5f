// The best flow through a network for a purpose, with its certificate. Prices are found by descending on the dual function; the
// trades that the markets make at these prices are the flow. A flow is made feasible by aiming inside: where a holding would end
// below zero by rounding, the next round asks for that much more of it.

import { dot } from '../../forecast/Matrix.ts';
import { at, sum } from '../../forecast/Numbers.ts';
import { descend, settle, type Point, type Program } from './descend.ts';
import * as Dual from './Dual.ts';
import * as Routing from './Routing.ts';
import { guess } from './guess.ts';
import * as Network from './Network.ts';
import * as Offer from './Offer.ts';
import * as Purpose from './Purpose.ts';

/** Hold a question: where to search first, and what using a market costs. */
export type Question = {
  readonly network: Network.Network;
  readonly purpose: Purpose.Purpose;
  /** {value/tok}, above zero. */
  readonly prices: readonly number[];
  /** {value} per market. */
  readonly fixed: readonly number[];
};

/** What is read off a point. */
type Found = Omit<Routing.Routing, 'bound' | 'gap' | 'steps'>;

const ROUNDS = 24;
/** A gap {1} of what is at stake that more rounds would not narrow. */
const CLOSED = 1e-13;
/** A trade below this share {1} of the largest one is rounding. */
const DUST = 1e-13;

/** Find the best flow, no market costing anything to use. Throws NetworkError where the network or the purpose makes no sense. */
export function solveRouting(network: Network.Network, purpose: Purpose.Purpose): Routing.Routing {
  return solve(ask(network, purpose));
}

/**
 * Relax a choice of markets: a market may be used to a share and pays that share of its fixed cost {value}. No choice of markets is
 * worth more than the bound of this flow. Throws NetworkError.
 */
export function relaxRouting(
  network: Network.Network,
  purpose: Purpose.Purpose,
  fixed: readonly number[],
): Routing.Routing {
  const question = ask(network, purpose);
  Network.checkNotBelow(fixed, network.markets.length, 'fixed');
  return solve({ ...question, fixed });
}

/** Check a network and a purpose, and find where to start. Throws NetworkError. */
export function ask(network: Network.Network, purpose: Purpose.Purpose): Question {
  Network.check(network);
  Purpose.check(purpose, network);
  const prices = purpose.kind === 'convert' ? guess(network, purpose.values) : purpose.prices;
  return { network, purpose, prices, fixed: network.markets.map(() => 0) };
}

/**
 * Solve a question that makes sense. With fixed costs, a market may be used to a share and pays that share of its cost: the best
 * such flow is a relaxation, and its bound holds for every choice of markets (Lagrange: (arb − cost)⁺).
 */
export function solve(question: Question): Routing.Routing {
  const { network, purpose, prices, fixed } = question;
  const offers = Offer.all(network, prices, fixed);
  const plain = Dual.of(
    purpose,
    prices,
    prices.map(() => 0),
  );
  let margin: readonly number[] = prices.map(() => 0);
  const positive = Network.unbounded(network);
  let program: Program = { dual: plain, offers, positive, anchors: offers.map(() => 0), width: 0.1 };
  let z = plain.start;
  let best = idle(question);
  for (let round = 0; round < ROUNDS; round++) {
    const { point, steps } = descend(program, z);
    const was = best;
    const bound = boundAt(plain, offers, point);
    const found = recover(question, program, point);
    const tidied = tidy(question, found);
    for (const flow of [tidied, found]) best = merge(best, { ...flow, bound, steps: 0 }, purpose.holdings);
    best = { ...best, steps: was.steps + steps };
    const sizes = Routing.gross(network, found.trades);
    if (best.gap <= CLOSED * (Math.abs(best.bound) + Math.abs(dot(sizes, point.prices)))) break;
    const lacks = purpose.holdings.map((held, j) => Math.max(0, -held - at(found.net, j), -held - at(tidied.net, j)));
    if (lacks.every((lack) => lack === 0) && offers.every(({ kind }) => kind === 'whole')) break;
    const stake = dot(purpose.holdings, point.prices);
    margin = margin.map((more, j) => widen(more, at(lacks, j), Math.max(at(sizes, j), stake / at(point.prices, j))));
    const anchors = point.taken.map(({ share }) => share);
    program = { ...program, dual: Dual.of(purpose, prices, margin), anchors, width: narrow(program.width, was, best) };
    z = point.z;
  }
  return best;
}

/**
 * Ask for more of a token that ended below zero, if by no more than rounding beside all that moves of it or could be
 * held of it: what lacks otherwise is not found that way.
 */
function widen(margin: number, lack: number, size: number): number {
  return lack > 0 && lack < 1e-9 * size ? 2 * (margin + lack) + 4e-16 * size : margin;
}

/** Weaken the pull, at first always, then only while rounds gain little: a weak pull costs digits of the shares. */
function narrow(width: number, was: Routing.Routing, now: Routing.Routing): number {
  return width > 2e-3 || (now.gap > 0.1 * was.gap && width > 1e-6) ? width / 10 : width;
}

/** Do nothing: feasible whatever the purpose, and proof of nothing. */
function idle({ network, purpose, prices }: Question): Routing.Routing {
  const trades = network.markets.map(({ tokens }) => tokens.map(() => 0));
  const net = Routing.net(network, trades);
  return { trades, net, prices, value: Purpose.worth(purpose, net), bound: Infinity, gap: Infinity, steps: 0 };
}

/** Read the flow off a point: what every market does at its prices. */
function recover({ network, purpose }: Question, program: Program, point: Point): Found {
  const trades = network.markets.map(({ tokens }) => tokens.map(() => 0));
  const settled = settle(program, point);
  let costs = 0;
  for (const [index, offer] of program.offers.entries()) {
    if (offer.kind === 'part') costs += at(point.taken, index).share * offer.fixed;
    const trade = at(trades, offer.index);
    for (const [j, amount] of at(settled, index).entries()) trade[j] = at(trade, j) + amount;
  }
  const net = Routing.net(network, trades);
  return { trades, net, prices: point.prices, value: Purpose.worth(purpose, net) - costs };
}

/** Evaluate the dual function without pulls and margins: no flow is worth more {value}. */
function boundAt(dual: Dual.Dual, offers: readonly Offer.Offer[], point: Point): number {
  return Dual.value(dual, point.z) + sum(offers.map((offer) => Offer.bound(offer, point.prices)));
}

/** Leave out amounts that are nothing but what rounding makes of none, seen from all trades and from the market's own size. */
function tidy({ network, purpose }: Question, found: Found): Found {
  const values = found.trades.map((trade, index) => {
    const { tokens } = at(network.markets, index);
    return trade.map((amount, j) => Math.abs(amount * at(found.prices, at(tokens, j))));
  });
  const most = Math.max(...values.map(sum));
  const trades = found.trades.map((trade, index) => {
    const { tokens } = at(network.markets, index);
    const { curvature } = Network.arb(at(network.markets, index), found.prices);
    const depth = sum(tokens.map((token, j) => at(at(curvature, j), j) * at(found.prices, token) ** 2));
    const size = sum(at(values, index));
    if (size < Math.max(DUST * most, 1e-15 * depth)) return trade.map(() => 0);
    return trade.map((amount, j) => (at(at(values, index), j) < 1e-15 * size ? 0 : amount));
  });
  const net = Routing.net(network, trades);
  // Costs were paid by share: what is left out had a share of about nothing.
  const value = Purpose.worth(purpose, net) - (Purpose.worth(purpose, found.net) - found.value);
  return { ...found, trades, net, value };
}

/** Keep the better of two flows if no holding ends below zero and, with its prices, the lower bound. */
function merge(
  best: Routing.Routing,
  found: Omit<Routing.Routing, 'gap'>,
  holdings: readonly number[],
): Routing.Routing {
  const feasible = found.net.every((amount, j) => at(holdings, j) + amount >= 0);
  const { trades, net, value } = feasible && found.value > best.value ? found : best;
  const { prices, bound } = found.bound < best.bound ? found : best;
  // Below zero it could only be by rounding.
  return { trades, net, value, prices, bound, gap: Math.max(0, bound - value), steps: best.steps + found.steps };
}
