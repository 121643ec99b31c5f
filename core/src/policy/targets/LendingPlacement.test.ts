import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Sample from '../../Sample.ts';
import type { Lending } from '../../market/Lending.ts';
import * as Portfolio from '../../portfolio/Portfolio.ts';
import type { Snapshot } from '../../portfolio/Snapshot.ts';
import { aim } from '../aim.ts';
import { StrategyError } from '../Field.ts';
import { parseTarget } from '../parseTarget.ts';
import * as LendingAllocation from './LendingAllocation.ts';
import type { LendingPlacement } from './LendingPlacement.ts';

const RAY = 10n ** 27n;
const MILLION = 10n ** 12n;

/** $100,000: 50 % WETH, 50 % between USDC and its receipts in two pools. */
function picture(usdc: bigint, one: bigint, other: bigint, pools: readonly Lending[]): Snapshot {
  const lines = [
    { symbol: 'WETH', decimals: 18, price: '2000', tokens: '25' },
    { symbol: 'R1', decimals: 6, price: '1', tokens: `${one}` },
    { symbol: 'R2', decimals: 6, price: '1', tokens: `${other}` },
    { symbol: 'USDC', decimals: 6, price: '1', tokens: `${usdc}` },
  ];
  // The union of markets need not know lending for a snapshot to hold its state.
  return { ...Sample.snapshot(lines), markets: pools };
}

function pool(name: string, receipt: string, own: Partial<Lending> = {}): Lending {
  return {
    kind: 'lending',
    id: name,
    assets: ['usdc', receipt],
    supplied: 10n * MILLION,
    borrowed: 7n * MILLION,
    receipts: { kind: 'index', index: RAY },
    curve: {
      kind: 'kinked',
      base: 0n,
      slopeBelow: (RAY * 4n) / 100n,
      slopeAbove: (RAY * 60n) / 100n,
      kink: (RAY * 9n) / 10n,
      reserveFactor: 1_000,
    },
    ...own,
  };
}

const target: LendingPlacement = {
  kind: 'lending',
  asset: 'usdc',
  markets: ['one', 'two'],
  share: 0.5,
  rest: { weth: 1 },
  horizon: 90 * 86_400,
  perPool: 1,
  perCash: 1,
};

function weights(snapshot: Snapshot, own: LendingPlacement = target) {
  const found = aim(own, { snapshot, portfolio: Portfolio.of(snapshot) });
  if (found.kind === 'blind') throw new Error(found.was);
  return found.weights;
}

function unseen(snapshot: Snapshot, own: LendingPlacement = target): string {
  const found = aim(own, { snapshot, portfolio: Portfolio.of(snapshot) });
  return found.kind === 'blind' ? found.was : 'nothing';
}

const small = { supplied: MILLION, borrowed: (7n * MILLION) / 10n } as const;

