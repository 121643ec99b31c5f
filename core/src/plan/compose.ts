// From wanted weights to steps that can be done, with a proof of how good they are: survey → choose → decompose → allow → sequence →
// fill, on exact markets that each trade moves, and what is not worth its gas is taken out again.

import type { AssetId } from '../money/Asset.ts';
import { approximate } from '../money/approximate.ts';
import { ONE, pow10 } from '../money/Fixed.ts';
import type { Usd } from '../money/Price.ts';
import { valueDown } from '../money/Amount.ts';
import type { Seconds } from '../money/Time.ts';
import * as Gas from '../market/Gas.ts';
import type { Weights } from '../portfolio/Drift.ts';
import type { Portfolio } from '../portfolio/Portfolio.ts';
import type { Snapshot } from '../portfolio/Snapshot.ts';
import type { Trading } from '../policy/Strategy.ts';
import { allow, type Stopped } from './allow.ts';
import { authorise } from './authorise.ts';
import type { Budget } from './choose/Choice.ts';
import { chooseMarkets } from './choose/chooseMarkets.ts';
import * as Cost from './Cost.ts';
import { explain, passOver, summary } from './explain.ts';
import { gasOf } from './charge.ts';
import { cut, fill, type Desk as FillDesk, type Made } from './fill.ts';
import * as Mesh from './Mesh.ts';
import type { Plan, Step, Swap } from './Plan.ts';
import { frame } from './program/frame.ts';
import * as Goal from './program/Goal.ts';
import { prove } from './prove.ts';
import { sequence, type Trade } from './sequence.ts';
import { survey, type Norm, type Survey } from './survey.ts';
import { tradesOf } from './tradesOf.ts';

/** Say how a plan is to be made, where it is not the usual way. */
export type How = {
  /** How stiffly being off target counts {1}: trading one asset for another at a one-way cost k stops k/2κ from the target. */
  readonly kappa?: number;
  /** What is counted, where it is not each weight alike: a positive semidefinite matrix. */
  readonly norm?: Norm;
  readonly budget?: Budget;
};

/** So stiff {1} that a cost of one percent leaves a ten-thousandth of the portfolio off target. */
const STIFF = 1e2;
const MONTH: Seconds = 30 * 86_400;
/** A gap so small leaves an amount uncertain by about a millionth of the portfolio, far less than a fill; the work is bounded besides. */
const BUDGET: Budget = { gap: 1e-10, looks: 3_000 };

/** Compose the plan that brings a portfolio to `weights`. It has no steps where nothing is worth trading; the skips then say why. */
export function compose(
  snapshot: Snapshot,
  portfolio: Portfolio,
  weights: Weights,
  trading: Trading,
  { kappa = STIFF, norm, budget = BUDGET }: How = {},
): Plan {
  const { horizon = MONTH } = trading;
  const began = budget.clock?.now();
  const seen = survey(snapshot, portfolio, { weights, kappa, horizon, ...(norm === undefined ? {} : { norm }) });
  const choice = chooseMarkets(seen.assets.length, seen.offers, seen.goal, budget);
  const wanted = tradesOf(seen, choice, portfolio.value);
  const allowed = allow(wanted, snapshot.custody.turnoverRoom, trading.minNotional);
  const desk = { snapshot, portfolio, trading, seen, before: Mesh.of(seen.markets) };
  const { made, deeds, stopped } = guarded(desk, choice.idle, best(desk, sequence(desk.before, allowed.trades)));
  const swaps = deeds.flat();
  const cost = Cost.sum([telling(desk, made), ...swaps.map((swap) => swap.cost)]);
  const turnover = turnoverOf(portfolio, swaps);
  const told = { seen, choice, portfolio, stopped: [...allowed.reasons, ...stopped], made };
  const objective = worthAfter(desk, swaps);
  return {
    why: summary(turnover, deeds, cost),
    steps: stepsOf(desk, swaps),
    skips: explain(told),
    passed: passOver(told),
    cost,
    turnover,
    value: portfolio.value,
    proof: {
      ...prove({ seen, choice, snapshot, portfolio, beyond: allowed.beyond, objective }),
      ...(began === undefined || budget.clock === undefined ? {} : { took: budget.clock.now() - began }),
    },
  };
}

/** Hold what every part of a plan is made on. */
type Desk = FillDesk & { readonly portfolio: Portfolio; readonly seen: Survey };

/** Hold trades that can be made, and what stopped others. */
type Done = { readonly made: readonly Made[]; readonly stopped: readonly Stopped[] };

/** Fill trades, and leave out again, one by one, those without which the plan is worth more: gas has a price for every fill. */
function best(desk: Desk, trades: readonly Trade[]): Done {
  let kept = trades;
  const dropped: Stopped[] = [];
  for (;;) {
    const { made, stopped } = fillAll(desk, kept);
    const gone = leastWorth(desk, made);
    if (gone === undefined) return { made, stopped: [...dropped, ...stopped] };
    kept = kept.filter((trade) => trade !== gone);
    dropped.push({ trade: gone, why: 'would gain less than the gas of its fill' });
  }
}

