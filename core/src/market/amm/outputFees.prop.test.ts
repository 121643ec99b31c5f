import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ONE } from '../../money/Fixed.ts';
import * as StableSwap from './StableSwap.ts';
import * as Weighted from './Weighted.ts';

const PAIR = { id: 'pool', assets: ['A', 'B'] } as const;
const LIMIT = (1n << 112n) - 1n;

const reserve = fc.bigInt({ min: 10n ** 22n, max: 10n ** 26n });
const fee = fc.bigInt({ min: ONE / 10_000n, max: ONE / 10n });
const part = fc.bigInt({ min: 1n, max: 200n });

const weighted = (reserves: readonly bigint[], share: bigint): Weighted.Weighted => ({
  ...PAIR,
  kind: 'weighted',
  reserves,
  weights: [ONE / 2n, ONE / 2n],
  scales: [1n, 1n],
  fee: share,
});

const stable = (reserves: readonly bigint[], share: bigint): StableSwap.StableSwap => ({
  ...PAIR,
  kind: 'stable-swap',
  rounding: 'balancer',
  reserves,
  rates: [ONE, ONE],
  amp: 100_000n,
  ampPrecision: 1_000n,
  fee: share,
  adminFee: 0n,
});

test('the fee on an exact output is the stated share of what is taken', () => {
  fc.assert(
    fc.property(reserve, fee, part, (whole, share, thousandths) => {
      const wanted = (whole * thousandths) / 1_000n;
      const outcomes = [
        Weighted.swapOut(weighted([whole, whole], share), 'A', wanted),
        StableSwap.swapOut(stable([whole, whole], share), 'A', wanted),
      ];
      for (const { sold, bought, fee: charged } of outcomes) {
        const gap = charged * ONE - sold * share;
        expect([bought, gap > -ONE && gap < ONE]).toEqual([wanted, true]);
      }
    }),
  );
});

test('an output of nothing takes nothing', () => {
  const nothing = { sold: 0n, bought: 0n, fee: 0n };
  expect(Weighted.swapOut(weighted([ONE, ONE], 1n), 'A', 0n)).toMatchObject(nothing);
  expect(StableSwap.swapOut(stable([ONE, ONE], 1n), 'A', 0n)).toMatchObject(nothing);
});

test('an output that needs more than there is room for is as much as the room brings', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), fee, (room, share) => {
      const reserves = [LIMIT - room, 10n ** 30n];
      const one = Weighted.swapOut(weighted(reserves, share), 'A', 10n ** 29n);
      const other = StableSwap.swapOut(stable(reserves, share), 'A', 10n ** 29n);
      expect(one).toEqual(Weighted.swap(weighted(reserves, share), 'A', room));
      expect(one.sold).toBe(room);
      expect(other.sold <= room && other.bought < 10n ** 29n).toBe(true);
    }),
  );
});
