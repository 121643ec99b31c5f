// One field of a sound snapshot at a time is made impossible: nothing throws, nothing runs for ever, nothing is acted on.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide } from './decide.ts';
import { everyMarket } from './EveryMarket.ts';
import { ONE } from './money/Fixed.ts';
import type { Limit } from './policy/Limit.ts';
import { parse } from './policy/parse.ts';
import type { Strategy } from './policy/Strategy.ts';
import type { Snapshot } from './portfolio/Snapshot.ts';
import * as Sample from './Sample.ts';

const sample = Sample.snapshot([
  ...Sample.LINES.slice(0, 2),
  { symbol: 'LENT', decimals: 6, price: '1', tokens: '100' },
  { symbol: 'USDC', decimals: 6, price: '1', tokens: '20000' },
]);
const { at } = sample;
const moves = [0.8, 0.6, 0.01, 0.02];

/** A snapshot with something in every field. */
const full: Snapshot = {
  ...sample,
  markets: [
    ...sample.markets.map((market) =>
      market.kind === 'concentrated' ? { ...market, feeGrowth: [1n, 1n] as const } : market,
    ),
    ...everyMarket.map((market) =>
      market.kind === 'lending' ? { ...market, assets: ['usdc', 'lent'] as const } : market,
    ),
  ],
  inFlight: [{ id: 'transfer', asset: 'usdc', atoms: 5n, due: at + 60 }],
  lastRebalanceAt: at - 86_400,
  gas: { ...sample.gas, data: 10n ** 12n },
  outlook: {
    at,
    assets: ['weth', 'wbtc', 'lent', 'usdc'],
    covariance: moves.map((one, i) => moves.map((other, j) => one * other * (i === j ? 1 : 0.5))),
    expected: [0.05, 0.04, 0, 0],
  },
  past: {
    peak: 101n * ONE,
    flows: [{ asset: 'usdc', atoms: 5n }],
    soldToday: 0n,
    failures: 0,
    outsideSince: at - 600,
    spreadSince: at - 600,
  },
  signals: [{ id: 'switch', value: 1, at }],
  stakes: [{ id: 'stake', market: 'c', parts: [{ asset: 'usdc', atoms: 7n }], ticks: [-100, 100] }],
  supplies: ['weth', 'wbtc', 'lent', 'usdc'].map((asset) => ({ asset, atoms: 10n ** 24n, at })),
  claims: [{ asset: 'usdc', atoms: 3n }],
};

const fixed = { kind: 'fixed', weights: { weth: 0.5, wbtc: 0.3, lent: 0, usdc: 0.2 } };
const band = { kind: 'band', absolute: 200 };
const benefit: Limit = { kind: 'benefit', aversion: 1_000, horizon: 31_536_000, maxAge: 60 };
const within: readonly Limit[] = [
  ...Sample.STRATEGY.within,
  benefit,
  { kind: 'impact', max: 5_000 },
  { kind: 'notional', perTrade: 10n ** 24n, perDay: 10n ** 24n },
  { kind: 'concentration', max: 9_000 },
  { kind: 'exposure', name: 'one', assets: ['usdc'], markets: ['c'], max: 9_000 },
  { kind: 'health', thresholds: { weth: 8_000 }, min: 10_000 },
  { kind: 'gas', max: 10n ** 24n },
  { kind: 'drawdown', max: 9_000 },
  { kind: 'failures', max: 3 },
];
const of = (when: unknown, toward: unknown, limits: readonly Limit[] = within): Strategy =>
  parse({ ...Sample.STRATEGY, when, toward, within: limits });

/** What looks at the snapshot's fields; the first looks at most of them, and acts. */
const main = of({ kind: 'any', of: [band, { kind: 'signal', id: 'switch', above: 5, maxAge: 60 }] }, fixed);
const rest = { weth: 0.5, wbtc: 0.3, lent: 0, usdc: 0.2 };
const strategies: readonly Strategy[] = [
  main,
  of(band, { kind: 'equal-weight' }, []),
  of({ kind: 'calendar', every: 3_600, from: 0 }, fixed, []),
  of({ kind: 'cron', expression: '0 0 13 * *', offset: 0, from: 0 }, fixed, []),
  of({ kind: 'all', of: [band, { kind: 'cooldown', seconds: 60 }] }, fixed, []),
  of({ kind: 'drawdown', min: 100 }, fixed, []),
  of({ kind: 'utilisation', market: 'l', min: 0, max: 10_000 }, fixed, []),
  of({ kind: 'depth', asset: 'weth', within: 100, min: 10n ** 22n }, fixed, []),
  of({ kind: 'cost-optimal', riskAversion: 3, maxAge: 60 }, fixed, []),
  of({ kind: 'spread', window: 3_600, slices: 4, when: band }, fixed, []),
  of(band, {
    kind: 'lending',
    asset: 'usdc',
    markets: ['l'],
    share: 0.5,
    rest,
    horizon: 86_400,
    perPool: 1,
    perCash: 5,
  }),
  of(band, { kind: 'index', weighting: 'capitalisation', maxAge: 60 }, []),
  of(band, { kind: 'risk-budget', maxAge: 60 }, []),
  of(band, { kind: 'mean-variance', aversion: 3, believe: 1, maxAge: 60 }, []),
  of(band, { kind: 'tipp', keep: 0.5, multiplier: 2, cap: 1, risky: { weth: 1 }, safe: { usdc: 1 } }, []),
];

