// The optimised targets as a strategy meets them: what they aim at, say and refuse. Their mathematics has tests of its own.

import { describe, expect, test } from 'vitest';
import { decide } from '../../decide.ts';
import { TOLERANCE } from '../../money/Weight.ts';
import type { Outlook } from '../../portfolio/Outlook.ts';
import * as Portfolio from '../../portfolio/Portfolio.ts';
import * as Sample from '../../Sample.ts';
import { aim } from '../aim.ts';
import { StrategyError } from '../Field.ts';
import { parse } from '../parse.ts';
import type { Target } from '../Target.ts';

const base = Sample.snapshot();
// In an order of its own, with an asset that the portfolio does not have.
const outlook: Outlook = {
  at: base.at - 60,
  assets: ['dai', 'wbtc', 'usdc', 'weth'],
  covariance: [
    [0.0001, 0, 0, 0],
    [0, 0.25, 0.0001, 0.24],
    [0, 0.0001, 0.0004, 0.0002],
    [0, 0.24, 0.0002, 0.36],
  ],
  expected: [0, 0.1, 0.01, 0.2],
};
const view = (own: Partial<Outlook> | undefined = {}) => {
  const snapshot = own === undefined ? base : { ...base, outlook: { ...outlook, ...own } };
  return { snapshot, portfolio: Portfolio.of(snapshot) };
};
const maxAge = 3_600;
const equal = { weth: 0.4, wbtc: 0.4, usdc: 0.2 };
const targets = [
  { kind: 'risk-budget', maxAge },
  { kind: 'risk-budget', budgets: { weth: 0.5, wbtc: 0.3, usdc: 0.2 }, maxAge },
  { kind: 'minimum-variance', maxAge },
  { kind: 'minimum-variance', assets: ['weth', 'wbtc'], keeping: [{ kind: 'turnover', most: 0.5 }], maxAge },
  { kind: 'maximum-diversification', maxAge },
  { kind: 'hierarchical-parity', maxAge },
  { kind: 'mean-variance', aversion: 3, believe: 1, maxAge },
  {
    kind: 'mean-variance',
    aversion: 3,
    believe: 1,
    trading: { cost: 20, horizon: 30 * 86_400 },
    keeping: [{ kind: 'group', assets: ['weth', 'wbtc'], most: 0.5 }],
    maxAge,
  },
  { kind: 'tilt', base: equal, most: 0.1, aversion: 3, believe: 1, maxAge },
  {
    kind: 'tilt',
    base: equal,
    most: 0.1,
    aversion: 3,
    believe: 1,
    fading: { halfLife: 86_400, every: 3_600, impact: 5 },
    maxAge,
  },
  {
    kind: 'index',
    weighting: 'root',
    cap: 0.5,
    top: { count: 2, enter: 1, leave: 3, held: 10 },
    assets: ['weth', 'wbtc'],
    maxAge,
  },
] as const satisfies readonly Target[];
const optimised = targets.filter(({ kind }) => kind !== 'index' && kind !== 'tilt');
const weights = (target: Target, own?: Partial<Outlook>) => {
  const aimed = aim(target, view(own));
  return aimed.kind === 'weights' ? aimed.weights : {};
};
const name = (target: Target) => [JSON.stringify(target).slice(0, 60), target] as const;

describe('every target', () => {
  test.each(targets.map(name))('%s comes back from the door as it was', (_, target) => {
    expect(parse({ ...Sample.STRATEGY, toward: target }).toward).toEqual(target);
  });
});

