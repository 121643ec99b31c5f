// One of every kind of target and trigger, over portfolios of any assets: what laws that hold of all are tried on.
// Used by tests; nothing that decides imports it.

import { ONE, pow10 } from './money/Fixed.ts';
import { parse } from './policy/parse.ts';
import type { Strategy } from './policy/Strategy.ts';
import type { Target } from './policy/Target.ts';
import type { Trigger } from './policy/Trigger.ts';
import type { Snapshot } from './portfolio/Snapshot.ts';
import * as Sample from './Sample.ts';

/** When every snapshot here is taken. */
export const AT = 1_700_000_000;

const sample = Sample.snapshot();

/** Describe one asset and how much of it is held. */
export type Line = {
  readonly decimals: number;
  /** D18{USD/tok}. */
  readonly price: bigint;
  /** D18{USD}. */
  readonly value: bigint;
  /** How far the asset moves with the first, the second factor, and alone {1/√yr}. */
  readonly moves: readonly [number, number, number];
  readonly expected: number;
  readonly supply: bigint;
};

/** Count from zero. */
export const order = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

/** Hold these in this order, `scale` times as much of each in `scale` times as many shares. */
export function snapshotOf(list: readonly Line[], places: readonly number[], scale = 1n): Snapshot {
  const lines = places.flatMap((place) => {
    const line = list[place];
    return line === undefined ? [] : [{ ...line, id: `asset${place}` }];
  });
  const covariance = lines.map((one) =>
    lines.map(({ id, moves }) => {
      const alone = id === one.id ? moves[2] ** 2 : 0;
      return one.moves[0] * moves[0] + one.moves[1] * moves[1] + alone;
    }),
  );
  const worth = lines.reduce((sum, { value }) => sum + value, 0n);
  return {
    ...sample,
    at: AT,
    assets: lines.map(({ id, decimals }) => ({ id, symbol: id.toUpperCase(), decimals })),
    holdings: lines.map(({ id, value, price, decimals }) => ({
      asset: id,
      atoms: scale * ((value * pow10(decimals)) / price + 1n),
    })),
    prices: lines.map(({ id, price }) => ({ asset: id, source: 'a', price, at: AT, heartbeat: 60 })),
    markets: [],
    custody: { ...sample.custody, supply: scale * 1_000n * ONE },
    outlook: {
      at: AT,
      assets: lines.map(({ id }) => id),
      covariance,
      expected: lines.map(({ expected }) => expected),
    },
    supplies: lines.map(({ id, supply, decimals }) => ({ asset: id, atoms: supply * pow10(decimals), at: AT })),
    past: { peak: (11n * worth) / 10_000n, flows: [], soldToday: 0n, failures: 0 },
  };
}

/** Give one target of every kind that needs no market of its own, over these assets. */
export function targets(ids: readonly string[]): readonly Target[] {
  const maxAge = 3_600;
  const [cash, first, ...rest] = ids as [string, string, ...string[]];
  const even = (names: readonly string[]) => Object.fromEntries(names.map((id) => [id, 1 / names.length]));
  const risky = even([first, ...rest]);
  const protection = { multiplier: 3, cap: 1, risky, safe: { [cash]: 1 } };
  return [
    { kind: 'fixed', weights: even(ids) },
    { kind: 'equal-weight' },
    { kind: 'inverse-volatility', maxAge },
    { kind: 'volatility-target', volatility: 0.2, cap: 1, risky, cash, maxAge },
    {
      kind: 'glide-path',
      points: [
        { at: AT - 50, weights: even(ids) },
        {
          at: AT + 50,
          weights: { ...even(ids.map(() => cash)), ...Object.fromEntries(ids.map((id) => [id, id === cash ? 1 : 0])) },
        },
      ],
    },
    { kind: 'cppi', floor: 10n ** 20n, ...protection },
    { kind: 'tipp', keep: 0.8, ...protection },
    { kind: 'hedge', exposures: even(rest), hedge: first, perUnit: 1, cash, ratio: 0.5, tolerance: 0.01, cap: 1 },
    {
      kind: 'leverage',
      collateral: { [first]: { weight: 1, threshold: 0.8 } },
      debt: cash,
      low: 0.3,
      target: 0.4,
      high: 0.5,
    },
    { kind: 'risk-budget', maxAge },
    { kind: 'minimum-variance', maxAge },
    { kind: 'maximum-diversification', maxAge },
    { kind: 'hierarchical-parity', maxAge },
    { kind: 'mean-variance', aversion: 3, believe: 1, maxAge },
    { kind: 'index', weighting: 'capitalisation', maxAge },
    { kind: 'index', weighting: 'root', cap: 0.5, maxAge },
    { kind: 'tilt', base: even(ids), most: 0.2, aversion: 3, believe: 1, maxAge },
  ];
}

/** One trigger of every kind that looks at where the portfolio is. */
export const triggers: readonly Trigger[] = [
  { kind: 'band', absolute: 300 },
  { kind: 'band', relative: 2_000 },
  { kind: 'norm', measure: 'l1', max: 500 },
  { kind: 'norm', measure: 'tracking-error', max: 200, maxAge: 3_600 },
  { kind: 'volatility-band', absolute: 300, reference: 0.5, exponent: 1, floor: 50, cap: 2_000, maxAge: 3_600 },
  { kind: 'cost-optimal', riskAversion: 3, proportional: 30, maxAge: 3_600 },
  { kind: 'cost-optimal', riskAversion: 3, proportional: 0, maxAge: 3_600 },
  {
    kind: 'all',
    of: [
      { kind: 'band', absolute: 300 },
      { kind: 'not', of: { kind: 'band', absolute: 900 } },
    ],
  },
  { kind: 'hysteresis', outer: { kind: 'band', absolute: 300 }, inner: { kind: 'band', absolute: 100 } },
];

/** Read a strategy of this target and trigger, without limits. */
export function strategy(toward: Target, when: Trigger = { kind: 'band', absolute: 100 }): Strategy {
  return parse({ ...Sample.STRATEGY, toward, when, within: [] });
}
