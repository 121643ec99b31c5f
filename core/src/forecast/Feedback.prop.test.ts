import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Covariance from './Covariance.ts';
import * as Feedback from './Feedback.ts';
import * as Matrix from './Matrix.ts';
import { at, ForecastError, sum } from './Numbers.ts';

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });

/** Draw `size` weights that sum to one, moves, depths, and a covariance of full rank. */
const market = fc.integer({ min: 1, max: 5 }).chain((size) => {
  const list = (one: fc.Arbitrary<number>) => fc.array(one, { minLength: size, maxLength: size });
  return fc.record({
    weights: list(real(0.1, 1)).map((raw) => raw.map((value) => value / sum(raw))),
    returns: list(real(-0.3, 0.3)),
    depth: list(real(1e6, 1e9)),
    covariance: fc
      .array(list(real(-1, 1)), { minLength: size, maxLength: size })
      .map((rows) =>
        rows.map((one, i) =>
          rows.map((other, j) => sum(one.map((value, k) => value * at(other, k))) + (i === j ? 1 : 0)),
        ),
      ),
  });
});

describe('a fund of constant weights', () => {
  test('demands exactly what brings its weights back, and pays for it with what it sells', () => {
    fc.assert(
      fc.property(market, ({ weights, returns }) => {
        const bought = Feedback.demandAfter(Feedback.constantMix(1, weights), returns);
        const held = weights.map((weight, i) => weight * (1 + at(returns, i)));
        for (const [i, weight] of weights.entries()) {
          expect(at(held, i) + at(bought, i)).toBeCloseTo(weight * sum(held), 12);
        }
        expect(sum(bought)).toBeCloseTo(0, 12);
      }),
    );
  });

  test('damps every market that is deep enough, and one asset beside cash exactly as a leverage below one does', () => {
    fc.assert(
      fc.property(real(0.01, 0.99), real(-0.3, 0.3), (weight, move) => {
        const [bought] = Feedback.demandAfter(Feedback.constantMix(100, [weight]), [move]);
        expect(bought).toBeCloseTo(Feedback.leveragedDemand(100, weight, move), 12);
        expect(Math.sign(bought ?? 0) * Math.sign(move)).toBeLessThanOrEqual(0);
      }),
    );
  });
});

describe('the loop', () => {
  test('tightens with money, loosens with depth, and adds up over funds', () => {
    fc.assert(
      fc.property(market, real(1, 1e8), real(0.1, 10), ({ weights, depth }, assets, scale) => {
        const one = Feedback.constantMix(assets, weights);
        const { gain, radius } = Feedback.loop([one], depth);
        const more = Feedback.constantMix(assets * scale, weights);
        expect(Feedback.loop([more], depth).radius).toBeCloseTo(scale * radius, 9);
        const deeper = depth.map((value) => value * scale);
        expect(Feedback.loop([one], deeper).radius).toBeCloseTo(radius / scale, 9);
        const twice = Feedback.loop([one, one], depth).gain.flat();
        for (const [index, value] of gain.flat().entries()) expect(at(twice, index)).toBeCloseTo(2 * value, 9);
      }),
    );
  });

  test('gives the covariance that the next step leaves as it is, and no portfolio a negative variance', () => {
    fc.assert(
      fc.property(market, real(0, 0.999), ({ weights, depth, covariance }, wanted) => {
        const free = Feedback.loop([Feedback.constantMix(1, weights)], depth);
        const assets = free.radius > 0 ? wanted / free.radius : 1;
        const loop = Feedback.loop([Feedback.constantMix(Math.max(assets, 1e-9), weights)], depth);
        const found = Feedback.laggedCovariance(loop, covariance);
        const carried = Matrix.multiply(Matrix.multiply(loop.gain, found), Matrix.transpose(loop.gain));
        const size = Math.max(...found.flat().map(Math.abs));
        for (const [i, row] of Matrix.add(carried, covariance).entries()) {
          for (const [j, value] of row.entries()) {
            expect(Math.abs(value - Matrix.entry(found, i, j)) / size).toBeLessThanOrEqual(1e-9);
          }
        }
        const mirrored = found.map((row, i) => row.map((value, j) => (value + Matrix.entry(found, j, i)) / 2));
        expect(Covariance.isPositiveSemidefinite(mirrored)).toBe(true);
      }),
    );
  });

  test('amplifies to returns that are the news plus the impact of what those returns make funds buy', () => {
    fc.assert(
      fc.property(market, real(0, 20), ({ weights, depth, returns: news }, wanted) => {
        const free = Feedback.loop([Feedback.constantMix(1, weights)], depth);
        const demand = Feedback.constantMix(Math.max(free.radius > 0 ? wanted / free.radius : 1, 1e-9), weights);
        const moved = Feedback.amplify(Feedback.loop([demand], depth), news);
        const bought = Feedback.demandAfter(demand, moved);
        for (const [i, value] of moved.entries()) {
          expect(value).toBeCloseTo(at(news, i) + at(bought, i) / at(depth, i), 11);
        }
      }),
    );
  });

  test('damps without end where funds lean against moves, and is unstable from a gain of one on', () => {
    fc.assert(
      fc.property(real(-100, 0.99), (kappa) => {
        const loop = Feedback.loop([[[kappa]]], [1]);
        expect(loop.radius).toBeCloseTo(Math.abs(kappa), 12);
        expect(loop.largest).toBeCloseTo(kappa, 12);
        expect(Feedback.amplify(loop, [0.1])[0]).toBeCloseTo(0.1 / (1 - kappa), 9);
      }),
    );
    const mixed = Feedback.loop(
      [
        [
          [-5, 0],
          [0, 1],
        ],
      ],
      [1, 1],
    );
    expect(() => Feedback.amplify(mixed, [0.1, 0.1])).toThrow(ForecastError);
  });

  test.each([
    ['a gain of one', () => Feedback.amplify({ gain: [[1]], radius: 1, largest: 1 }, [0.1])],
    ['a gain that is no number', () => Feedback.amplify({ gain: [[0.5]], radius: 0.5, largest: Number.NaN }, [0.1])],
    ['a lag that overshoots', () => Feedback.laggedCovariance({ gain: [[-1]], radius: 1, largest: -1 }, [[1]])],
    [
      'a radius that is no number',
      () => Feedback.laggedCovariance({ gain: [[0.5]], radius: Number.NaN, largest: 0.5 }, [[1]]),
    ],
    ['no fund', () => Feedback.loop([], [1])],
    ['no depth', () => Feedback.loop([[[1]]], [0])],
    ['depth for another number of assets', () => Feedback.loop([[[1]]], [1, 1])],
    [
      'a lopsided demand',
      () =>
        Feedback.loop(
          [
            [
              [1, 2],
              [3, 1],
            ],
          ],
          [1, 1],
        ),
    ],
    ['a demand with a NaN', () => Feedback.loop([[[Number.NaN]]], [1])],
    ['returns of other assets', () => Feedback.demandAfter([[1]], [0.1, 0.2])],
    ['a fund of nothing', () => Feedback.constantMix(0, [1])],
  ])('refuses %s', (_, ask) => {
    expect(ask).toThrow(ForecastError);
  });
});