describe('every optimised target', () => {
  test.each(optimised.map(name))('%s weighs each asset of the portfolio, and all together one', (_, target) => {
    const found = weights(target);
    expect(Object.keys(found).toSorted()).toEqual(['usdc', 'wbtc', 'weth']);
    expect(Math.min(...Object.values(found))).toBeGreaterThanOrEqual(0);
    expect(Math.abs(Object.values(found).reduce((sum, weight) => sum + weight, -1))).toBeLessThan(TOLERANCE);
  });

  test.each(optimised.map(name))(
    '%s does not depend on the order in which holdings and beliefs are listed',
    (_, target) => {
      const snapshot = {
        ...base,
        holdings: base.holdings.toReversed(),
        outlook: {
          ...outlook,
          assets: outlook.assets.toReversed(),
          covariance: outlook.covariance.toReversed().map((row) => row.toReversed()),
          expected: outlook.expected!.toReversed(),
        },
      };
      const aimed = aim(target, { snapshot, portfolio: Portfolio.of(snapshot) });
      const found = weights(target);
      expect(aimed.kind === 'weights' ? aimed.weights : {}).toEqual(
        Object.fromEntries(Object.entries(found).map(([asset, weight]) => [asset, expect.closeTo(weight, 9)])),
      );
    },
  );

  test.each(optimised.map(name))('%s is blind without an outlook that it can follow', (_, target) => {
    const none = aim(target, view(undefined));
    expect(none.kind).toBe('weights');
    const bad: readonly (Partial<Outlook> | null)[] = [
      null,
      { at: base.at - maxAge - 1 },
      { at: base.at + 1 },
      { assets: ['dai', 'wbtc', 'usdc', 'moon'] },
      { covariance: [] },
      { covariance: outlook.covariance.map((row) => row.map(() => NaN)) },
      { covariance: outlook.covariance.map((row) => row.map(() => 0)) },
      { covariance: outlook.covariance.map((row, i) => row.map((value, j) => (i === j ? value : 3))) },
    ];
    const kinds = bad.map(
      (own) => aim(target, own === null ? { snapshot: base, portfolio: view().portfolio } : view(own)).kind,
    );
    expect(kinds).toEqual(bad.map(() => 'blind'));
  });

  test('least variance, most diversification and utility are blind where assets are duplicates; parity is not', () => {
    const twins = outlook.covariance.map((row, i) =>
      row.map((value, j) => ([1, 3].includes(i) && [1, 3].includes(j) ? 0.25 : i === j ? value : 0)),
    );
    const kinds = Object.fromEntries(
      optimised.map((target) => [target.kind, aim(target, view({ covariance: twins })).kind]),
    );
    expect(kinds).toEqual({
      'risk-budget': 'weights',
      'minimum-variance': 'blind',
      'maximum-diversification': 'blind',
      'hierarchical-parity': 'weights',
      'mean-variance': 'blind',
    });
  });
});

describe('single targets', () => {
  test('say why they aim where they do', () => {
    const words = optimised
      .map((target) => aim(target, view()))
      .map((aimed) => (aimed.kind === 'weights' ? aimed.why : ''));
    expect(words[0]).toBe('shares of risk: WETH 33.3 %, WBTC 33.3 %, USDC 33.3 %');
    expect(words[1]).toBe('shares of risk: WETH 50.0 %, WBTC 30.0 %, USDC 20.0 %');
    expect(words[2]).toBe('the least volatility expected: 2.0 % a year');
    expect(words[5]).toMatch(/^in the order of kinship /);
    expect(words[6]).toMatch(/^a return of .* % a year above cash is expected$/);
  });

  test('keep to their own constraints, and say which of them clash', () => {
    const target = {
      kind: 'minimum-variance',
      maxAge,
      keeping: [{ kind: 'maximum', weights: { usdc: 0.3 } }],
    } as const;
    expect(weights(target)['usdc']).toBeCloseTo(0.3, 9);
    const impossible = {
      ...target,
      keeping: [...target.keeping, { kind: 'cash', assets: ['usdc'], least: 0.4 }],
    } as const;
    expect(aim(impossible, view())).toMatchObject({
      kind: 'blind',
      was: expect.stringContaining('at least 40.0 % in USDC'),
    });
    const stranger = { ...target, assets: ['weth', 'wbtc'] };
    expect(aim(stranger, view())).toMatchObject({ kind: 'blind', was: expect.stringContaining('USDC') });
    // What is left out must be sold, and counts.
    const narrow = { ...target, assets: ['weth', 'wbtc'], keeping: [{ kind: 'turnover', most: 0.05 }] } as const;
    expect(aim(narrow, view())).toMatchObject({ kind: 'blind', was: expect.stringContaining('the turnover cap') });
  });

  test('mean–variance does not believe everything', () => {
    const target = { kind: 'mean-variance', aversion: 3, believe: 0.15, maxAge } as const;
    expect(aim(target, view())).toMatchObject({ kind: 'blind', was: '0.2 expected of WETH' });
    const { expected: _, ...silent } = outlook;
    const snapshot = { ...base, outlook: silent };
    expect(aim(target, { snapshot, portfolio: Portfolio.of(snapshot) }).kind).toBe('blind');
  });
});

