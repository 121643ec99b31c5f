// Gradual Dutch auctions: a supply that is sold bit by bit, each bit an auction of its own whose price falls with time,
// so that buying much at once costs ever more. There is no deployed standard to mirror: every cost is rounded up.

import type { AssetId } from '../money/Asset.ts';
import { approximate } from '../money/approximate.ts';
import { divDown, divUp, min, ONE } from '../money/Fixed.ts';
import type { Seconds } from '../money/Time.ts';
import { checkInput, sideOf } from './amm/Pair.ts';
import * as Exponential from './Exponential.ts';
import type { MarketId, Rate, Swapped, Trade, Values } from './Market.ts';
import { checkAtLeast, checkCount, checkPair, unknown } from './Terms.ts';

/** State a gradual auction at one moment. */
export type GradualAuction = {
  readonly kind: 'gradual-auction';
  readonly id: MarketId;
  /** What the buyer pays, and what it gets. */
  readonly assets: readonly [AssetId, AssetId];
  /** Price of an atom when its auction starts, in a discrete one of the first unit's: `sold` atoms for `bought`. */
  readonly start: Rate;
  /** Speed at which the log of each price falls, D18{1/s}. */
  readonly decay: bigint;
  readonly supply: Continuous | Discrete;
};

/** Emit `emission` atoms a second, each its own auction; `available` are emitted and not yet sold. */
export type Continuous = { readonly kind: 'continuous'; readonly emission: bigint; readonly available: bigint };

/** Sell units of `unit` atoms, each `scale` D18{1} (above one) times as dear as the one before, all started `elapsed` ago. */
export type Discrete = {
  readonly kind: 'discrete';
  readonly unit: bigint;
  readonly scale: bigint;
  readonly sold: number;
  readonly left: number;
  readonly elapsed: Seconds;
};

/**
 * Compute what `quantity` costs, rounded up: atoms of a continuous auction, whole units of a discrete one, not more than
 * there are. Formulas: p·(r/λ)·(e^(λq/r) − 1)·e^(−λT) with T = available/r, and
 * p·α^sold·(α^q − 1)/(α − 1)·e^(−λt) (Frankie, White, Robinson, "Gradual Dutch Auctions", 2022). Throws MarketError.
 */
export function costUp(auction: GradualAuction, quantity: bigint): bigint {
  check(auction);
  checkAtLeast(quantity, 0n, 'quantity');
  checkAtLeast(stock(auction), quantity, 'stock');
  const { start, decay, supply } = auction;
  if (quantity === 0n) return 0n;
  if (supply.kind === 'discrete') {
    const [count, sold] = [quantity, BigInt(supply.sold)];
    const growth = supply.scale ** sold * (supply.scale ** count - ONE ** count);
    const { up } = Exponential.bounds(-decay * BigInt(supply.elapsed));
    // In units of α^(sold + q − 1): the powers of ten that the fixed points carry cancel but for these.
    const scale = ONE ** (sold + count - 1n) * (supply.scale - ONE) * Exponential.SCALE;
    return divUp(start.sold * supply.unit * growth * up, start.bought * scale);
  }
  const { emission, available } = supply;
  const late = Exponential.bounds(divUp(decay * (quantity - available), emission)).up;
  const early = Exponential.bounds(divDown(-decay * available, emission)).down;
  return divUp(start.sold * emission * ONE * (late - early), start.bought * decay * Exponential.SCALE);
}

/** Give the price of the next atom, or of the next unit. Throws NotTraded, MarketError. */
export function spot(auction: GradualAuction, sell: AssetId): Rate {
  const [bought, sold] = nextOf(auction);
  return sideOf(auction, sell) === 0 ? { bought, sold } : { bought: sold, sold: bought };
}

/**
 * Pay up to `sold` atoms: the largest quantity that this pays for, and exactly its cost is taken. A gradual auction does
 * not buy back. Throws NotTraded, BadInput, MarketError.
 */
export function swap(
  auction: GradualAuction,
  sell: AssetId,
  sold: bigint,
): Swapped & { readonly after: GradualAuction } {
  checkInput(auction, sold);
  if (sideOf(auction, sell) === 1)
    return { sell, buy: auction.assets[0], sold: 0n, bought: 0n, fee: 0n, feeIn: sell, after: auction };
  return purchase(
    auction,
    largest(stock(auction), (candidate) => costUp(auction, candidate) <= sold),
  );
}

/**
 * Buy at least `bought` atoms, in whole units, or all that is left: exactly their cost is taken. Throws NotTraded,
 * BadInput, MarketError.
 */
export function swapOut(
  auction: GradualAuction,
  sell: AssetId,
  bought: bigint,
): Swapped & { readonly after: GradualAuction } {
  checkInput(auction, bought);
  check(auction);
  if (sideOf(auction, sell) === 1) return swap(auction, sell, 0n);
  return purchase(auction, min(stock(auction), divUp(bought, unitOf(auction))));
}

