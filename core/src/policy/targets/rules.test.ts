// What each rule in particular promises.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Sample from '../../Sample.ts';
import { decide } from '../../decide.ts';
import { ONE } from '../../money/Fixed.ts';
import { YEAR } from '../../money/Time.ts';
import * as Portfolio from '../../portfolio/Portfolio.ts';
import type { Snapshot } from '../../portfolio/Snapshot.ts';
import { aim } from '../aim.ts';
import type { Target } from '../Target.ts';
import * as Cppi from './Cppi.ts';
import * as Protection from './Protection.ts';

/** 60/30/10 in WETH, WBTC and USDC, $100,000 in 1,000 shares. */
const base = Sample.snapshot();
const maxAge = 86_400;

function look(target: Target, snapshot: Snapshot = base) {
  return aim(target, { snapshot, portfolio: Portfolio.of(snapshot) });
}

function weights(target: Target, snapshot: Snapshot = base) {
  const found = look(target, snapshot);
  if (found.kind === 'blind') throw new Error(`blind: ${found.was}`);
  return found.weights;
}

/** Say what an aim could not see. */
function unseen(target: Target, snapshot: Snapshot): string {
  const found = look(target, snapshot);
  return found.kind === 'blind' ? found.was : 'nothing';
}

/** Believe in these volatilities, without correlation. */
function believing(volatilities: Readonly<Record<string, number>>, at = base.at): Snapshot {
  const assets = Object.keys(volatilities);
  const covariance = assets.map((one) => assets.map((other) => (one === other ? (volatilities[one] ?? NaN) ** 2 : 0)));
  return { ...base, outlook: { at, assets, covariance } };
}

describe('CPPI', () => {
  const cppi = {
    kind: 'cppi',
    floor: 80n * ONE,
    multiplier: 3,
    cap: 0.95,
    risky: { weth: 0.5, wbtc: 0.5 },
    safe: { usdc: 1 },
  } as const;
  const at = (floor: bigint) => weights({ ...cppi, floor });

  test('risks a multiple of its cushion', () => {
    const { weth, wbtc, usdc } = at(80n * ONE);
    expect(weth).toBeCloseTo(0.3, 12);
    expect(wbtc).toBeCloseTo(0.3, 12);
    expect(usdc).toBeCloseTo(0.4, 12);
  });

  test('risks more with a larger cushion, up to its cap, and nothing without one', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 150n * ONE }), fc.bigInt({ min: 0n, max: 20n * ONE }), (floor, lower) => {
        const [high, low] = [at(floor), at(floor > lower ? floor - lower : 1n)];
        const exposed = (own: typeof high) => 1 - (own['usdc'] ?? NaN);
        expect(exposed(low)).toBeGreaterThanOrEqual(exposed(high) - 1e-12);
        expect(exposed(low)).toBeLessThanOrEqual(0.95 + 1e-12);
        expect(exposed(high) === 0).toBe(floor >= 100n * ONE);
      }),
    );
  });

  test('says that the cushion is gone', () => {
    const found = look({ ...cppi, floor: 100n * ONE });
    expect(found).toHaveProperty(
      'why',
      'a share is worth $100, its floor $100.00: the cushion is gone, all of it is safe',
    );
  });

  test('a growing floor is discounted from its end, and stands still after it', () => {
    const growing: Cppi.Cppi = { ...cppi, growth: { rate: 0.1, until: base.at + YEAR } };
    expect(Cppi.floorAt(growing, base.at)).toBeCloseTo(80 * Math.exp(-0.1), 12);
    expect(Cppi.floorAt(growing, base.at + YEAR)).toBe(80);
    expect(Cppi.floorAt(growing, base.at + 3 * YEAR)).toBe(80);
    expect(Cppi.floorAt(cppi, 0)).toBe(80);
  });

  test('inside the band of its multiplier the exposure stays, outside it is set back', () => {
    // 90 % at risk on a cushion of 20 %: a multiplier of 4.5.
    expect(Protection.multiplierNow(cppi, 0.2, { snapshot: base, portfolio: Portfolio.of(base) })).toBeCloseTo(4.5, 12);
    expect(weights({ ...cppi, band: { low: 2, high: 5 } })['usdc']).toBeCloseTo(0.1, 12);
    expect(weights({ ...cppi, band: { low: 2, high: 4 } })['usdc']).toBeCloseTo(0.4, 12);
    expect(weights({ ...cppi, cap: 0.8, band: { low: 2, high: 5 } })['usdc']).toBeCloseTo(0.4, 12);
  });

  test('never falls through its floor in steps smaller than one over its multiplier', () => {
    const steps = fc.array(fc.double({ min: 0.7, max: 1.5, noNaN: true }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(steps, (returns) => {
        let value = 100;
        for (const gross of returns) {
          const share = BigInt(Math.round(value * 1e6)) * 10n ** 12n;
          const view = { snapshot: base, portfolio: Portfolio.of(base) };
          const found = Protection.aim(cppi, share, 80, view);
          if (found.kind === 'blind') throw new Error(found.was);
          const safe = found.weights['usdc'] ?? NaN;
          value *= safe + (1 - safe) * gross;
          expect(value).toBeGreaterThan(80 - 1e-5);
        }
      }),
    );
  });

  test('is blind where no share could be protected', () => {
    expect(unseen(cppi, { ...base, custody: { ...base.custody, supply: 0n } })).toMatch(/share in issue/);
  });
});