type Path = readonly (string | number)[];

/** List the way to every number, list and kind in a value. */
function leaves(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value === 'number' || typeof value === 'bigint') return [path];
  if (typeof value !== 'object' || value === null) return path.at(-1) === 'kind' ? [path] : [];
  const inside = Object.entries(value).flatMap(([key, one]) => leaves(one, [...path, key]));
  return Array.isArray(value) && path.length > 0 ? [path, ...inside] : inside;
}

function look(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((one, key) => (one as Record<string, unknown>)[key], value);
}

/** Replace what lies at the end of a path. */
function replaced(value: unknown, [key, ...more]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<string, unknown>;
  copy[key] = replaced(copy[key], more, by);
  return copy;
}

const NUMBERS = [NaN, Infinity, -Infinity, 1e22, -1e22, 0.5, -1, 0, 1e-320];
const INTEGERS = [-1n, 0n, 1n << 300n, -(1n << 300n)];

function corruptions(value: unknown): readonly unknown[] {
  if (typeof value === 'number') return NUMBERS;
  if (typeof value === 'bigint') return INTEGERS;
  if (Array.isArray(value)) return [[], value.slice(1), [...(value as unknown[]), ...(value as unknown[])]];
  return ['unheard-of', '__proto__'];
}

function corrupted(path: Path, by: unknown): Snapshot {
  return replaced(full, path, by) as Snapshot;
}

/** What may be below zero, or is never read by a decision, or is a belief that only some strategies hold. */
const MAY_BE_NEGATIVE =
  /^holdings|liquidityNet|^past\.flows|\.net$|\.tick$|ticks\.\d|known|index$|^block|^signals|^outlook|^markets\.\d+\.(at|terms)/;
const BELIEFS = /^outlook\.(covariance|expected)|^signals\.\d+\.value|^past\.flows/;

/** Whether a value cannot be, whatever the field: no number, no whole number, or below zero where nothing is. */
function impossible(path: Path, by: unknown): boolean {
  const name = path.join('.');
  if (name.startsWith('block')) return false;
  if (typeof by === 'bigint') return by < 0n && !MAY_BE_NEGATIVE.test(name);
  if (typeof by !== 'number') return false;
  if (BELIEFS.test(name)) return false;
  return !Number.isSafeInteger(by) || (by < 0 && !MAY_BE_NEGATIVE.test(name));
}

const paths = leaves(full);

describe('a snapshot with one field that cannot be', () => {
  test('stands beside a sound one, which is acted on', () => {
    expect(decide(full, main).kind).toBe('act');
    expect(paths.length).toBeGreaterThan(200);
  });

  test('is never acted on, and never throws', () => {
    for (const path of paths) {
      for (const by of corruptions(look(full, path))) {
        const decision = decide(corrupted(path, by), main);
        const acted = decision.kind === 'act' && impossible(path, by);
        expect(acted ? `acts with ${path.join('.')} = ${String(by)}` : '').toBe('');
      }
    }
  });

  test('throws in no strategy', () => {
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.nat(), fc.constantFrom(...strategies), (path, pick, strategy) => {
        const choices = corruptions(look(full, path));
        const decision = decide(corrupted(path, choices[pick % choices.length]), strategy);
        expect(['hold', 'refuse', 'act']).toContain(decision.kind);
      }),
      { numRuns: 1_000 },
    );
  });

  test('is not believed where a limit counts with its beliefs', () => {
    const limited = of(band, fixed, [benefit]);
    expect(decide(full, limited).kind).toBe('act');
    for (const path of leaves(full.outlook, ['outlook']).filter(
      ([, key]) => key === 'covariance' || key === 'assets',
    )) {
      for (const by of corruptions(look(full, path))) {
        if (typeof by === 'number' && Number.isFinite(by)) continue;
        expect(`${path.join('.')} = ${String(by)}: ${decide(corrupted(path, by), limited).kind}`).toMatch(/refuse$/);
      }
    }
  });
});