/** Find the purchase that gains most at `values`: up to where the next atom or unit costs what it is worth. */
export function arb(auction: GradualAuction, values: Values): Trade | undefined {
  const [sell, buy] = auction.assets;
  const gains = (bought: bigint): boolean => {
    const [got, paid] = nextOf(after(auction, bought - 1n));
    return approximate(got, 1n) * (values[buy] ?? NaN) > approximate(paid, 1n) * (values[sell] ?? NaN);
  };
  const quantity = largest(stock(auction), gains);
  if (quantity === 0n) return undefined;
  const bought = approximate(quantity * unitOf(auction), 1n);
  return { sell, buy, sold: approximate(costUp(auction, quantity), 1n), bought };
}

/** Let time pass. Throws MarketError. */
export function advance(auction: GradualAuction, seconds: Seconds): GradualAuction {
  checkCount(seconds, 'seconds');
  const { supply } = auction;
  return supply.kind === 'continuous'
    ? { ...auction, supply: { ...supply, available: supply.available + supply.emission * BigInt(seconds) } }
    : { ...auction, supply: { ...supply, elapsed: supply.elapsed + seconds } };
}

/** Count the atoms or units that can be bought now. */
export function stock({ supply }: GradualAuction): bigint {
  return supply.kind === 'continuous' ? supply.available : BigInt(supply.left);
}

/** Buy atoms of a continuous auction or units of a discrete one, not more than there are. */
function purchase(auction: GradualAuction, quantity: bigint): Swapped & { readonly after: GradualAuction } {
  const [sell, buy] = auction.assets;
  const [sold, bought] = [costUp(auction, quantity), quantity * unitOf(auction)];
  return { sell, buy, sold, bought, fee: 0n, feeIn: sell, after: after(auction, quantity) };
}

function after(auction: GradualAuction, quantity: bigint): GradualAuction {
  const { supply } = auction;
  if (supply.kind === 'continuous')
    return { ...auction, supply: { ...supply, available: supply.available - quantity } };
  const count = Number(quantity);
  return { ...auction, supply: { ...supply, sold: supply.sold + count, left: supply.left - count } };
}

/** What the next atom costs, not rounded to atoms: for how many it is how many. Where nothing is left, a fresh one. */
function nextOf(auction: GradualAuction): readonly [bigint, bigint] {
  check(auction);
  const { start, decay, supply } = auction;
  if (supply.kind === 'continuous') {
    const { down } = Exponential.bounds(divDown(-decay * supply.available, supply.emission));
    return [start.bought * Exponential.SCALE, start.sold * down];
  }
  const { down } = Exponential.bounds(-decay * BigInt(supply.elapsed));
  // α^sold with sixty decimals, rounded down: exact powers would leave the range of a float.
  const dearer = (supply.scale ** BigInt(supply.sold) * Exponential.SCALE) / ONE ** BigInt(supply.sold);
  return [start.bought * Exponential.SCALE ** 2n, start.sold * dearer * down];
}

function unitOf({ supply }: GradualAuction): bigint {
  return supply.kind === 'continuous' ? 1n : supply.unit;
}

/** Find the largest integer in [0, most] that holds, where all below one that holds do too. */
function largest(most: bigint, holds: (candidate: bigint) => boolean): bigint {
  let [low, high] = [0n, most];
  while (low < high) {
    const middle = low + (high - low + 1n) / 2n;
    if (holds(middle)) low = middle;
    else high = middle - 1n;
  }
  return min(low, most);
}

/** More units than this would be powers too large for a search among them. */
const MOST_UNITS = 1_000;

/** Refuse terms from which no price follows. Throws MarketError. */
export function check({ assets, start, decay, supply }: GradualAuction): void {
  checkPair(assets);
  checkAtLeast(start.bought, 1n, 'start.bought');
  checkAtLeast(start.sold, 1n, 'start.sold');
  checkAtLeast(decay, 1n, 'decay');
  if (supply.kind === 'continuous') {
    checkAtLeast(supply.emission, 1n, 'supply.emission');
    checkAtLeast(supply.available, 0n, 'supply.available');
    return;
  }
  if (supply.kind !== 'discrete') throw unknown('supply.kind', supply);
  checkAtLeast(supply.unit, 1n, 'supply.unit');
  checkAtLeast(supply.scale, ONE + 1n, 'supply.scale');
  checkCount(supply.sold, 'supply.sold');
  checkCount(supply.left, 'supply.left');
  checkCount(supply.elapsed, 'supply.elapsed');
  checkAtLeast(BigInt(MOST_UNITS), BigInt(supply.sold + supply.left), 'units at most');
}
