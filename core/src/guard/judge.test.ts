import { describe, expect, test } from 'vitest';
import { ONE } from '../money/Fixed.ts';
import { compose } from '../plan/compose.ts';
import type { Swap } from '../plan/Plan.ts';
import type { Limit } from '../policy/Limit.ts';
import * as Portfolio from '../portfolio/Portfolio.ts';
import * as Sample from '../Sample.ts';
import type { Case } from './Case.ts';
import { judge } from './judge.ts';

const assets = ['weth', 'wbtc', 'usdc'];
const sample = Sample.snapshot();
const snapshot = {
  ...sample,
  outlook: { at: sample.at, assets, covariance: assets.map((one) => assets.map((other) => (one === other ? 0.5 : 0))) },
  past: { peak: 100n * ONE, flows: [], soldToday: 0n, failures: 0 },
  stakes: [{ id: '1', market: 'pool', parts: [{ asset: 'usdc', atoms: 10n ** 6n }] }],
};

/** One limit of every kind, so wide that a sound plan passes them all. */
const wide: readonly Limit[] = [
  { kind: 'staleness', grace: 60 },
  { kind: 'divergence', max: 10_000 },
  { kind: 'slippage', max: 10_000 },
  { kind: 'turnover', max: 10_000 },
  { kind: 'worthwhile', maxCost: 10_000 },
  { kind: 'depeg', pegs: { usdc: ONE }, max: 10_000 },
  { kind: 'impact', max: 10_000 },
  { kind: 'notional', perTrade: 10n ** 30n, perDay: 10n ** 30n },
  { kind: 'concentration', max: 10_000 },
  { kind: 'exposure', name: 'all', assets: ['usdc', 'doge'], markets: ['pool'], max: 10_000 },
  { kind: 'health', thresholds: { weth: 8_000 }, min: 10_000 },
  { kind: 'gas', max: 10n ** 30n },
  { kind: 'benefit', aversion: 100, horizon: 10 ** 8, maxAge: 60 },
  { kind: 'drawdown', max: 10_000 },
  { kind: 'failures', max: 3 },
  { kind: 'reduce-only', assets: ['wbtc'] },
];

function caseOf(change: Partial<Swap>): Case {
  const portfolio = Portfolio.of(snapshot);
  const targets = { weth: 0.5, wbtc: 0.3, usdc: 0.2 };
  const plan = compose(snapshot, portfolio, targets, Sample.STRATEGY.trading);
  const steps = plan.steps.map((step) => (step.kind === 'swap' ? { ...step, ...change } : step));
  return { snapshot, portfolio, targets, plan: { ...plan, steps } };
}

describe('a plan judged by a limit of every kind', () => {
  test('passes them all where it is sound', () => {
    expect(judge(caseOf({}), wide)).toEqual({ kind: 'pass' });
  });

  test.each<[string, Partial<Swap>]>([
    ['sells what is not in the portfolio', { sell: 'doge' }],
    ['buys what is not in the portfolio', { buy: 'doge' }],
    ['trades what is not in the portfolio', { sell: 'doge', buy: 'cat' }],
    [
      'goes through markets that are not there',
      { routes: [{ markets: ['none'], through: [], sold: 1n, expected: 1n }] },
    ],
    ['goes nowhere', { routes: [] }],
  ])('is refused in words, not broken off, where it %s', (_, change) => {
    const verdict = judge(caseOf(change), wide);
    expect(verdict.kind === 'refuse' && verdict.refusals.map(({ limit }) => limit)).toContain('consistency');
  });
});
