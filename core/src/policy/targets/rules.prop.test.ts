// What must be true of every target that follows a rule, whichever it is.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Sample from '../../Sample.ts';
import { ONE } from '../../money/Fixed.ts';
import { YEAR } from '../../money/Time.ts';
import * as Portfolio from '../../portfolio/Portfolio.ts';
import type { Snapshot } from '../../portfolio/Snapshot.ts';
import { aim } from '../aim.ts';
import { StrategyError } from '../Field.ts';
import { parseTarget } from '../parseTarget.ts';
import type { Target } from '../Target.ts';

const base = Sample.snapshot();
const risky = { weth: 0.7, wbtc: 0.3 };
const protection = { multiplier: 4, cap: 0.9, band: { low: 3, high: 5 }, risky, safe: { usdc: 1 } };
const maxAge = 86_400;

const RULES: readonly Target[] = [
  { kind: 'fixed', weights: { weth: 0.6, wbtc: 0.3, usdc: 0.1 } },
  { kind: 'equal-weight', assets: ['weth', 'usdc'] },
  { kind: 'inverse-volatility', assets: ['wbtc', 'weth'], maxAge },
  { kind: 'volatility-target', volatility: 0.3, cap: 1.5, risky, cash: 'usdc', maxAge },
  {
    kind: 'glide-path',
    points: [
      { at: base.at - 1_000, weights: { ...risky, usdc: 0 } },
      { at: base.at + 3_000, weights: { weth: 0.1, wbtc: 0.1, usdc: 0.8 } },
    ],
  },
  { kind: 'cppi', floor: 80n * ONE, growth: { rate: 0.05, until: base.at + YEAR }, ...protection },
  { kind: 'tipp', keep: 0.8, ...protection },
  {
    kind: 'leverage',
    collateral: { weth: { weight: 0.5, threshold: 0.83 }, wbtc: { weight: 0.5, threshold: 0.78 } },
    debt: 'usdc',
    low: 0.2,
    target: 0.4,
    high: 0.6,
  },
  {
    kind: 'hedge',
    exposures: { weth: 1 },
    hedge: 'wbtc',
    perUnit: 0.9,
    cash: 'usdc',
    ratio: 0.1,
    tolerance: 0.05,
    cap: 3,
  },
  {
    kind: 'liquidity-range',
    market: 'concentrated:weth/usdc',
    share: 0.4,
    rest: { weth: 0.2, wbtc: 0.5, usdc: 0.3 },
    deviations: 2,
    horizon: 7 * 86_400,
    recentre: 0.5,
    maxAge,
  },
  {
    kind: 'signal',
    base: { weth: 0.4, wbtc: 0.2, usdc: 0.4 },
    signals: { weth: 'weth-weight', wbtc: 'wbtc-weight' },
    band: 0.2,
    step: 1,
    cash: 'usdc',
    maxAge,
  },
];

/** Its pools are as large as they are: scaling our money alone changes what it asks for, so only its parser is tried here. */
const LENDING: Target = {
  kind: 'lending',
  asset: 'usdc',
  markets: ['one'],
  share: 0.5,
  rest: { weth: 1 },
  horizon: 90 * 86_400,
  perPool: 0.8,
  perCash: 1,
};

/** Settings that may be left out. */
const OPTIONAL = ['assets', 'growth', 'band'];

/** Settle what the outlook and the past say, and hold these values of the three assets; the last is owed where negative. */
function picture(tokens: readonly [number, number, number]): Snapshot {
  const [weth, wbtc, usdc] = tokens.map((one) => BigInt(Math.round(one * 1e6)));
  return {
    ...base,
    holdings: [
      { asset: 'weth', atoms: (weth ?? 0n) * 10n ** 12n },
      { asset: 'wbtc', atoms: (wbtc ?? 0n) * 100n },
      { asset: 'usdc', atoms: usdc ?? 0n },
    ],
    outlook: {
      at: base.at - 3_600,
      assets: ['usdc', 'weth', 'wbtc'],
      covariance: [
        [0.0001, 0, 0],
        [0, 0.49, 0.28],
        [0, 0.28, 0.36],
      ],
    },
    signals: [
      { id: 'weth-weight', value: 0.55, at: base.at },
      { id: 'wbtc-weight', value: 0.9, at: base.at },
    ],
    past: { peak: 120n * ONE, flows: [], soldToday: 0n, failures: 0 },
  };
}

function aimed(target: Target, snapshot: Snapshot) {
  const found = aim(target, { snapshot, portfolio: Portfolio.of(snapshot) });
  if (found.kind === 'blind') throw new Error(`blind: ${found.was}`);
  return found;
}

/** Draw what is held, from nothing to much, worth something after the debt. */
const holding = fc
  .tuple(
    fc.double({ min: 0, max: 40, noNaN: true }),
    fc.double({ min: 0.3, max: 3, noNaN: true }),
    fc.double({ min: -4_000, max: 60_000, noNaN: true }),
  )
  .filter(([weth, wbtc, usdc]) => weth * 2_000 + wbtc * 30_000 + usdc > 4_000);

