import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { at, ForecastError } from '../../forecast/Numbers.ts';
import * as FadingForecast from './FadingForecast.ts';

const tradeoffs = fc.record({
  aversion: fc.double({ min: 0.1, max: 20, noNaN: true }),
  impact: fc.double({ min: 0.01, max: 100, noNaN: true }),
  discount: fc.double({ min: 0, max: 0.5, noNaN: true }),
});
const fadings = fc.double({ min: 0, max: 1, noNaN: true });

/**
 * Solve one asset and one factor of variance one by iterating the value of a step, −½A x² + B f x, in numbers:
 * max over x of f·b·x − ½γx² − ½λ(x − p)² + (1 − ρ)(−½A x² + B(1 − φ)f·x).
 */
function iterate({ aversion, impact, discount }: FadingForecast.Tradeoff, loading: number, fading: number) {
  const rest = 1 - discount;
  let [own, cross] = [0, 0];
  for (let round = 0; round < 20_000; round++) {
    const curvature = aversion + impact + rest * own;
    const pull = loading + rest * cross * (1 - fading);
    // The best x is (λp + pull·f) / curvature; its value in p gives the next A and B.
    own = impact - impact ** 2 / curvature;
    cross = (impact * pull) / curvature;
  }
  const curvature = aversion + impact + rest * own;
  const rate = 1 - impact / curvature;
  return { rate, aim: (loading + rest * cross * (1 - fading)) / curvature / rate };
}

describe('following a forecast that fades', () => {
  test('is what solving the problem step by step comes to', () => {
    fc.assert(
      fc.property(tradeoffs, fadings, fc.double({ min: -1, max: 1, noNaN: true }), (tradeoff, fading, loading) => {
        // The published problem discounts the risk and the return of a step as well, but not its trading cost.
        const { aversion, impact, discount } = tradeoff;
        const rest = 1 - discount;
        const found = iterate({ aversion: aversion * rest, impact, discount }, loading * rest, fading);
        expect(FadingForecast.rate(tradeoff)).toBeCloseTo(found.rate, 8);
        const setting = { covariance: [[1]], loadings: [[loading]], fading: [[fading]], factors: [1] };
        expect(at(FadingForecast.aim(tradeoff, setting), 0)).toBeCloseTo(found.aim, 8);
      }),
      { numRuns: 40 },
    );
  });

  test('trades more of the way where trading is cheap, and never past the aim', () => {
    fc.assert(
      fc.property(tradeoffs, (tradeoff) => {
        const rate = FadingForecast.rate(tradeoff);
        expect(rate).toBeGreaterThan(0);
        expect(rate).toBeLessThan(1);
        expect(FadingForecast.rate({ ...tradeoff, impact: 2 * tradeoff.impact })).toBeLessThan(rate);
      }),
    );
  });

  test('aims at what Markowitz holds if nothing fades, and at less the faster it does', () => {
    fc.assert(
      fc.property(tradeoffs, fadings, fadings, (tradeoff, one, other) => {
        const [slow, fast] = [Math.min(one, other), Math.max(one, other)];
        expect(FadingForecast.worth(tradeoff, 0)).toBe(1);
        expect(FadingForecast.worth(tradeoff, fast)).toBeLessThanOrEqual(FadingForecast.worth(tradeoff, slow));
        const setting = {
          covariance: [
            [0.04, 0.01],
            [0.01, 0.09],
          ],
          loadings: [[0.1], [-0.05]],
          factors: [1],
        };
        const still = FadingForecast.aim(tradeoff, { ...setting, fading: [[0]] });
        const moving = FadingForecast.aim(tradeoff, { ...setting, fading: [[slow]] });
        const determinant = 0.04 * 0.09 - 0.01 ** 2;
        expect(at(still, 0) * tradeoff.aversion).toBeCloseTo((0.09 * 0.1 + 0.01 * 0.05) / determinant, 9);
        moving.forEach((value, i) => expect(value).toBeCloseTo(at(still, i) * FadingForecast.worth(tradeoff, slow), 9));
      }),
    );
  });

  const good = { aversion: 2, impact: 5, discount: 0.01 };
  test.each<[string, () => unknown]>([
    ['no aversion', () => FadingForecast.rate({ ...good, aversion: 0 })],
    ['a negative impact', () => FadingForecast.rate({ ...good, impact: -1 })],
    ['a discount of everything', () => FadingForecast.rate({ ...good, discount: 1 })],
    ['a NaN', () => FadingForecast.rate({ ...good, discount: NaN })],
    ['a forecast that grows', () => FadingForecast.worth(good, -0.1)],
    [
      'a singular covariance',
      () =>
        FadingForecast.aim(good, {
          covariance: [
            [1, 1],
            [1, 1],
          ],
          loadings: [[1], [1]],
          fading: [[0.1]],
          factors: [1],
        }),
    ],
  ])('%s is refused', (_, wrong) => {
    expect(wrong).toThrow(ForecastError);
  });
});
