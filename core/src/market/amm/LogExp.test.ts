import { expect, test } from 'vitest';
import { mulDivDown, mulDivUp, ONE } from '../../money/Fixed.ts';
import * as LogExp from './LogExp.ts';

test('powers of one, two and four are products, rounded to their side and without a margin', () => {
  for (const x of [1n, 3n, ONE / 3n, ONE - 1n, ONE, ONE + 1n, (7n * ONE) / 3n]) {
    const [down, up] = [mulDivDown(x, x, ONE), mulDivUp(x, x, ONE)];
    expect([LogExp.powDown(x, ONE), LogExp.powUp(x, ONE)]).toEqual([x, x]);
    expect([LogExp.powDown(x, 2n * ONE), LogExp.powUp(x, 2n * ONE)]).toEqual([down, up]);
    expect([LogExp.powDown(x, 4n * ONE), LogExp.powUp(x, 4n * ONE)]).toEqual([
      mulDivDown(down, down, ONE),
      mulDivUp(up, up, ONE),
    ]);
  }
});

test('next to one, the logarithm has digits enough for large exponents', () => {
  // (1 + 10^-9)^(10^9) = e^(1 − 5·10^-10 + …).
  const power = LogExp.pow(ONE + 10n ** 9n, 10n ** 9n * ONE);
  const exact = 2_718_281_827_099_904_321n;
  expect(power - exact < 1_000n && exact - power < 1_000n).toBe(true);
});

test('the bounds of the exponent are inside', () => {
  expect(LogExp.exp(130n * ONE) > 0n).toBe(true);
  expect(LogExp.exp(-41n * ONE) > 0n).toBe(true);
  expect(() => LogExp.exp(130n * ONE + 1n)).toThrow('[-41, 130]');
  expect(() => LogExp.exp(-41n * ONE - 1n)).toThrow('[-41, 130]');
});
