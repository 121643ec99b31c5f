// Rebalances of twenty tokens over the pools that were recorded on chain, and over a built-in network of the same kinds: the plan beside
// the best single path and beside an aggregator's percentage split. All three are carried out on exact integer markets and judged alike.

import type { Market } from '@trimtab/core';
import { compare, margin, type Comparison } from './baselines/compare.ts';
import { drawRebalance } from './baselines/drawRebalance.ts';
import type { Outcome } from './baselines/Rebalance.ts';
import type { Row } from './main.ts';
import { arbitraged } from './pools/arbitraged.ts';
import { builtInPools, COIN, DOLLAR } from './pools/builtInPools.ts';
import { priceTokens, type Worths } from './pools/priceTokens.ts';
import { readPools, USDC, WETH } from './pools/readPools.ts';

/** Hold pools to plan over, by the name that rows call them by. */
type Scene = {
  readonly name: string;
  readonly markets: readonly Market[];
  readonly worths: Worths;
  readonly native: string;
};

/** Portfolios {USD}, and how many of each are drawn. */
const SIZES = [1e5, 1e6];
const DRAWS = 3;
const TOKENS = 20;
/** By about how much holdings are off their targets {1}, and how strongly that counts {1}. */
const DRIFT = 0.1;
const KAPPA = 100;
/** What was planned and what the markets pay may differ by this {1}. */
const SAME = 1e-9;

/** Measure every scene at every size. */
export async function pools(): Promise<readonly Row[]> {
  const folder = process.env['TRIMTAB_DATA'] ?? '';
  const recorded = folder === '' ? { rows: [], scenes: [] } : await recordings(folder);
  const own = builtInPools(1);
  const builtIn = {
    name: 'built-in',
    markets: own.markets,
    worths: priceTokens(own.markets, own.assets, DOLLAR),
    native: COIN,
  };
  const rows = [builtIn, ...recorded.scenes].flatMap((scene) => SIZES.flatMap((worth) => measure(scene, worth)));
  return [...recorded.rows, ...rows];
}

/** Pools recorded months apart, as arbitrage at one set of prices leaves them: else what they disagree by would be all that is gained. */
async function recordings(
  folder: string,
): Promise<{ readonly rows: readonly Row[]; readonly scenes: readonly Scene[] }> {
  const { markets, assets, leftOut } = await readPools(folder);
  const worths = priceTokens(markets, assets, USDC);
  const left = [...leftOut].map(([why, count]) => figure(`left out: ${why}`, count, 'pools'));
  return {
    rows: [
      figure('recorded pools', markets.length, 'pools'),
      ...left,
      figure('tokens with a price', worths.size, 'tokens'),
    ],
    scenes: [{ name: 'recorded', markets: arbitraged(markets, worths), worths, native: WETH }],
  };
}

function measure({ name, markets, worths, native }: Scene, worth: number): readonly Row[] {
  const wish = { worth, tokens: TOKENS, drift: DRIFT, kappa: KAPPA, native };
  const found = Array.from({ length: DRAWS }, (_, seed) => compare(drawRebalance(seed + 1, markets, worths, wish)));
  const title = `${name}, $${worth.toLocaleString('en-US')}`;
  const missed = Math.max(...found.map((one) => one.missed));
  return [
    ...against(`${title}: over the best path`, found, ({ single }) => single),
    ...against(`${title}: over the percentage split`, found, ({ split }) => split),
    { ...figure(`${title}: planned and carried out differ by`, missed, ''), target: SAME, met: missed <= SAME },
    figure(`${title}: turnover, median`, median(found.map(({ plan, idle }) => plan.turnover / idle.value)), 'of value'),
    figure(`${title}: gap, most`, Math.max(...found.map(({ proof }) => proof.gapBps)), 'bps of value'),
    figure(`${title}: a plan takes, median`, median(found.map(({ took }) => took)), 'ms'),
  ];
}

/** Say by how much plans are better than another way: the least that any is, and the median. */
function against(title: string, found: readonly Comparison[], of: (one: Comparison) => Outcome): readonly Row[] {
  const margins = found.map((one) => margin(one, of(one)));
  const values = margins.map(({ value }) => value);
  const least = Math.min(...values);
  return [
    { ...figure(`${title}, least`, least, 'bps of value'), target: 0, met: least >= 0 },
    figure(`${title}, median`, median(values), 'bps of value'),
    figure(`${title}, median`, median(margins.map(({ turnover }) => turnover)), 'bps of turnover'),
  ];
}

function figure(name: string, value: number, unit: string): Row {
  return { case: name, value: Number(value.toPrecision(4)), unit, target: null, met: null };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}
