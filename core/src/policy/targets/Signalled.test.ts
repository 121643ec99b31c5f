import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Sample from '../../Sample.ts';
import * as Portfolio from '../../portfolio/Portfolio.ts';
import type { Snapshot } from '../../portfolio/Snapshot.ts';
import { StrategyError } from '../Field.ts';
import * as Signalled from './Signalled.ts';

/** 60/30/10 in WETH, WBTC and USDC. */
const base = Sample.snapshot();
const target: Signalled.Signalled = {
  kind: 'signal',
  base: { weth: 0.5, wbtc: 0.3, usdc: 0.2 },
  signals: { weth: 'wanted' },
  band: 0.1,
  step: 1,
  cash: 'usdc',
  maxAge: 3_600,
};

function saying(value: number, at = base.at): Snapshot {
  return { ...base, signals: [{ id: 'wanted', value, at }] };
}

function look(snapshot: Snapshot, own: object = {}) {
  return Signalled.aim({ ...target, ...own }, { snapshot, portfolio: Portfolio.of(snapshot) });
}

function weights(snapshot: Snapshot, own: object = {}) {
  const found = look(snapshot, own);
  if (found.kind === 'blind') throw new Error(found.was);
  return found.weights;
}

describe('a signalled target', () => {
  test('gives the asset the weight that is asked for, and cash the rest', () => {
    const found = weights(saying(0.55));
    expect(found['weth']).toBeCloseTo(0.55, 12);
    expect(found['wbtc']).toBeCloseTo(0.3, 12);
    expect(found['usdc']).toBeCloseTo(0.15, 12);
  });

  test('never leaves its band, whatever is said, and sums to one', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), (value) => {
        const found = weights(saying(value));
        expect(found['weth']).toBeGreaterThanOrEqual(0.4 - 1e-12);
        expect(found['weth']).toBeLessThanOrEqual(0.6 + 1e-12);
        expect(Object.values(found).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
      }),
    );
  });

  test('moves no asset further than a step at once', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0.001, max: 0.3, noNaN: true }),
        (value, step) => {
          const found = weights(saying(value), { step });
          for (const [asset, now] of [
            ['weth', 0.6],
            ['wbtc', 0.3],
            ['usdc', 0.1],
          ] as const) {
            expect(Math.abs((found[asset] ?? NaN) - now)).toBeLessThanOrEqual(step + 1e-9);
          }
        },
      ),
    );
    expect(look(saying(0.4), { step: 0.05 })).toHaveProperty('why', 'signals ask for WETH 40.0 %; 5.0 pp at once');
    expect(look(saying(0.9))).toHaveProperty('why', 'signals ask for WETH 90.0 %, held to 60.0 %');
  });

  test('is blind to what is absent, old, from the future or no number', () => {
    for (const [snapshot, was] of [
      [base, 'no signal wanted'],
      [saying(0.5, base.at - 7_200), 'the signal wanted is 2 h old'],
      [saying(0.5, base.at + 5), 'the signal wanted is dated 5 s after the block'],
      [saying(Number.NaN), 'the signal wanted says NaN'],
    ] as const) {
      expect(look(snapshot)).toMatchObject({ kind: 'blind', was });
    }
  });

  test('refuses a band that cash cannot pay for, and signals on what is no asset of the base', () => {
    const refusal = (own: object) => {
      try {
        return Signalled.parse({ path: 'toward', value: { ...target, ...own } });
      } catch (error) {
        return error instanceof StrategyError ? error.path : error;
      }
    };
    expect(refusal({ band: 0.2 })).toMatchObject({ band: 0.2 });
    expect(refusal({ band: 0.21 })).toBe('toward.band');
    expect(refusal({ band: 0.15, signals: { weth: 'a', wbtc: 'b' } })).toBe('toward.band');
    expect(refusal({ signals: {} })).toBe('toward.signals');
    expect(refusal({ signals: { usdc: 'a' } })).toBe('toward.signals.usdc');
    expect(refusal({ signals: { moon: 'a' } })).toBe('toward.signals.moon');
  });
});
