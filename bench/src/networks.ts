// Random networks of markets of every kind, and portfolios to rebalance through them. Prices of tokens, depths of pools and weights
// spread over orders of magnitude, as they do on chains; four pools of five agree with the market to within their fee.

import type { Goal, Model } from '@trimtab/core';
import { Random } from '@trimtab/lab';

/** Hold a network, and the portfolio that is to be rebalanced in it. */
export type Network = {
  readonly tokens: number;
  readonly models: readonly Model[];
  /** {value/tok}. */
  readonly prices: readonly number[];
  readonly goal: Extract<Goal, { readonly kind: 'rebalance' }>;
};

/** A portfolio's worth {value}, and about what a pool holds. */
export const WORTH = 1e7;
const DEPTH = 1e6;
const KAPPA = 100;
const FEES = [0.0005, 0.003, 0.01];
const MISPRICED = 0.2;

/** Draw a network of `markets` pools between `tokens` tokens: 60 % v2, 20 % weighted, 15 % v3 with 10 to 50 ticks, 5 % stable. */
export function draw(seed: number, markets: number, tokens: number): Network {
  const random = Random.stream(seed, `network of ${markets} and ${tokens}`);
  const prices = Array.from({ length: tokens }, () => Math.exp(3 * Random.normal(random)));
  const models = Array.from({ length: markets }, (_, index) => market(random, (index + 0.5) / markets, prices));
  const raw = prices.map(() => -Math.log(1 - Random.uniform(random)));
  const weights = raw.map((weight) => weight / sum(raw));
  const drifted = weights.map((weight) => weight * Math.exp(0.1 * Random.normal(random)));
  const holdings = drifted.map((weight, token) => (WORTH * weight) / sum(drifted) / (prices[token] ?? NaN));
  return { tokens, models, prices, goal: { kind: 'rebalance', holdings, prices, weights, kappa: KAPPA } };
}

/** Move every price of a goal by about a thousandth: the next cycle. */
export function moved(seed: number, goal: Network['goal']): Network['goal'] {
  const random = Random.stream(seed, 'moves');
  return { ...goal, prices: goal.prices.map((price) => price * Math.exp(1e-3 * Random.normal(random))) };
}

function market(random: Random, kind: number, prices: readonly number[]): Model {
  const fee = FEES[Random.below(random, FEES.length)] ?? NaN;
  const depth = DEPTH * Math.exp(Random.normal(random));
  if (kind >= 0.6 && kind < 0.65) return basket(random, fee, depth, prices);
  const tokens = different(random, prices.length, 2);
  const [one = NaN, other = NaN] = tokens.map((token) => prices[token] ?? NaN);
  const off = mispricing(random, fee);
  const pair = [tokens[0] ?? NaN, tokens[1] ?? NaN] as const;
  const reserves = [(depth / one) * Math.exp(-off / 2), (depth / other) * Math.exp(off / 2)] as const;
  if (kind < 0.6) return { kind: 'constant-product', tokens: pair, reserves, fee };
  if (kind < 0.8) {
    const weight = [0.5, 0.8, 0.2, 0.6][Random.below(random, 4)] ?? NaN;
    const weights = [weight, 1 - weight];
    return {
      kind: 'weighted',
      tokens,
      reserves: reserves.map((reserve, j) => 2 * reserve * (weights[j] ?? NaN)),
      weights,
      fee,
    };
  }
  if (kind < 0.95)
    return ranges(random, pair, Math.sqrt(one / other) * Math.exp(off / 2), depth / Math.sqrt(one * other), fee);
  // A stable pool's coins count for what they are worth: its rates follow the market, its balances do not.
  const skew = Math.exp(0.2 * Random.normal(random));
  const rates = [one * Math.exp(off), other] as const;
  const stable = [(depth / one) * skew, depth / other / skew] as const;
  return { kind: 'stable', tokens: pair, reserves: stable, rates, ann: 400, fee: 0.0004, feeIn: 'output' };
}

function basket(random: Random, fee: number, depth: number, prices: readonly number[]): Model {
  const tokens = different(random, prices.length, 3);
  const weights = [0.5, 0.3, 0.2];
  const reserves = tokens.map((token, j) => {
    const value = 2 * depth * (weights[j] ?? NaN);
    return (value / (prices[token] ?? NaN)) * Math.exp(mispricing(random, fee) / 2);
  });
  return { kind: 'weighted', tokens, reserves, weights, fee };
}

/** Place 10 to 50 ticks, 60 apart, about the price; liquidity thins out towards the ends. */
function ranges(
  random: Random,
  tokens: readonly [number, number],
  root: number,
  liquidity: number,
  fee: number,
): Model {
  const ticks = 10 + Random.below(random, 41);
  const step = Math.exp(0.5 * Math.log(1.0001) * 60);
  const lowest = root * step ** -(ticks / 2 - 1 + Random.uniform(random));
  const segments = Array.from({ length: ticks - 1 }, (_, index) => ({
    low: lowest * step ** index,
    high: lowest * step ** (index + 1),
    liquidity: 10 * liquidity * (0.2 + Random.uniform(random)) * (1 - Math.abs(2 * index - ticks + 2) / ticks),
  }));
  return { kind: 'concentrated', tokens, sqrtPrice: root, segments, fee };
}

/** One pool of five is off by its fee and up to three per cent more; the others are inside their fee. */
function mispricing(random: Random, fee: number): number {
  if (Random.uniform(random) >= MISPRICED) return fee * (2 * Random.uniform(random) - 1);
  const off = fee + 0.03 * Random.uniform(random);
  return Random.uniform(random) < 0.5 ? off : -off;
}

function different(random: Random, below: number, count: number): readonly number[] {
  const drawn = new Set<number>();
  while (drawn.size < count) drawn.add(Random.below(random, below));
  return [...drawn];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