describe('a tilt', () => {
  const tilt = { kind: 'tilt', base: equal, most: 0.1, aversion: 3, believe: 1, maxAge } as const;
  const moved = (target: Target, own?: Partial<Outlook>) =>
    Object.entries(weights(target, own)).reduce(
      (sum, [asset, weight]) => sum + Math.abs(weight - equal[asset as keyof typeof equal]) / 2,
      0,
    );

  test('goes towards what is expected to rise, never farther than its bound', () => {
    expect(weights(tilt)['weth']).toBeGreaterThan(equal.weth);
    for (const scale of [0.01, 0.1, 1, 4]) {
      const expected = outlook.expected!.map((value) => scale * value);
      expect(moved(tilt, { expected })).toBeLessThanOrEqual(0.1 + 1e-9);
      expect(Math.min(...Object.values(weights(tilt, { expected })))).toBeGreaterThanOrEqual(0);
    }
    expect(moved({ ...tilt, most: 0 })).toBeLessThan(1e-9);
  });

  test('inside its bound is the unbounded answer, and less of it for a forecast that fades', () => {
    const expected = [0, 0, 0, 0.001];
    const free = moved({ ...tilt, most: 1 }, { expected });
    expect(moved(tilt, { expected })).toBeCloseTo(free, 9);
    const fading = { halfLife: 86_400, every: 86_400, impact: 6 };
    // φ = 1/2 and a = γ for λ = 2γ: what is left is 1 / (1 + 1/2).
    expect(moved({ ...tilt, fading }, { expected })).toBeCloseTo((2 / 3) * free, 9);
  });

  test('is none without a forecast, or with an old one, and blind with one beyond belief', () => {
    const { expected: _, ...silent } = outlook;
    const snapshot = { ...base, outlook: silent };
    const none = aim(tilt, { snapshot, portfolio: Portfolio.of(snapshot) });
    expect(none).toEqual({ kind: 'weights', weights: equal, why: 'no tilt: nobody forecasts a return' });
    expect(aim(tilt, { snapshot: base, portfolio: Portfolio.of(base) })).toEqual(none);
    expect(aim(tilt, view({ at: base.at - maxAge - 1 }))).toMatchObject({
      weights: equal,
      why: 'no tilt: the forecast is 60 min old',
    });
    expect(aim({ ...tilt, believe: 0.1 }, view()).kind).toBe('blind');
    expect(aim(tilt, view({ at: base.at + 1 })).kind).toBe('blind');
    expect(aim(tilt, view({ expected: [0, NaN, 0, 0] })).kind).toBe('blind');
  });
});

describe('a decision towards an optimised target', () => {
  test('is made, and refused where nothing can be seen', () => {
    const strategy = { ...Sample.STRATEGY, toward: targets[1] };
    const decision = decide({ ...base, outlook }, strategy);
    expect(decision.drift.map(({ target }) => target).reduce((sum, target) => sum + target, 0)).toBeCloseTo(1, 12);
    expect(decide(base, strategy)).toMatchObject({
      kind: 'refuse',
      why: expect.stringMatching(/^inputs: no outlook; /),
    });
  });
});

test.each([
  ['toward.maxAge', { kind: 'risk-budget' }],
  ['toward.assets', { kind: 'risk-budget', assets: ['a'], budgets: { a: 1 }, maxAge }],
  ['toward.budgets', { kind: 'risk-budget', budgets: { a: 0.5 }, maxAge }],
  ['toward.budgets.__proto__', { kind: 'risk-budget', budgets: JSON.parse('{"__proto__": 1}'), maxAge }],
  ['toward.keeping[0].kind', { kind: 'minimum-variance', keeping: [{ kind: 'x' }], maxAge }],
  ['toward.speed', { kind: 'maximum-diversification', speed: 1, maxAge }],
  ['toward.maxAge', { kind: 'hierarchical-parity', maxAge: 0 }],
  ['toward.aversion', { kind: 'mean-variance', aversion: 0, believe: 1, maxAge }],
  ['toward.believe', { kind: 'mean-variance', aversion: 1, believe: NaN, maxAge }],
  [
    'toward.trading.horizon',
    { kind: 'mean-variance', aversion: 1, believe: 1, trading: { cost: 1, horizon: 1 }, maxAge },
  ],
  ['toward.weighting', { kind: 'index', weighting: 'fame', maxAge }],
  ['toward.cap', { kind: 'index', weighting: 'root', cap: 0, maxAge }],
  ['toward.top.enter', { kind: 'index', weighting: 'root', top: { count: 2, enter: 3, leave: 4, held: 0 }, maxAge }],
  ['toward.top.leave', { kind: 'index', weighting: 'root', top: { count: 2, enter: 1, leave: 1, held: 0 }, maxAge }],
  ['toward.most', { kind: 'tilt', base: equal, most: 2, aversion: 1, believe: 1, maxAge }],
  ['toward.base', { kind: 'tilt', base: {}, most: 0.1, aversion: 1, believe: 1, maxAge }],
  [
    'toward.fading.impact',
    {
      kind: 'tilt',
      base: equal,
      most: 0.1,
      aversion: 1,
      believe: 1,
      fading: { halfLife: 60, every: 1, impact: 0 },
      maxAge,
    },
  ],
])('%s is refused', (path, toward) => {
  let caught: unknown;
  try {
    parse({ ...Sample.STRATEGY, toward });
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(StrategyError);
  expect((caught as StrategyError).path).toBe(path);
});
