// A small network of the same kinds as the recorded ones, for where no recording is at hand: twenty tokens, most of them traded against
// the chain's coin and against dollars, in pools that differ in depth by orders of magnitude.

import { FixedPoint, SqrtPrice } from '@trimtab/core';
import type { Asset, AssetId, Market } from '@trimtab/core';
import { Random } from '@trimtab/lab';
import type { Pools } from './Reading.ts';

/** Hold a token and what it is worth {USD/tok}. */
type Token = { readonly asset: Asset; readonly usd: number };

const TOKENS = 20;
/** About what a side of a pool holds {USD}, and by how much that differs {1}, as a standard deviation of logarithms. */
const DEPTH = 3e5;
const SPREAD = 1;
/** Fees {ppm}. */
const FEES = [500, 3_000, 10_000];

/** What the first two tokens are: dollars, and the chain's coin. */
export const [DOLLAR, COIN]: readonly [AssetId, AssetId] = ['dollar', 'coin'];

/** Draw the network. */
export function builtInPools(seed: number): Pools {
  const random = Random.stream(seed, 'pools');
  const [dollar, coin, ...others] = draw(random);
  if (dollar === undefined || coin === undefined) throw new RangeError('a network needs two tokens to trade against');
  const markets = [
    concentrated(random, coin, dollar, 500),
    product(random, coin, dollar),
    stable(random, [dollar, ...others.filter(({ usd }) => usd === 1)]),
    ...others.flatMap((token, place): readonly Market[] => [
      product(random, token, coin),
      ...(place % 2 === 0 ? [concentrated(random, token, dollar, 3_000)] : []),
      ...(place % 3 === 0 ? [weighted(random, [token, coin, others[(place + 1) % others.length] ?? dollar])] : []),
      ...(place % 4 === 0 ? [product(random, token, dollar)] : []),
    ]),
  ];
  return { markets, assets: [dollar, coin, ...others].map(({ asset }) => asset), leftOut: new Map() };
}

function draw(random: Random): readonly Token[] {
  return Array.from({ length: TOKENS }, (_, place): Token => {
    if (place === 0) return { asset: { id: DOLLAR, symbol: 'USD', decimals: 6 }, usd: 1 };
    if (place === 1) return { asset: { id: COIN, symbol: 'COIN', decimals: 18 }, usd: 2_000 };
    const asset = { id: `token-${place}`, symbol: `T${place}`, decimals: [18, 8, 6][place % 3] ?? 18 };
    return { asset, usd: place < 4 ? 1 : Math.exp(2 * Random.normal(random)) };
  });
}

/** Count atoms of so much value. */
function atoms({ asset, usd }: Token, value: number): bigint {
  return BigInt(Math.round((value / usd) * 1e6)) * FixedPoint.pow10(asset.decimals - 6);
}

function depth(random: Random): number {
  return DEPTH * Math.exp(SPREAD * Random.normal(random));
}

/** A pool is off by less than its fee, or somebody would have traded with it. */
function off(random: Random, feePpm: number): number {
  return Math.exp((feePpm / 1e6) * (Random.uniform(random) - 0.5));
}

function fee(random: Random): number {
  return FEES[Random.below(random, FEES.length)] ?? 3_000;
}

function product(random: Random, one: Token, other: Token): Market {
  const [value, feePpm] = [depth(random), fee(random)];
  return {
    kind: 'constant-product',
    id: `product:${one.asset.id}/${other.asset.id}`,
    assets: [one.asset.id, other.asset.id],
    reserves: [atoms(one, value * off(random, feePpm)), atoms(other, value)],
    feePpm,
  };
}

/** Liquidity over the whole range, and more and more of it near the price. */
function concentrated(random: Random, one: Token, other: Token, feePpm: number): Market {
  const value = depth(random);
  const [x, y] = [atoms(one, value * off(random, feePpm)), atoms(other, value)];
  const sqrtPriceX96 = FixedPoint.sqrtDown((y << 192n) / x);
  const tick = SqrtPrice.tickAt(sqrtPriceX96);
  const whole = FixedPoint.sqrtDown(x * y) / 10n;
  const centre = 60 * Math.round(tick / 60);
  const shells = [14_760, 600, 3_000, 9_000].map((width, place) => ({
    low: place === 0 ? -887_220 : centre - width,
    high: place === 0 ? 887_220 : centre + width,
    liquidity: whole * BigInt(1 + 4 * place),
  }));
  const ticks = shells.flatMap(({ low, high, liquidity }) => [
    { index: low, liquidityNet: liquidity },
    { index: high, liquidityNet: -liquidity },
  ]);
  return {
    kind: 'concentrated',
    id: `concentrated:${one.asset.id}/${other.asset.id}`,
    assets: [one.asset.id, other.asset.id],
    sqrtPriceX96,
    tick,
    liquidity: shells.reduce((sum, { liquidity }) => sum + liquidity, 0n),
    feePpm,
    tickSpacing: 60,
    ticks: ticks.toSorted((a, b) => a.index - b.index),
    known: [-887_220, 887_220],
  };
}

function weighted(random: Random, tokens: readonly Token[]): Market {
  const [value, feePpm] = [depth(random), fee(random)];
  const weights = [5n, 3n, 2n].map((tenth) => (tenth * FixedPoint.ONE) / 10n);
  return {
    kind: 'weighted',
    id: `weighted:${tokens.map(({ asset }) => asset.id).join('/')}`,
    assets: tokens.map(({ asset }) => asset.id),
    reserves: tokens.map((token, place) =>
      atoms(token, 2 * value * ([0.5, 0.3, 0.2][place] ?? 0) * off(random, feePpm)),
    ),
    weights,
    scales: tokens.map(({ asset }) => FixedPoint.pow10(18 - asset.decimals)),
    fee: BigInt(feePpm) * 10n ** 12n,
  };
}

function stable(random: Random, tokens: readonly Token[]): Market {
  const value = 10 * depth(random);
  return {
    kind: 'stable-swap',
    id: `stable:${tokens.map(({ asset }) => asset.id).join('/')}`,
    rounding: 'curve',
    assets: tokens.map(({ asset }) => asset.id),
    reserves: tokens.map((token) => atoms(token, value * (0.7 + 0.6 * Random.uniform(random)))),
    rates: tokens.map(({ asset }) => FixedPoint.pow10(36 - asset.decimals)),
    amp: 2_000n,
    ampPrecision: 1n,
    fee: 4n * 10n ** 14n,
    adminFee: FixedPoint.ONE / 2n,
  };
}