describe('a lending target', () => {
  test('fills pools until the next dollar earns the same in each', () => {
    const pools = [pool('one', 'r1', small), pool('two', 'r2', small)];
    const found = weights(picture(50_000n, 0n, 0n, pools));
    expect(found['r1']).toBeCloseTo(0.25, 6);
    expect(found['r2']).toBeCloseTo(0.25, 6);
    expect(found['weth']).toBeCloseTo(0.5, 9);
    expect(Object.values(found).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
  });

  test('does not count our own deposit as somebody else’s: what is placed well is left', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 25_000 }), fc.integer({ min: 0, max: 25_000 }), (one, other) => {
        const atoms = (tokens: number) => BigInt(tokens) * 10n ** 6n;
        const pools = [
          pool('one', 'r1', { ...small, supplied: small.supplied + atoms(one) }),
          pool('two', 'r2', { ...small, supplied: small.supplied + atoms(other) }),
        ];
        const found = weights(picture(BigInt(50_000 - one - other), BigInt(one), BigInt(other), pools));
        expect(found['r1']).toBeCloseTo(0.25, 3);
        expect(found['r2']).toBeCloseTo(0.25, 3);
      }),
    );
  });

  test('keeps to caps, to a share of each pool and to the cash that others leave', () => {
    const pools = [pool('one', 'r1', small), pool('two', 'r2', small)];
    const snapshot = picture(50_000n, 0n, 0n, pools);
    expect(weights(snapshot, { ...target, perPool: 0.3 })).toMatchObject({ r1: 0.15, r2: 0.15, usdc: 0.2 });
    expect(weights(snapshot, { ...target, perCash: 0.01 })['r1']).toBeCloseTo(0.03, 9);
    const capped = [pool('one', 'r1', { ...small, supplyCap: MILLION + 10n ** 9n }), pool('two', 'r2', small)];
    expect(weights(picture(50_000n, 0n, 0n, capped))['r1']).toBeCloseTo(0.01, 9);
  });

  test('leaves what cannot be withdrawn where it is', () => {
    const full = pool('one', 'r1', { supplied: MILLION, borrowed: MILLION });
    const found = weights(picture(10_000n, 40_000n, 0n, [full, pool('two', 'r2')]));
    expect(found['r1']).toBeCloseTo(0.4, 9);
    const tooMuch = weights(picture(10_000n, 40_000n, 0n, [full, pool('two', 'r2')]), { ...target, share: 0.2 });
    expect(tooMuch['r1']).toBeCloseTo(0.4, 9);
    expect(tooMuch['weth']).toBeCloseTo(0.6, 9);
  });

  test('does not pay for gas what it would not earn', () => {
    const pools = [pool('one', 'r1', small), pool('two', 'r2', small)];
    const snapshot = picture(50_000n, 0n, 0n, pools);
    const dear = { ...snapshot, gas: { ...snapshot.gas, price: 10n ** 15n } };
    expect(weights(dear)['usdc']).toBeCloseTo(0.5, 9);
    const published = { ...snapshot, gas: { ...snapshot.gas, data: 10n ** 20n } };
    expect(weights(published)['usdc']).toBeCloseTo(0.5, 9);
  });

  test('earns at least as much as any other split', () => {
    const pools = [pool('one', 'r1', small), pool('two', 'r2')];
    const snapshot = picture(50_000n, 0n, 0n, pools);
    const free = { ...snapshot, gas: { ...snapshot.gas, price: 0n } };
    const found = weights(free);
    const yearly = (one: number, two: number) =>
      [one, two].reduce((sum, deposit, index) => {
        const own = pools[index];
        return own === undefined ? NaN : sum + LendingAllocation.earnings(LendingAllocation.poolOf(own, 6), deposit);
      }, 0);
    const best = yearly((found['r1'] ?? NaN) * 100_000, (found['r2'] ?? NaN) * 100_000);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (part) => {
        expect(best).toBeGreaterThanOrEqual(yearly(part * 50_000, (1 - part) * 50_000) - 1e-6);
      }),
    );
  });

  test('is blind without its asset, a pool of it or a receipt, and where the state of a pool cannot be true', () => {
    const pools = [pool('one', 'r1'), pool('two', 'r2')];
    const snapshot = picture(50_000n, 0n, 0n, pools);
    expect(unseen(snapshot, { ...target, asset: 'dai' })).toBe('dai is not in the portfolio');
    expect(unseen(snapshot, { ...target, markets: ['one', 'three'] })).toBe('no lending pool three');
    expect(unseen(picture(1n, 0n, 0n, [pool('one', 'r1'), pool('two', 'r3')]))).toBe('r3 is not in the portfolio');
    expect(unseen(snapshot, { ...target, asset: 'weth' })).toBe('one lends usdc');
    expect(unseen(picture(1n, 0n, 0n, [pool('one', 'r1', { borrowed: 11n * MILLION }), pool('two', 'r2')]))).toMatch(
      /supplied/,
    );
    expect(unseen({ ...snapshot, markets: Sample.snapshot().markets })).toBe('no lending pool one');
  });

  test('is read back as it was, and refuses none, too many or the same pool twice', () => {
    const refused = (own: object) => () => parseTarget({ path: 'toward', value: { ...target, ...own } });
    expect(refused({})()).toEqual(target);
    for (const markets of [[], ['one', 'one'], ['1', '2', '3', '4', '5', '6', '7'], [7], 'one']) {
      expect(refused({ markets })).toThrow(StrategyError);
    }
    for (const own of [
      { perPool: 0 },
      { perCash: Number.NaN },
      { horizon: 60 },
      { asset: '__proto__' },
      { speed: 1 },
    ]) {
      expect(refused(own)).toThrow(StrategyError);
    }
  });
});
