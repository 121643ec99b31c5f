// Provide liquidity around the price: a range as wide as the price is expected to wander, moved when it has wandered off.

import { approximate } from '../../money/approximate.ts';
import { duration, YEAR, type Seconds } from '../../money/Time.ts';
import { percent, type Weight } from '../../money/Weight.ts';
import type { Concentrated } from '../../market/amm/Concentrated.ts';
import * as Liquidity from '../../market/amm/Liquidity.ts';
import * as SqrtPrice from '../../market/amm/SqrtPrice.ts';
import type { MarketId } from '../../market/Market.ts';
import type { Weights } from '../../portfolio/Drift.ts';
import { blind, type Blind } from '../Blind.ts';
import * as Field from '../Field.ts';
import { parseWeights } from '../parseWeights.ts';
import type { View } from '../View.ts';
import type { Aim } from './Aim.ts';
import { foresee } from './foresee.ts';
import { mix } from './mix.ts';
import { varianceOf } from './varianceOf.ts';

/** Aim at a share of the portfolio in one range of a concentrated pool, in the tokens that the range holds at the pool's price. */
export type LiquidityRange = {
  readonly kind: 'liquidity-range';
  readonly market: MarketId;
  /** What is put into the range {1} (0, 1]. */
  readonly share: Weight;
  /** How the rest is split; sums to one. */
  readonly rest: Weights;
  /** Half the width of a new range, in deviations of the log price over `horizon` (0, 10]. */
  readonly deviations: number;
  readonly horizon: Seconds;
  /** The range is moved when the price is further from its middle than this share of its half-width {1} (0, 1]. */
  readonly recentre: number;
  /** The oldest outlook that will do {s}. */
  readonly maxAge: Seconds;
};

/** Say which range is wanted, whether it is a new one, and what share of it is in the pool's first asset by value {1}. */
export type Choice = {
  readonly kind: 'range';
  readonly ticks: readonly [number, number];
  readonly moved: boolean;
  readonly first: Weight;
  readonly why: string;
};

/** Read a liquidity range. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field): LiquidityRange {
  const keys = ['market', 'share', 'rest', 'deviations', 'horizon', 'recentre', 'maxAge'];
  Field.record(field, ['kind', ...keys]);
  return {
    kind: 'liquidity-range',
    market: Field.text(Field.part(field, 'market')),
    share: Field.number(Field.part(field, 'share'), 0.0001, 1),
    rest: parseWeights(Field.part(field, 'rest')),
    deviations: Field.number(Field.part(field, 'deviations'), 0.01, 10),
    horizon: Field.integer(Field.part(field, 'horizon'), 60, YEAR),
    recentre: Field.number(Field.part(field, 'recentre'), 0.01, 1),
    maxAge: Field.seconds(Field.part(field, 'maxAge'), 1),
  };
}

/** Give the weights of the range's two tokens and of the rest; blind without the pool or a fresh outlook. */
export function aim(target: LiquidityRange, view: View): Aim {
  const pool = poolOf(target, view);
  if (pool.kind === 'blind') return pool;
  const chosen = choose(target, view);
  if (chosen.kind === 'blind') return chosen;
  const [one, other] = pool.assets;
  const weights = mix([
    { share: target.share, weights: { [one]: chosen.first, [other]: 1 - chosen.first } },
    { share: 1 - target.share, weights: target.rest },
  ]);
  return { kind: 'weights', weights, why: chosen.why };
}

/**
 * Choose the range: the one that is held while the price is near enough to its middle, else a new one of
 * ±deviations·s·√horizon around the price, s the volatility of the ratio of the two prices, widened to whole tick spacings.
 */
export function choose(target: LiquidityRange, view: View): Choice | Blind {
  const pool = poolOf(target, view);
  if (pool.kind === 'blind') return pool;
  const seen = foresee(view, target.maxAge, pool.assets);
  if (seen.kind === 'blind') return seen;
  const variance = varianceOf(seen, [1, -1]);
  if (typeof variance !== 'number') return variance;
  const held =
    view.snapshot.stakes?.filter(({ market, ticks }) => market === target.market && ticks !== undefined) ?? [];
  const ticks = held.length === 1 ? held[0]?.ticks : undefined;
  if (ticks !== undefined && distance(pool.tick, ticks) <= target.recentre) return choice(pool, ticks, 'keep', target);
  const half = (target.deviations * Math.sqrt((variance * target.horizon) / YEAR)) / Math.log(1.0001);
  const reason = ticks === undefined ? `${held.length} ranges are held` : `the price is at tick ${pool.tick}`;
  return choice(pool, around(pool, half), reason, target);
}

/** Compute the share of the value of a range that lies in the pool's first asset, at the pool's price {1} [0, 1]. */
export function firstShare(pool: Concentrated, [low, high]: readonly [number, number]): Weight {
  const range = { low: priceAt(SqrtPrice.atTick(low)), high: priceAt(SqrtPrice.atTick(high)), liquidity: 1 };
  const price = priceAt(pool.sqrtPriceX96);
  const [first, second] = Liquidity.amounts(range, price);
  return (first * price) / (first * price + second);
}

function choice(pool: Concentrated, ticks: readonly [number, number], reason: string, target: LiquidityRange): Choice {
  const first = firstShare(pool, ticks);
  const where = `ticks ${ticks[0]} to ${ticks[1]} of ${pool.id}`;
  const moved = reason !== 'keep';
  const wide = `${target.deviations} deviations over ${duration(target.horizon)}`;
  const why = moved ? `${reason}: move to ${where}, ${wide}` : `${where} are kept, the price is at ${pool.tick}`;
  return { kind: 'range', ticks, moved, first, why: `${why}; ${percent(first)} of it in the first asset` };
}

/** How far a tick is from the middle of a range, in half-widths. */
function distance(tick: number, [low, high]: readonly [number, number]): number {
  return Math.abs(2 * tick + 1 - low - high) / (high - low);
}

/** Whole tick spacings around the price, outwards; never beyond the ticks that a pool can reach. */
function around({ tick, tickSpacing }: Concentrated, half: number): readonly [number, number] {
  const last = Math.floor(SqrtPrice.MAX_TICK / tickSpacing);
  const low = Math.max(-last, Math.min(last - 1, Math.floor((tick - half) / tickSpacing)));
  const high = Math.min(last, Math.max(low + 1, Math.ceil((tick + half) / tickSpacing)));
  return [low * tickSpacing, high * tickSpacing];
}

function poolOf({ market }: LiquidityRange, { snapshot }: View): Concentrated | Blind {
  const pool = snapshot.markets.find(({ id }) => id === market);
  if (pool?.kind === 'concentrated') return pool;
  const was = pool === undefined ? `no market ${market}` : `${market} is of kind ${pool.kind}`;
  return blind(was, 'a concentrated pool of that name', 'name a pool of the snapshot, or read it');
}

/** The price of the first asset in the second, in atoms. */
function priceAt(sqrtPriceX96: bigint): number {
  return approximate(sqrtPriceX96, SqrtPrice.Q96) ** 2;
}
