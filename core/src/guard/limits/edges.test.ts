import { describe, expect, test } from 'vitest';
import { ONE } from '../../money/Fixed.ts';
import * as Cost from '../../plan/Cost.ts';
import { compose } from '../../plan/compose.ts';
import type { Plan, Swap } from '../../plan/Plan.ts';
import type { Limit } from '../../policy/Limit.ts';
import * as Portfolio from '../../portfolio/Portfolio.ts';
import type { Snapshot } from '../../portfolio/Snapshot.ts';
import * as Sample from '../../Sample.ts';
import * as Case from '../Case.ts';
import { judge, judgeBy } from '../judge.ts';

const sample = Sample.snapshot();
const targets = { weth: 0.5, wbtc: 0.3, usdc: 0.2 };
const assets = ['weth', 'wbtc', 'usdc'];
const covariance = assets.map((one) => assets.map((other) => (one === other ? 0.5 : 0)));
const worthIt: Limit = { kind: 'benefit', aversion: 100, horizon: 10 ** 8, maxAge: 60 };

function caseOf(more: Partial<Snapshot> = {}): Case.Case {
  const snapshot = { ...sample, ...more };
  const portfolio = Portfolio.of(snapshot);
  return { snapshot, portfolio, targets, plan: compose(snapshot, portfolio, targets, Sample.STRATEGY.trading) };
}

function withPlan(judged: Case.Case, plan: Partial<Plan>): Case.Case {
  return { ...judged, plan: { ...judged.plan, ...plan } };
}

function withSwap(judged: Case.Case, change: Partial<Swap>): Case.Case {
  const steps = judged.plan.steps.map((step) => (step.kind === 'swap' ? { ...step, ...change } : step));
  return withPlan(judged, { steps });
}

function names(judged: Case.Case, ...within: readonly Limit[]): readonly string[] {
  if (within.length > 0) return within.flatMap((limit) => judgeBy(limit, judged)).map(({ limit }) => limit);
  const verdict = judge(judged, within);
  return verdict.kind === 'pass' ? [] : verdict.refusals.map(({ limit }) => limit);
}

describe('exactly at its bound', () => {
  test('gas passes', () => {
    const judged = caseOf();
    expect(names(judged, { kind: 'gas', max: judged.plan.cost.gas })).toEqual([]);
    expect(names(judged, { kind: 'gas', max: judged.plan.cost.gas - 1n })).toEqual(['gas']);
  });

  test('impact passes', () => {
    const [swap] = Case.swaps(caseOf());
    const value = Case.sold(caseOf(), swap!);
    const judged = withSwap(caseOf(), { cost: { ...swap!.cost, impact: (value * 30n) / 10_000n } });
    expect(names(judged, { kind: 'impact', max: 30 })).toEqual([]);
    expect(names(judged, { kind: 'impact', max: 29 })).toEqual(['impact']);
  });

  test('an outlook is young enough', () => {
    const aged = (age: number) => names(caseOf({ outlook: { at: sample.at - age, assets, covariance } }), worthIt);
    expect([aged(0), aged(60), aged(61)]).toEqual([[], [], ['benefit']]);
  });

  test('a peg is kept, above as below', () => {
    const priced = (cents: bigint) =>
      caseOf({
        prices: [...sample.prices, { ...sample.prices[2]!, source: 'other', price: (cents * ONE) / 100n }],
      });
    const limit = (max: number): Limit => ({ kind: 'depeg', pegs: { usdc: ONE }, max });
    for (const cents of [97n, 103n]) {
      expect(names(priced(cents), limit(300))).toEqual([]);
      expect(names(priced(cents), limit(299))).toEqual(['depeg']);
    }
  });

  test('a share at its best has lost nothing', () => {
    const past = { flows: [], soldToday: 0n, failures: 0 };
    const limit: Limit = { kind: 'drawdown', max: 0 };
    const { value } = Portfolio.of(sample);
    const share = (value * ONE) / sample.custody.supply;
    expect(names(caseOf({ past: { ...past, peak: share } }), limit)).toEqual([]);
    expect(names(caseOf({ past: { ...past, peak: share / 2n } }), limit)).toEqual([]);
    expect(names(caseOf({ past: { ...past, peak: share + 1n } }), limit)).toEqual(['drawdown']);
  });

  test('a debt bought back in full is no holding', () => {
    const owed = 2_000n * 10n ** 6n;
    const judged = caseOf({
      holdings: sample.holdings.map((one) => (one.asset === 'usdc' ? { ...one, atoms: -owed } : one)),
    });
    const back = (expected: bigint) =>
      names(withPlan(judged, { steps: [{ ...Case.swaps(caseOf())[0]!, expected }] }), {
        kind: 'reduce-only',
        assets: ['usdc'],
      });
    expect(back(owed)).not.toContain('reduce-only');
    expect(back(owed + 1n)).toContain('reduce-only');
  });
});

describe('a plan', () => {
  test('that sells nothing, and routes as much, does not add up', () => {
    for (const sold of [0n, -1n]) {
      expect(names(withSwap(caseOf(), { sold, routes: [{ markets: [], through: [], sold, expected: 1n }] }))).toContain(
        'consistency',
      );
    }
  });

  test('is worth less by its gas, too', () => {
    const judged = caseOf({ outlook: { at: sample.at, assets, covariance } });
    for (const part of ['fee', 'impact', 'gas'] as const) {
      const cost = { ...judged.plan.cost, [part]: 10n ** 30n };
      expect(names(withPlan(judged, { cost }), worthIt)).toEqual(['benefit']);
    }
  });

  test('that adds to a portfolio which is worth nothing concentrates it', () => {
    const { plan } = caseOf();
    const snapshot = { ...sample, holdings: sample.holdings.map(({ asset }) => ({ asset, atoms: 0n })) };
    const steps = Case.swaps({ ...caseOf(), plan }).map((swap) => ({ ...swap, expected: 1n }));
    const judged = { snapshot, portfolio: Portfolio.of(snapshot), targets, plan: { ...plan, steps } };
    expect(names(judged, { kind: 'concentration', max: 10_000 })).toContain('concentration');
  });

  test('whose swaps are worth nothing but move prices has all the impact there is', () => {
    const impact = (paid: bigint) =>
      names(withSwap(caseOf(), { sell: 'doge', cost: { ...Cost.NONE, impact: paid } }), {
        kind: 'impact',
        max: 9_999,
      });
    expect(impact(1n)).toContain('impact');
    expect(impact(0n)).not.toContain('impact');
  });
});