describe('a fire sale', () => {
  const banks = {
    weights: [
      [0.6, 0.4],
      [0.2, 0.8],
    ],
    assets: [100, 50],
    leverage: [10, 8],
  };
  const impact = [1e-4, 2e-4];

  test('is proportional to the shock, and a bank without debt sells nothing', () => {
    fc.assert(
      fc.property(real(-0.5, 0.5), real(-0.5, 0.5), real(-3, 3), (one, other, scale) => {
        const [first, scaled] = [
          [one, other],
          [scale * one, scale * other],
        ].map((shock) => Feedback.fireSale(banks, impact, shock));
        expect(scaled?.gain).toBeCloseTo(scale * (first?.gain ?? 0), 9);
        expect(Feedback.fireSale({ ...banks, leverage: [0, 0] }, impact, [one, other]).gain).toBeCloseTo(0, 12);
      }),
    );
  });

  test('whatever falls, everybody who holds what is sold loses', () => {
    fc.assert(
      fc.property(real(-0.5, -0.001), real(-0.5, -0.001), (one, other) => {
        const sale = Feedback.fireSale(banks, impact, [one, other]);
        expect(Math.max(...sale.moves)).toBeLessThan(0);
        expect(sale.gain).toBeLessThan(0);
      }),
    );
  });

  test('of a fund without impact leaves the covariance alone, and more impact never lowers a correlation of equals', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 8 }), real(0, 2), real(0.01, 1), (size, a, more) => {
        const of = (value: number) => {
          const list = (one: number) => Array.from({ length: size }, () => one);
          return Covariance.correlation(
            Feedback.liquidationCovariance(Matrix.identity(size), list(value), list(1 / size)),
          );
        };
        expect(Feedback.liquidationCovariance(Matrix.identity(2), [0, 0], [1, 1])).toEqual(Matrix.identity(2));
        expect(Matrix.entry(of(a + more), 0, 1)).toBeGreaterThan(Matrix.entry(of(a), 0, 1));
      }),
    );
  });

  test.each([
    ['a bank without weights', () => Feedback.fireSale({ ...banks, weights: [[0.6, 0.4]] }, impact, [0, 0])],
    ['a shock of other assets', () => Feedback.fireSale(banks, impact, [0])],
    ['impact of nothing', () => Feedback.fireSale(banks, [0, 0], [0, 0])],
    ['shares of other assets', () => Feedback.liquidationCovariance([[1]], [1], [1, 2])],
  ])('refuses %s', (_, ask) => {
    expect(ask).toThrow(ForecastError);
  });
});

describe('a linear system', () => {
  test('is solved: the answer put back gives the right side', () => {
    fc.assert(
      fc.property(market, ({ covariance, returns }) => {
        const back = Matrix.times(covariance, Matrix.solve(covariance, returns));
        for (const [i, value] of returns.entries()) expect(at(back, i)).toBeCloseTo(value, 10);
      }),
    );
  });

  test.each([
    [
      'two equal rows',
      [
        [1, 2],
        [1, 2],
      ],
    ],
    ['nothing but zeros', [[0]]],
    ['more columns than rows', [[1, 2]]],
    ['a NaN', [[Number.NaN]]],
  ])('of %s is refused', (_, matrix) => {
    expect(() =>
      Matrix.solve(
        matrix,
        matrix.map(() => 1),
      ),
    ).toThrow(ForecastError);
  });
});