/** Hold the swaps of each trade that is made. */
type Guarded = Done & { readonly deeds: readonly (readonly Swap[])[] };

/**
 * Cut trades so that nobody gains by attacking them, each on the markets that the slices of those before it leave behind. Where the gas of
 * all slices is more than the plan gains, it is not made.
 */
function guarded(desk: Desk, idle: number, { made, stopped }: Done): Guarded {
  const [kept, deeds, left]: [Made[], (readonly Swap[])[], Stopped[]] = [[], [], [...stopped]];
  let markets = desk.before;
  for (const { trade } of made) {
    const filled = fill(markets, trade, desk);
    if (filled.kind === 'skip') left.push({ trade, why: filled.why });
    else {
      const deed = cut(filled, desk);
      kept.push(filled);
      deeds.push(deed.swaps);
      markets = deed.after;
    }
  }
  if (kept.length === 0 || worthAfter(desk, deeds.flat()) > idle) return { made: kept, stopped: left, deeds };
  const why = 'keeping it from attackers would cost more gas than the plan gains: send it privately';
  return { made: [], deeds: [], stopped: [...left, ...kept.map(({ trade }) => ({ trade, why }))] };
}

/** Find the trade without which the plan would be worth most, if that is no less than with it. */
function leastWorth(desk: Desk, made: readonly Made[]): Trade | undefined {
  let most = worthAtOnce(desk, made);
  let found: Trade | undefined;
  for (const one of made) {
    const without = worthAtOnce(
      desk,
      made.filter((other) => other !== one),
    );
    if (without >= most) [found, most] = [one.trade, without];
  }
  return found;
}

/** Fill trades one after another, each on the markets that those before it leave behind. */
function fillAll(desk: Desk, trades: readonly Trade[]): Done {
  const made: Made[] = [];
  const stopped: Stopped[] = [];
  let markets = desk.before;
  for (const trade of trades) {
    const filled = fill(markets, trade, desk);
    if (filled.kind === 'made') {
      made.push(filled);
      markets = filled.after;
    } else stopped.push({ trade, why: filled.why });
  }
  return { made, stopped };
}

/** Say what the portfolio counts for after trades made at once, in whole atoms, less the gas of doing so {USD}. */
function worthAtOnce(desk: Desk, made: readonly Made[]): number {
  const { gas } = desk.snapshot;
  const moves = made.map(({ trade, sold, expected }) => ({
    sell: trade.sell.asset.id,
    buy: trade.buy.asset.id,
    sold,
    expected,
  }));
  const paid = made.reduce((sum, { lanes }) => sum + gasOf(lanes, gas), telling(desk, made).gas);
  return worthOf(desk, moves) - approximate(paid, ONE);
}

/** Say what the portfolio counts for after swaps, in whole atoms, less their gas {USD}. */
function worthAfter(desk: Desk, swaps: readonly Swap[]): number {
  const paid = swaps.reduce((sum, { cost }) => sum + cost.gas, telling(desk, swaps).gas);
  return worthOf(desk, swaps) - approximate(paid, ONE);
}

/** Say what the portfolio counts for after moves of whole atoms {USD}. */
function worthOf({ seen }: Desk, moves: readonly Pick<Swap, 'sell' | 'buy' | 'sold' | 'expected'>[]): number {
  const framed = frame(seen.goal, seen.assets.length);
  const after = framed.held.slice();
  const move = (asset: AssetId, atoms: bigint): void => {
    const token = seen.assets.indexOf(asset);
    const scale = pow10(seen.positions[token]?.asset.decimals ?? 0);
    after[token] = (after[token] ?? 0) + approximate(atoms, scale) * (framed.first[token] ?? 0);
  };
  for (const { sell, buy, sold, expected } of moves) {
    move(sell, -sold);
    move(buy, expected);
  }
  return Goal.worth(framed, after);
}

/** What telling custody costs, if there is anything to tell. */
function telling({ snapshot }: Desk, trades: readonly unknown[]): Cost.Cost {
  const gas = trades.length === 0 ? 0n : Gas.costUp(snapshot.gas, snapshot.gas.authorise, 1n);
  return { ...Cost.NONE, gas };
}

function stepsOf({ snapshot, portfolio, trading }: Desk, swaps: readonly Swap[]): readonly Step[] {
  return swaps.length === 0 ? [] : [authorise(snapshot, portfolio, trading, swaps), ...swaps];
}

function turnoverOf({ positions }: Portfolio, swaps: readonly Swap[]): Usd {
  let turnover = 0n;
  for (const { asset, price } of positions) {
    for (const { sell, sold } of swaps) if (sell === asset.id) turnover += valueDown(sold, asset.decimals, price);
  }
  return turnover;
}
