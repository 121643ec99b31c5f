// How long it takes to find what to trade through a network of markets, proved to a ten-thousand-millionth of the portfolio: the
// rebalance as one program, from nothing known and from last cycle's prices, and pure arbitrage beside it.

import { MarketProgram, solveProgram, workspace } from '@trimtab/core';
import type { Goal, Search, Solution } from '@trimtab/core';
import type { Row } from './main.ts';
import { draw, moved, WORTH, type Network } from './networks.ts';

/** Markets, tokens, and what a rebalance may take {ms}: tokens are once and four times the root of the markets, but for a plan of usual size. */
const SIZES = [
  { markets: 60, tokens: [10], target: 1, networks: 21 },
  { markets: 100, tokens: [10, 40], target: 1, networks: 21 },
  { markets: 1_000, tokens: [32, 126], target: 3, networks: 11 },
  { markets: 10_000, tokens: [100, 400], target: 20, networks: 5 },
  { markets: 100_000, tokens: [316, 1_265], target: 250, networks: 1 },
] as const;
const SEARCH: Search = { gap: 1e-10, worth: WORTH, looks: 400 };
/** Rounds measured of every network, after as many that are not: the median counts. */
const ROUNDS = 7;

/** What one search took {ms}, and what came of it. */
type Timed = { readonly took: number; readonly found: Solution };

/** Measure networks of five sizes, all but the smallest of two numbers of tokens. */
export async function route(): Promise<readonly Row[]> {
  return SIZES.flatMap(({ markets, tokens, target, networks }) =>
    tokens.flatMap((count) => {
      const drawn = Array.from({ length: networks }, (_, seed) => draw(seed + 1, markets, count));
      return measure(`${markets} markets, ${count} tokens`, drawn, target);
    }),
  );
}

function measure(name: string, networks: readonly Network[], target: number): readonly Row[] {
  const [built, updated]: [number[], number[]] = [[], []];
  const [cold, warm, arbitrage]: [Timed[], Timed[], Timed[]] = [[], [], []];
  for (const [seed, { tokens, models, goal, prices }] of networks.entries()) {
    const began = performance.now();
    const program = MarketProgram.of(tokens, models);
    built.push(performance.now() - began);
    const space = workspace(program);
    const time = (asked: Goal, search: Search): Timed => {
      const start = performance.now();
      const found = solveProgram(program, asked, search, space);
      return { took: performance.now() - start, found };
    };
    const gains: Goal = { kind: 'convert', holdings: prices.map(() => 0), values: prices };
    for (let round = -ROUNDS; round < ROUNDS; round++) {
      const first = time(goal, SEARCH);
      const next = time(moved(round + 1_000 * seed, goal), { ...SEARCH, prices: first.found.prices });
      const other = time(gains, SEARCH);
      const before = performance.now();
      for (const [market, model] of models.entries()) MarketProgram.update(program, market, model);
      if (round < 0) continue;
      updated.push(performance.now() - before);
      cold.push(first);
      warm.push(next);
      arbitrage.push(other);
    }
  }
  return [
    ...rows(`${name}: rebalance, cold`, cold, target),
    ...rows(`${name}: rebalance, warm`, warm, target),
    ...rows(`${name}: arbitrage`, arbitrage, null),
    { case: `${name}: build the program`, value: round3(median(built)), unit: 'ms', target: null, met: null },
    { case: `${name}: update all its markets`, value: round3(median(updated)), unit: 'ms', target: null, met: null },
  ];
}

function rows(name: string, timed: readonly Timed[], target: number | null): readonly Row[] {
  const value = round3(median(timed.map(({ took }) => took)));
  const looks = median(timed.map(({ found }) => found.looks));
  const most = Math.max(...timed.map(({ found }) => found.looks));
  const open = timed.filter(({ found }) => !found.closed).length;
  const gap = Math.max(...timed.map(({ found }) => found.gap / WORTH));
  const figure = (what: string, figured: number, unit: string): Row => ({
    case: `${name}: ${what}`,
    value: figured,
    unit,
    target: null,
    met: null,
  });
  return [
    { case: name, value, unit: 'ms', target, met: target === null ? null : value <= target },
    figure('evaluations, median', looks, ''),
    figure('evaluations, most', most, ''),
    figure('largest gap', gap, 'of value'),
    { ...figure('gaps left open', open, `of ${timed.length}`), target: 0, met: open === 0 },
  ];
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}

function round3(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