describe.each(RULES.map((target) => [target.kind, target] as const))('%s', (_, target) => {
  test('aims at weights that sum to one, of which only what may be owed is below zero', () => {
    fc.assert(
      fc.property(holding, (tokens) => {
        const { weights, owed = [] } = aimed(target, picture([tokens[0], tokens[1], Math.abs(tokens[2])]));
        expect(Object.values(weights).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
        expect(Object.keys(weights).toSorted()).toEqual(['usdc', 'wbtc', 'weth']);
        const below = Object.keys(weights).filter((asset) => !((weights[asset] ?? NaN) >= 0));
        expect(below.filter((asset) => !owed.includes(asset))).toEqual([]);
      }),
    );
  });

  test('asks for the same whatever the order of the assets and the size of the money', () => {
    fc.assert(
      fc.property(holding, fc.bigInt({ min: 2n, max: 10n ** 9n }), (tokens, scale) => {
        const snapshot = picture(tokens);
        const { weights } = aimed(target, snapshot);
        const turned = { ...snapshot, assets: snapshot.assets.toReversed(), holdings: snapshot.holdings.toReversed() };
        const larger = {
          ...snapshot,
          holdings: snapshot.holdings.map(({ asset, atoms }) => ({ asset, atoms: atoms * scale })),
          custody: { ...snapshot.custody, supply: snapshot.custody.supply * scale },
        };
        for (const other of [turned, larger]) {
          const same = aimed(target, other).weights;
          for (const [asset, weight] of Object.entries(weights)) expect(same[asset]).toBeCloseTo(weight, 9);
        }
      }),
    );
  });
});

describe.each([...RULES, LENDING].map((target) => [target.kind, target] as const))('%s', (_, target) => {
  test('comes back from its parser as it was', () => {
    expect(parseTarget({ path: 'toward', value: target })).toEqual(target);
  });

  test('refuses by its path every number that is none, every key too many and every one that is missing', () => {
    for (const { path, value } of spoilt(target, 'toward')) {
      const error = refusal(value);
      expect(error, path).toBeInstanceOf(StrategyError);
      expect((error as StrategyError).path, path).toBe(path);
    }
    for (const { path, value } of lacking(target, 'toward')) {
      expect(refusal(value), path).toBeInstanceOf(StrategyError);
    }
  });
});

test('no asset may have a name that reaches a prototype', () => {
  const named = RULES.flatMap((rule) =>
    ['cash', 'hedge', 'debt'].filter((key) => Object.hasOwn(rule, key)).map((key) => ({ ...rule, [key]: '__proto__' })),
  );
  expect(named.length).toBe(5);
  for (const value of [...named, { kind: 'equal-weight', assets: ['constructor'] }]) {
    expect(refusal(value)).toBeInstanceOf(StrategyError);
  }
});

function refusal(value: unknown): unknown {
  try {
    return parseTarget({ path: 'toward', value });
  } catch (error) {
    return error;
  }
}

type Spoilt = { readonly path: string; readonly value: unknown };

/** List a value with each of its parts spoilt in turn, and where the parser should see it. */
function spoilt(value: unknown, path: string): readonly Spoilt[] {
  if (typeof value === 'number' || typeof value === 'bigint') {
    return [Number.NaN, Infinity, -7, '1', null, undefined].map((bad) => ({ path, value: bad }));
  }
  if (Array.isArray(value)) {
    const parts: readonly unknown[] = value;
    return [
      { path, value: 'a list' },
      ...parts.flatMap((part, index) =>
        spoilt(part, `${path}[${index}]`).map((one) => ({ ...one, value: parts.with(index, one.value) })),
      ),
    ];
  }
  if (typeof value !== 'object' || value === null) return [7, '', null].map((bad) => ({ path, value: bad }));
  const trap = JSON.parse('{"__proto__": 1}') as object;
  return [
    { path, value: [value] },
    { path: `${path}.__proto__`, value: Object.defineProperties({ ...value }, Object.getOwnPropertyDescriptors(trap)) },
    { path: `${path}.constructor`, value: { ...value, constructor: 1 } },
    ...Object.entries(value).flatMap(([key, part]) =>
      spoilt(part, `${path}.${key}`).map((one) => ({ ...one, value: { ...value, [key]: one.value } })),
    ),
  ];
}

/** List a value without each of its keys in turn, and with one too many. */
function lacking(value: unknown, path: string): readonly Spoilt[] {
  if (typeof value !== 'object' || value === null) return [];
  const fewer = Object.keys(value)
    .filter((key) => !OPTIONAL.includes(key) && !Array.isArray(value))
    .map((key) => ({
      path: `${path} without ${key}`,
      value: Object.fromEntries(Object.entries(value).filter(([one]) => one !== key)),
    }));
  return [...fewer, ...(path === 'toward' ? [{ path: `${path} with speed`, value: { ...value, speed: 1 } }] : [])];
}
