// One trade made ready to do: sent along its paths, quoted, cut into slices that nobody gains by attacking, and bounded from below.

import { tokens, valueDown } from '../money/Amount.ts';
import * as Bps from '../money/Bps.ts';
import { divUp, max, min, mulDivUp, pow10 } from '../money/Fixed.ts';
import { dollars } from '../money/Price.ts';
import type { Position } from '../portfolio/Portfolio.ts';
import type { Snapshot } from '../portfolio/Snapshot.ts';
import type { Trading } from '../policy/Strategy.ts';
import { charge } from './charge.ts';
import * as Lane from './Lane.ts';
import * as Mesh from './Mesh.ts';
import type { Guarded, Swap } from './Plan.ts';
import type { Trade } from './sequence.ts';
import { protect } from './slice/protect.ts';
import * as Slices from './slice/Slices.ts';

/** Hold what a trade comes to and the markets it leaves behind, or the reason why it cannot be made. */
export type Filled = Made | { readonly kind: 'skip'; readonly why: string };

/** Hold what a trade sells and brings if it is sent at once, along which lanes, and the markets `now` and `after` it. */
export type Made = {
  readonly kind: 'made';
  readonly trade: Trade;
  readonly lanes: readonly Lane.Lane[];
  readonly sold: bigint;
  readonly expected: bigint;
  readonly now: Mesh.Mesh;
  readonly after: Mesh.Mesh;
};

/** Hold what every trade of a plan is made on; `before` are the markets before the first of them. */
export type Desk = { readonly snapshot: Snapshot; readonly trading: Trading; readonly before: Mesh.Mesh };

/** How often a trade is halved that its markets would pay less for than custody permits. */
const HALVINGS = 6;

/**
 * Send a trade through the markets as they are `now`, after the trades before it. Where they pay less than custody permits for all of it, half
 * of it is sent, or half of that: what a thin market takes at a fair price is not left undone for what it does not.
 */
export function fill(now: Mesh.Mesh, trade: Trade, desk: Desk): Filled {
  const whole = fillPart(now, trade, desk);
  let [part, filled] = [trade, whole];
  for (let halving = 0; filled.kind === 'underpaid' && halving < HALVINGS; halving++) {
    part = {
      ...part,
      value: part.value / 2n,
      shares: part.shares.map((share) => ({ ...share, sold: share.sold / 2n })),
    };
    filled = fillPart(now, part, desk);
  }
  if (filled.kind === 'made') return { ...filled, trade };
  return { kind: 'skip', why: whole.kind === 'made' ? filled.why : whole.why };
}

type FilledPart = Made | { readonly kind: 'skip' | 'underpaid'; readonly why: string };

function fillPart(now: Mesh.Mesh, trade: Trade, { snapshot, trading }: Desk): FilledPart {
  const { sell, buy } = trade;
  const { lanes, after } = Lane.send(now, sell.asset.id, trade.shares);
  const sold = Lane.total(lanes, 'sold');
  const expected = Lane.total(lanes, 'bought');
  const taken = valueDown(sold, sell.asset.decimals, sell.price);
  if (expected === 0n) return skip(`no market takes ${dollars(trade.value)} of it and pays ${buy.asset.symbol} for it`);
  if (taken < trading.minNotional) {
    return skip(`its markets take ${dollars(taken)} of it, below the ${dollars(trading.minNotional)} minimum`);
  }
  const least = leastUp(sell, buy, sold, snapshot);
  if (least > expected) {
    const fair = fairUp(sell, buy, sold);
    const gap = Bps.percent(Bps.ofUp(fair - expected, fair));
    const most = Bps.percent(snapshot.custody.maxFloorDiscount);
    const why = `its markets pay ${gap} less than the oracle; custody permits at most ${most}`;
    return { kind: 'underpaid', why };
  }
  return { kind: 'made', trade, lanes, sold, expected, now, after };
}

/** Hold the swaps that a trade is made in, and the markets after the last of them. */
export type Deed = { readonly swaps: readonly Swap[]; readonly after: Mesh.Mesh };

/**
 * Cut a trade into the swaps that it is made in, one or several that wait for each other, and bound them. Each is quoted on the markets
 * as those before it leave them: nobody is counted on to bring prices back in between. A floor is the higher of what `floorOf` says and the
 * oracle's price less custody's largest discount, both rounded up: the vault never accepts an atom less than allowed.
 */