describe('TIPP', () => {
  const tipp = {
    kind: 'tipp',
    keep: 0.8,
    multiplier: 2,
    cap: 1,
    risky: { weth: 1, wbtc: 0 },
    safe: { usdc: 1 },
  } as const;
  const past = { flows: [], soldToday: 0n, failures: 0 };

  test('stands on the peak: the higher it was, the less is at risk now', () => {
    expect(weights(tipp, { ...base, past: { ...past, peak: 110n * ONE } })['weth']).toBeCloseTo(2 * (1 - 0.88), 12);
    expect(weights(tipp, { ...base, past: { ...past, peak: 130n * ONE } })['weth']).toBe(0);
  });

  test('a share that is worth more than ever is its own peak', () => {
    expect(weights(tipp, { ...base, past: { ...past, peak: 50n * ONE } })['weth']).toBeCloseTo(0.4, 12);
  });

  test('is blind without a past, and begins at what a share is worth', () => {
    expect(unseen(tipp, base)).toMatch(/no past/);
    expect(weights(tipp, { ...base, past: { ...past, peak: 0n } })['weth']).toBeCloseTo(0.4, 12);
  });
});

describe('equal weight', () => {
  test('of everything, or of what is named', () => {
    expect(weights({ kind: 'equal-weight' })).toEqual({ weth: 1 / 3, wbtc: 1 / 3, usdc: 1 / 3 });
    expect(weights({ kind: 'equal-weight', assets: ['weth', 'usdc'] })).toEqual({ weth: 0.5, wbtc: 0, usdc: 0.5 });
  });

  test('of an asset that the portfolio has not is refused', () => {
    const decision = decide(base, { ...Sample.STRATEGY, toward: { kind: 'equal-weight', assets: ['moon'] } });
    expect(decision.kind).toBe('refuse');
    expect(decision.why).toMatch(/moon has a weight but is not in the portfolio/);
  });
});

