// A bridge as a market: an asset on one chain on one side, the same asset on another chain on the other. What it charges
// is a fee; what it costs besides is time, and what it can pay out is what it has at the other end.

import type { AssetId } from '../money/Asset.ts';
import { max, min, mulDivDown, mulDivUp } from '../money/Fixed.ts';
import type { Seconds, Time } from '../money/Time.ts';
import { checkInput, sideOf } from './amm/Pair.ts';
import { arbAtRate } from './arbAtRate.ts';
import type { MarketId, Rate, Swapped, Trade, Values } from './Market.ts';
import { checkAtLeast, checkCount, checkLength, checkPair, checkPpm } from './Terms.ts';

/** State a bridge. */
export type Bridge = {
  readonly kind: 'bridge';
  readonly id: MarketId;
  readonly assets: readonly [AssetId, AssetId];
  /** What is the same amount at both ends, in atoms: they differ where the decimals do. Both above zero. */
  readonly parity: readonly [bigint, bigint];
  /** Atoms that can be paid out at each end now. */
  readonly capacity: readonly [bigint, bigint];
  /** What a transfer from each end costs whatever its size, in atoms of that end. */
  readonly fixedFee: readonly [bigint, bigint];
  /** What it costs of its size besides, in millionths [0, 1e6). */
  readonly feePpm: number;
  /** Time until the money is there: on average, and at the longest {s}. */
  readonly delay: { readonly expected: Seconds; readonly longest: Seconds };
};

/** State what is under way: the least that arrives, of what, and by when; beside it when it is expected. */
export type Arrival = { readonly asset: AssetId; readonly atoms: bigint; readonly due: Time; readonly expected: Time };

const MILLION = 1_000_000n;

/** Give the price before fees: one for one. Throws NotTraded, MarketError. */
export function spot(bridge: Bridge, sell: AssetId): Rate {
  check(bridge);
  const [here, there] = ends(bridge.parity, sideOf(bridge, sell));
  return { bought: there, sold: here };
}

/**
 * Send up to `sold` atoms, or as many as the other end can pay out for; nothing where the fees would eat it all. What
 * arrives is rounded down and the fee up, for the bridge. Throws NotTraded, BadInput, MarketError.
 */
export function swap(bridge: Bridge, sell: AssetId, sold: bigint): Swapped & { readonly after: Bridge } {
  checkInput(bridge, sold);
  check(bridge);
  const side = sideOf(bridge, sell);
  const buy = bridge.assets[side === 0 ? 1 : 0];
  const [here, there] = ends(bridge.parity, side);
  const [, capacity] = ends(bridge.capacity, side);
  const [fixed] = ends(bridge.fixedFee, side);
  const proportional = BigInt(bridge.feePpm);
  // The least that has to be sent for all that may arrive: its fee, rounded up, leaves exactly that.
  const most = mulDivUp(mulDivDown(capacity, here, there) + fixed, MILLION, MILLION - proportional);
  const sent = min(sold, most);
  const fee = fixed + mulDivUp(sent, proportional, MILLION);
  const bought = mulDivDown(max(sent - fee, 0n), there, here);
  if (bought === 0n) return { sell, buy, sold: 0n, bought, fee: 0n, feeIn: sell, after: bridge };
  return { sell, buy, sold: sent, bought, fee, feeIn: sell, after: paidOut(bridge, side, sent - fee, bought) };
}

/** Find the transfer that gains at `values`: all that the other end can pay out, or nothing. */
export function arb(bridge: Bridge, values: Values): Trade | undefined {
  return arbAtRate(bridge.assets, (sell) => swap(bridge, sell, 1n << 256n), values);
}

/** State what a transfer sent at a moment puts under way. */
export function arrival(bridge: Bridge, { buy, bought }: Swapped, at: Time): Arrival {
  check(bridge);
  return { asset: buy, atoms: bought, due: at + bridge.delay.longest, expected: at + bridge.delay.expected };
}

/** Put a pair that is in the order of the assets into the order of a transfer: from here to there. */
function ends(pair: readonly [bigint, bigint], side: 0 | 1): readonly [bigint, bigint] {
  return side === 0 ? pair : [pair[1], pair[0]];
}

function paidOut(bridge: Bridge, side: 0 | 1, taken: bigint, paid: bigint): Bridge {
  const [here, there] = ends(bridge.capacity, side);
  return { ...bridge, capacity: ends([here + taken, there - paid], side) };
}

/** Refuse terms that no bridge can have. Throws MarketError. */
export function check({ assets, parity, capacity, fixedFee, feePpm, delay }: Bridge): void {
  checkPair(assets);
  for (const [path, list] of Object.entries({ parity, capacity, fixedFee })) checkLength(list, 2, path);
  parity.forEach((value, index) => checkAtLeast(value, 1n, `parity[${index}]`));
  capacity.forEach((value, index) => checkAtLeast(value, 0n, `capacity[${index}]`));
  fixedFee.forEach((value, index) => checkAtLeast(value, 0n, `fixedFee[${index}]`));
  checkPpm(feePpm, 'feePpm');
  checkCount(delay.expected, 'delay.expected');
  checkCount(delay.longest - delay.expected, 'delay.longest − delay.expected');
}
