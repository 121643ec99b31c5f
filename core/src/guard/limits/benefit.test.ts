import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ONE } from '../../money/Fixed.ts';
import * as Cost from '../../plan/Cost.ts';
import { compose } from '../../plan/compose.ts';
import type { Limit } from '../../policy/Limit.ts';
import type { Past } from '../../portfolio/Past.ts';
import * as Portfolio from '../../portfolio/Portfolio.ts';
import type { Snapshot } from '../../portfolio/Snapshot.ts';
import * as Sample from '../../Sample.ts';
import * as Case from '../Case.ts';
import { judge } from '../judge.ts';
import type { Refusal } from '../Verdict.ts';

const DOLLAR = ONE;
// From 60/30/10 to 50/30/20: sells some $10,000 of WETH for USDC.
const targets = { weth: 0.5, wbtc: 0.3, usdc: 0.2 };
const sample = Sample.snapshot();

const outlook = {
  at: sample.at,
  assets: ['weth', 'wbtc', 'usdc'],
  covariance: [
    [0.64, 0.35, 0],
    [0.35, 0.36, 0],
    [0, 0, 0],
  ],
};

const past: Past = { peak: 100n * DOLLAR, flows: [], soldToday: 0n, failures: 0 };

function caseOf(more: Partial<Snapshot> = {}, wanted: Record<string, number> = targets): Case.Case {
  const snapshot = { ...sample, ...more };
  const portfolio = Portfolio.of(snapshot);
  const plan = compose(snapshot, portfolio, wanted, Sample.STRATEGY.trading);
  return { snapshot, portfolio, targets: wanted, plan };
}

function refusals(judged: Case.Case, limit: Limit): readonly Refusal[] {
  const verdict = judge(judged, [limit]);
  return verdict.kind === 'pass' ? [] : verdict.refusals;
}

function passes(judged: Case.Case, limit: Limit): boolean {
  return refusals(judged, limit).length === 0;
}

describe('benefit', () => {
  const horizon = (days: number): Limit => ({ kind: 'benefit', aversion: 2, horizon: days * 86_400, maxAge: 3_600 });

  test("is ½ γ (δ'Σδ before − after) V T: a longer horizon is worth more, and there is one where it pays", () => {
    const judged = caseOf({ outlook });
    const cost = Number(Cost.total(judged.plan.cost)) / 1e18;
    // δ = (0.1, 0, −0.1) before and almost nothing after: δ'Σδ = 0.01 · 0.64.
    const pays = (cost / (0.01 * 0.64 * 100_000)) * 365;
    expect(passes(judged, horizon(Math.ceil(pays * 1.05)))).toBe(true);
    expect(passes(judged, horizon(Math.max(1, Math.floor(pays * 0.95))))).toBe(false);
  });

  test('a plan away from the target is never worth it', () => {
    const judged = { ...caseOf({ outlook }), targets: { weth: 0.6, wbtc: 0.3, usdc: 0.1 } };
    expect(passes(judged, horizon(36_500))).toBe(false);
  });

  test.each([
    [{ ...outlook, at: sample.at - 3_601 }, /an outlook 60 min old/],
    [{ ...outlook, at: sample.at + 1 }, /dated 1 s after the block/],
    [
      {
        ...outlook,
        assets: ['weth', 'usdc'],
        covariance: [
          [0.64, 0],
          [0, 0],
        ],
      },
      /an outlook without WBTC/,
    ],
  ])('refuses an outlook that is old, from the future, or of other assets', (own, was) => {
    expect(refusals(caseOf({ outlook: own }), horizon(36_500))[0]?.was).toMatch(was);
  });
});

describe('drawdown', () => {
  test('is measured per share, so that a withdrawal is no loss', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 10n ** 6n), fc.integer({ min: 0, max: 10_000 }), (shares, max) => {
        const supply = shares * DOLLAR;
        const judged = caseOf({
          past: { ...past, peak: (100_000n * DOLLAR) / shares },
          custody: { ...sample.custody, supply },
        });
        expect(passes(judged, { kind: 'drawdown', max })).toBe(true);
      }),
    );
  });

  test('without shares there is nothing to compare with; without a peak yet a share is at its best', () => {
    const none = { ...sample.custody, supply: 0n };
    expect(refusals(caseOf({ past, custody: none }), { kind: 'drawdown', max: 10_000 })[0]?.was).toMatch(
      /what a share is worth/,
    );
    expect(passes(caseOf({ past: { ...past, peak: 0n } }), { kind: 'drawdown', max: 0 })).toBe(true);
  });
});
