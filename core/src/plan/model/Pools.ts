// Pools whose whole state is their reserves, as models: the same curves in floats.

import { approximate } from '../../money/approximate.ts';
import { ONE } from '../../money/Fixed.ts';
import * as Batch from '../../market/Batch.ts';
import type { ConstantProduct } from '../../market/amm/ConstantProduct.ts';
import { StableSwapError } from '../../market/amm/StableCurve.ts';
import * as StableCurve from '../../market/amm/StableCurve.ts';
import * as StableSwap from '../../market/amm/StableSwap.ts';
import type { Weighted } from '../../market/amm/Weighted.ts';
import type { Model } from '../program/Program.ts';
import { unusable, type Unusable } from './Offer.ts';
import * as Place from './Place.ts';

/** Contracts keep reserves in 112 bits. Up to here there is room for a trade of the reserve's own size. */
const FULL = 1n << 111n;

/** A weighted pool's contract takes no input that is, after the fee, more than this share of its reserve {1}. */
const MOST_IN = 0.3;

/** Model a constant product. */
export function product(pool: ConstantProduct, two: Place.Two): Model | Unusable {
  const [x, y] = pool.reserves;
  return (
    refused(pool, pool.reserves) ?? {
      kind: 'constant-product',
      tokens: Place.pair(two),
      reserves: [Place.tokens(two[0], x), Place.tokens(two[1], y)],
      fee: pool.feePpm / 1e6,
    }
  );
}

/** Model a weighted pool. That a contract takes only so much of a coin at once, a model of two coins knows and one of more does not. */
export function weighted(pool: Weighted, places: readonly Place.Place[]): Model | Unusable {
  return (
    refused(pool, pool.reserves) ?? {
      kind: 'weighted',
      tokens: places.map(({ token }) => token),
      reserves: places.map((place, index) => Place.tokens(place, pool.reserves[index] ?? 0n)),
      weights: pool.weights.map((weight) => approximate(weight, ONE)),
      fee: approximate(pool.fee, ONE),
      ...(places.length === 2 ? { most: MOST_IN } : {}),
    }
  );
}

/** Model a stable pool. Throws nothing where its contract would not settle: that is a pool to leave alone. */
export function stable(pool: StableSwap.StableSwap, places: readonly Place.Place[]): Model | Unusable {
  const scaled = StableSwap.scaledAll(pool);
  const bad = refused(pool, pool.reserves) ?? refused(pool, scaled) ?? unsettled(pool, scaled);
  if (bad !== undefined) return bad;
  return {
    kind: 'stable',
    tokens: places.map(({ token }) => token),
    reserves: places.map((place, index) => Place.tokens(place, pool.reserves[index] ?? 0n)),
    // What counts as a unit is free: 10^18 scaled units make rates of about one.
    rates: places.map((place, index) => Place.rate(place, { token: 0, decimals: 36 }, unit(pool, index))),
    ann: approximate(StableCurve.total(pool), pool.ampPrecision),
    fee: approximate(pool.fee, ONE),
    feeIn: pool.rounding === 'balancer' ? 'input' : 'output',
  };
}

/**
 * Model a batch as its last order sees it: x fetches x·Y/(X + 2x), which is what a constant product of half the reserves pays
 * (Canidio and Fritsch, 2023).
 */
export function batch(pool: Batch.Batch, two: Place.Two): Model {
  const { bought, sold } = Batch.priceAt(pool, pool.net);
  return {
    kind: 'constant-product',
    tokens: Place.pair(two),
    reserves: [Place.tokens(two[0], sold) / 2, Place.tokens(two[1], bought) / 2],
    fee: 0,
  };
}

function unit(pool: StableSwap.StableSwap, index: number) {
  return { bought: pool.rates[index] ?? 0n, sold: 1n };
}

function refused(pool: { readonly id: string }, reserves: readonly bigint[]): Unusable | undefined {
  if (reserves.some((reserve) => reserve === 0n)) return unusable(pool, 'lacks one of its assets');
  if (reserves.some((reserve) => reserve >= FULL))
    return unusable(pool, 'holds nearly all that its contract can count');
  return undefined;
}

function unsettled(pool: StableSwap.StableSwap, scaled: readonly bigint[]): Unusable | undefined {
  try {
    StableCurve.invariant(pool, scaled);
    return undefined;
  } catch (error) {
    if (error instanceof StableSwapError) return { kind: 'unusable', why: error.message };
    throw error;
  }
}
