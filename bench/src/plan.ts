// How long a whole plan takes: markets read as models, chosen with their gas, the flow taken apart, replayed in whole atoms, put in order,
// kept from attackers, proved and put in words. Ten assets, sixty pools of four kinds.

import { compose, Portfolio } from '@trimtab/core';
import type { Snapshot } from '@trimtab/core';
import { snapshot as sample, STRATEGY } from '@trimtab/core/sample';
import { exactMarkets, nameOf } from './exactMarkets.ts';
import type { Row } from './main.ts';
import { draw } from './networks.ts';

const [ASSETS, POOLS, NETWORKS, ROUNDS] = [10, 60, 12, 4];
const [SLOWEST, RATE] = [5, 300];
/** Dollars that gas costs for each market used: a rollup's, the main chain's when calm and when busy. */
const GAS = [0.05, 2, 30];

/** Measure plans through a dozen networks at each price of gas, sent in private and in public. */
export function plan(): readonly Row[] {
  return GAS.flatMap((gas) => (['private', 'public'] as const).flatMap((sending) => measure(gas, sending)));
}

function measure(gas: number, sending: 'public' | 'private'): readonly Row[] {
  const took: number[] = [];
  const gaps: number[] = [];
  for (let seed = 1; seed <= NETWORKS; seed++) {
    const { snapshot, weights } = scene(seed, gas);
    const trading = { ...STRATEGY.trading, sending, lifetime: 600 };
    for (let round = -ROUNDS; round < ROUNDS; round++) {
      const began = performance.now();
      const made = compose(snapshot, Portfolio.of(snapshot), weights, trading);
      if (round < 0) continue;
      took.push(performance.now() - began);
      if (round === 0) gaps.push(made.proof.gapBps);
    }
  }
  const name = `gas $${gas} a market, ${sending}`;
  const sorted = took.toSorted((a, b) => a - b);
  const [middle, rate] = [
    sorted[sorted.length >> 1] ?? NaN,
    (1_000 * took.length) / took.reduce((sum, one) => sum + one, 0),
  ];
  return [
    row(`${name}: a plan, median`, middle, 'ms', SLOWEST, middle <= SLOWEST),
    row(`${name}: plans`, rate, '/s', RATE, rate >= RATE),
    row(`${name}: slowest`, sorted.at(-1) ?? NaN, 'ms'),
    row(`${name}: gap, median`, gaps.toSorted((a, b) => a - b)[gaps.length >> 1] ?? NaN, 'bps of value'),
    row(`${name}: gap, largest`, Math.max(...gaps), 'bps of value'),
  ];
}

/** Put a random network into a snapshot with its portfolio; gas prices follow from what a market is to cost. */
function scene(seed: number, gas: number) {
  const { models, prices, goal } = draw(seed, POOLS, ASSETS);
  const base = sample();
  const assets = prices.map((_, token) => ({ id: nameOf(token), symbol: nameOf(token).toUpperCase(), decimals: 18 }));
  const snapshot: Snapshot = {
    ...base,
    assets,
    holdings: assets.map(({ id }, token) => ({
      asset: id,
      atoms: BigInt(Math.round((goal.holdings[token] ?? 0) * 1e6)) * 10n ** 12n,
    })),
    prices: assets.map(({ id }, token) => ({
      asset: id,
      source: 'bench',
      price: BigInt(Math.round((prices[token] ?? 0) * 1e9)) * 10n ** 9n,
      at: base.at,
      heartbeat: 3_600,
    })),
    markets: exactMarkets(models),
    gas: { ...base.gas, price: BigInt(Math.round((gas / 2_000 / 80_000) * 1e18)) },
  };
  return { snapshot, weights: Object.fromEntries(assets.map(({ id }, token) => [id, goal.weights[token] ?? 0])) };
}

function row(name: string, value: number, unit: string, target: number | null = null, met: boolean | null = null): Row {
  return { case: name, value: Math.round(value * 1_000) / 1_000, unit, target, met };
}