export function cut({ trade, lanes, sold: atoms, expected, now, after }: Made, desk: Desk): Deed {
  const { sell, buy } = trade;
  const { snapshot, trading } = desk;
  const least = leastUp(sell, buy, atoms, snapshot);
  const atOnce = { sold: atoms, expected };
  const whole = { lanes, tolerance: trading.slippage, loss: 0n, atOnce };
  if (trading.sending === 'private') return { swaps: [swapOf(trade, whole, desk)], after };
  const { gas, outlook } = snapshot;
  const guarded = protect({ lanes, sell, buy, gas, trading, least, ...(outlook === undefined ? {} : { outlook }) });
  const { slices, tolerance, attacker, loss, why } = guarded;
  const parts = lanes.map(({ path, quote }) => ({ path, sold: Slices.equal(quote.sold, slices.length) }));
  const sent: Lane.Sent[] = [];
  for (const at of slices.keys()) {
    const shares = parts.map(({ path, sold }) => ({ path, sold: sold[at] ?? 0n }));
    const next = Lane.send(sent.at(-1)?.after ?? now, sell.asset.id, shares);
    const sold = Lane.total(next.lanes, 'sold');
    // All of it at once pays what custody demands; its last slices, each for itself, may not: these are left.
    if (sold === 0n || Lane.total(next.lanes, 'bought') < leastUp(sell, buy, sold, snapshot)) break;
    sent.push(next);
  }
  const of = sent.length;
  const left = slices.length - of;
  const told = left === 0 ? why : `${why}; the last ${left} would be paid less than custody demands and are left`;
  const swaps = sent.map(({ lanes: made }, at) => {
    const part = { lanes: made, tolerance, loss: divUp(loss, BigInt(slices.length)), atOnce };
    return swapOf(trade, part, desk, { slice: at + 1, of, tolerance, attacker, why: told });
  });
  return { swaps, after: sent.at(-1)?.after ?? now };
}

/** Hold the part of a trade that one swap makes. */
type Part = {
  readonly lanes: readonly Lane.Lane[];
  readonly tolerance: Bps.Bps;
  readonly loss: bigint;
  /** What the trade would come to at once. */
  readonly atOnce: Pick<Made, 'sold' | 'expected'>;
};

function swapOf({ sell, buy }: Trade, part: Part, desk: Desk, guarded?: Guarded): Swap {
  const { snapshot, trading, before } = desk;
  const { lanes, loss } = part;
  const sold = Lane.total(lanes, 'sold');
  const expected = Lane.total(lanes, 'bought');
  return {
    kind: 'swap',
    sell: sell.asset.id,
    buy: buy.asset.id,
    sold,
    expected,
    floor: max(floorOf(part, sold, expected), leastUp(sell, buy, sold, snapshot)),
    routes: lanes.map(({ path, quote }) => ({ ...Mesh.name(path), sold: quote.sold, expected: quote.bought })),
    deadline: snapshot.at + trading.lifetime,
    cost: { ...charge(lanes, before, sell.asset.id, buy, snapshot.gas), mev: loss },
    ...(guarded === undefined ? {} : { guarded }),
    why: words(sell, buy, sold, expected),
  };
}

/**
 * Bound what a part may bring: its own quote less the tolerance, and for a slice no less than at the average price of the trade at once, less
 * the tolerance, as far as it is expected to bring that. The last slices are quoted lower than the first; their owner's limits are not.
 */
function floorOf({ tolerance, atOnce }: Part, sold: bigint, expected: bigint): bigint {
  const average = mulDivUp(atOnce.expected, sold, atOnce.sold);
  return min(expected, max(Bps.shareUp(expected, Bps.ONE - tolerance), Bps.shareUp(average, Bps.ONE - tolerance)));
}

/** The least that custody accepts, rounded up. */
function leastUp(sell: Position, buy: Position, sold: bigint, { custody }: Snapshot): bigint {
  return Bps.shareUp(fairUp(sell, buy, sold), Bps.ONE - custody.maxFloorDiscount);
}

/** Convert at the primary prices, rounded up: the vault's claim is never understated. */
export function fairUp(sell: Position, buy: Position, sold: bigint): bigint {
  return divUp(sold * sell.price * pow10(buy.asset.decimals), buy.price * pow10(sell.asset.decimals));
}

function words(sell: Position, buy: Position, sold: bigint, expected: bigint): string {
  const out = `${tokens(sold, sell.asset.decimals)} ${sell.asset.symbol}`;
  return `sell ${out} for about ${tokens(expected, buy.asset.decimals)} ${buy.asset.symbol}`;
}

function skip(why: string): FilledPart {
  return { kind: 'skip', why };
}
