import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { valueDown, valueUp } from '../money/Amount.ts';
import { ONE } from '../money/Fixed.ts';
import * as Shortfall from './Shortfall.ts';

const big = (min: bigint, max: bigint) => fc.bigInt({ min, max });
const prices = fc.record({ sell: big(1n, 10n ** 24n), buy: big(1n, 10n ** 24n) });
const amount = big(0n, 2n ** 128n);
const decimals = fc.constantFrom(0, 6, 8, 18, 27);
const execution: fc.Arbitrary<Shortfall.Execution> = fc.record({
  sold: amount,
  decimals: fc.record({ sell: decimals, buy: decimals }),
  decision: prices,
  arrival: prices,
  mid: amount,
  fee: amount,
  quoted: amount,
  filled: amount,
  gas: amount,
});

const parts = ({ timing, spread, fee, impact, mev, gas }: Shortfall.Shortfall) =>
  timing + spread + fee + impact + mev + gas;

describe('the implementation shortfall', () => {
  test('is the paper portfolio less the real one, and the parts add up to it exactly', () => {
    fc.assert(
      fc.property(execution, (one) => {
        const found = Shortfall.of(one);
        const paper = valueUp(one.sold, one.decimals.sell, one.decision.sell);
        const real = valueDown(one.filled, one.decimals.buy, one.decision.buy);
        expect(found.total).toBe(paper - real + one.gas);
        expect(parts(found)).toBe(found.total);
      }),
    );
  });

  test('adds up over sales in any order', () => {
    fc.assert(
      fc.property(fc.array(execution, { maxLength: 8 }), (list) => {
        const split = list.map(Shortfall.of);
        const sum = split.reduce(Shortfall.add, Shortfall.none);
        expect(split.toReversed().reduce(Shortfall.add, Shortfall.none)).toEqual(sum);
        expect(parts(sum)).toBe(sum.total);
      }),
    );
  });

  test('blames prices that stood still for nothing, and what was filled as quoted on nobody', () => {
    fc.assert(
      fc.property(execution, (one) => {
        const still = Shortfall.of({ ...one, arrival: one.decision, filled: one.quoted });
        expect(still.timing).toBe(0n);
        expect(still.mev >= 0n && still.mev <= 1n).toBe(true);
      }),
    );
  });

  test('tells apart a sale of one ether whose price fell, in a pool that lags, with a sandwich on top', () => {
    const found = Shortfall.of({
      sold: ONE,
      decimals: { sell: 18, buy: 6 },
      decision: { sell: 2_000n * ONE, buy: ONE },
      arrival: { sell: 1_990n * ONE, buy: ONE },
      mid: 1_988n * 10n ** 6n,
      fee: 6n * ONE,
      quoted: 1_978n * 10n ** 6n,
      filled: 1_975n * 10n ** 6n,
      gas: 2n * ONE,
    });
    const dollars = Object.fromEntries(Object.entries(found).map(([part, usd]) => [part, usd / ONE]));
    expect(dollars).toEqual({ timing: 10n, spread: 2n, fee: 6n, impact: 4n, mev: 3n, gas: 2n, total: 27n });
  });

  test.each([
    ['decision.buy', { decision: { sell: 1n, buy: 0n } }],
    ['arrival.sell', { arrival: { sell: -1n, buy: 1n } }],
    ['filled', { filled: -1n }],
    ['gas', { gas: -1n }],
  ])('refuses a bad %s', (path, bad) => {
    const sound = { sold: 1n, mid: 1n, fee: 0n, quoted: 1n, filled: 1n, gas: 0n };
    const one = { sell: 1n, buy: 1n };
    const whole = { ...sound, decimals: { sell: 0, buy: 0 }, decision: one, arrival: one, ...bad };
    expect(() => Shortfall.of(whole)).toThrow(expect.objectContaining({ name: 'ShortfallError', path }));
  });
});