describe('inverse volatility', () => {
  const target = { kind: 'inverse-volatility', assets: ['weth', 'wbtc'], maxAge } as const;

  test('gives every asset the same share of the risk it would have alone', () => {
    const found = weights(target, believing({ weth: 0.8, wbtc: 0.4 }));
    expect(found['weth']).toBeCloseTo(1 / 3, 12);
    expect(found['wbtc']).toBeCloseTo(2 / 3, 12);
    expect(found['usdc']).toBe(0);
  });

  test('is blind without an outlook, with an old or silent one, and where something never moves', () => {
    expect(unseen(target, base)).toMatch(/no outlook/);
    expect(unseen(target, believing({ weth: 0.8, wbtc: 0.4 }, base.at - maxAge - 1))).toMatch(/an outlook/);
    expect(unseen(target, believing({ weth: 0.8, wbtc: 0.4 }, base.at + 1))).toMatch(/after the block/);
    expect(unseen(target, believing({ weth: 0.8 }))).toMatch(/WBTC/);
    expect(unseen(target, believing({ weth: 0.8, wbtc: 0 }))).toMatch(/WBTC of 0/);
    expect(unseen(target, believing({ weth: 0.8, wbtc: Number.NaN }))).toMatch(/NaN/);
  });
});

describe('a volatility target', () => {
  const target = {
    kind: 'volatility-target',
    volatility: 0.2,
    cap: 1,
    risky: { weth: 1, wbtc: 0 },
    cash: 'usdc',
    maxAge,
  } as const;

  test('has the volatility that is wanted, as far as its cap lets it', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 2, noNaN: true }),
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        (own, cap) => {
          const { weth = NaN, usdc = NaN } = weights({ ...target, cap }, believing({ weth: own, wbtc: 0.5 }));
          expect(weth).toBeCloseTo(Math.min(cap, 0.2 / own), 12);
          expect(usdc).toBeCloseTo(1 - weth, 12);
        },
      ),
    );
  });

  test('borrows cash only above a share of one, and says so', () => {
    const calm = believing({ weth: 0.1, wbtc: 0.5 });
    expect(look({ ...target, cap: 3 }, calm)).toHaveProperty('owed', ['usdc']);
    expect(look(target, calm)).not.toHaveProperty('owed');
    expect(look(target, calm)).toHaveProperty('why', expect.stringMatching(/capped at 100\.0 %/));
  });

  test('is blind where the sleeve would not move, or where its variance is none', () => {
    expect(unseen(target, believing({ weth: 0, wbtc: 0.5 }))).toMatch(/a variance of 0/);
    expect(unseen(target, believing({ weth: Number.NaN, wbtc: 0.5 }))).toMatch(/NaN/);
    expect(unseen(target, base)).toMatch(/no outlook/);
  });
});

describe('a glide path', () => {
  const path = {
    kind: 'glide-path',
    points: [
      { at: 1_000, weights: { weth: 0.8, usdc: 0.2 } },
      { at: 2_000, weights: { weth: 0.5, usdc: 0.5 } },
      { at: 4_000, weights: { weth: 0.1, usdc: 0.9 } },
    ],
  } as const;
  const wethAt = (at: number) => weights(path, { ...base, at })['weth'] ?? NaN;

  test('passes through its points, straight between them and level beyond', () => {
    for (const [at, weth] of [
      [0, 0.8],
      [1_000, 0.8],
      [1_500, 0.65],
      [2_000, 0.5],
      [3_000, 0.3],
      [4_000, 0.1],
      [9_000, 0.1],
    ] as const) {
      expect(wethAt(at)).toBeCloseTo(weth, 12);
    }
  });

  test('goes one way only between points that do', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 5_000 }), (at, later) => {
        expect(wethAt(at + later)).toBeLessThanOrEqual(wethAt(at) + 1e-12);
      }),
    );
  });
});

test('a decision says why it wants what it wants', () => {
  const toward: Target = {
    kind: 'cppi',
    floor: 80n * ONE,
    multiplier: 3,
    cap: 1,
    risky: { weth: 0.5, wbtc: 0.5 },
    safe: { usdc: 1 },
  };
  const decision = decide(base, { ...Sample.STRATEGY, toward });
  const why = 'a share is worth $100, its floor $80.00: 3 times a cushion of 20.0 % at risk';
  expect(decision.intent.why).toContain(why);
  expect(decision.intent.why).toContain(decision.trigger);
});
