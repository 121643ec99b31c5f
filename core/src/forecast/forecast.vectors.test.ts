// Published figures, and worked ones that a second implementation confirmed to the tolerance given here.

import { describe, expect, test } from 'vitest';
import * as Covariance from './Covariance.ts';
import * as Evidence from './Evidence.ts';
import * as Ewma from './Ewma.ts';
import * as Garch from './Garch.ts';
import * as Normal from './Normal.ts';
import * as Tail from './Tail.ts';
import * as Volatility from './Volatility.ts';

/** Expect a relative error of at most `tolerance`. */
function near(found: number, wanted: number, tolerance: number): void {
  expect(Math.abs(found / wanted - 1), `${found} beside ${wanted}`).toBeLessThanOrEqual(tolerance);
}

const open = [100, 103, 101.5, 104, 108, 106, 109.5, 112, 110, 113.5];
const high = [105, 104.5, 106, 109.5, 110, 111, 114, 113.5, 115, 118];
const low = [98.5, 100, 100.5, 103, 104.5, 105, 108, 107.5, 109, 112];
const close = [102.5, 101, 104.5, 108.5, 105.5, 110, 111.5, 109.5, 114, 116.5];
const bars = open.map((price, index) => ({
  open: price,
  high: high[index]!,
  low: low[index]!,
  close: close[index]!,
}));

describe('volatility of bars, per bar', () => {
  test.each([
    ['closes', Volatility.closeToClose, 0.02761815975],
    ['Parkinson 1980', Volatility.parkinson, 0.03277968139],
    ['Garman and Klass 1980', Volatility.garmanKlass, 0.03416114224],
    ['Rogers and Satchell 1991', Volatility.rogersSatchell, 0.03296647043],
    ['Yang and Zhang 2000', Volatility.yangZhang, 0.0316395949],
  ] as const)('%s', (_, estimate, wanted) => {
    near(estimate(bars), wanted, 1e-9);
  });
});

describe('RiskMetrics 1996', () => {
  test('half-life, days that carry 99 %, effective observations (74 and 151 days published)', () => {
    near(Ewma.halfLife(0.94), 11.20230558, 1e-9);
    near(Ewma.halfLife(0.97), 22.75657306, 1e-9);
    near(Ewma.observationsFor(0.99, 0.94), 74.42650729, 1e-9);
    near(Ewma.observationsFor(0.99, 0.97), 151.1913988, 1e-9);
    near(Ewma.effectiveObservations(0.94), 32.33333333, 1e-9);
  });

  test('the variance after ten returns', () => {
    const returns = [0.01, -0.02, 0.015, 0.005, -0.03, 0.025, -0.01, 0, 0.02, -0.015];
    near(Ewma.variance(returns, 0.94, 0.0004), 0.0003532553284, 2e-10);
  });
});

describe('GARCH(1,1), Bollerslev 1986', () => {
  test('likelihood, next variance, long run and the tenth variance ahead', () => {
    const garch = { mu: 0.05, omega: 0.1, alpha: 0.1, beta: 0.85 };
    const { logLikelihood, next, variances } = Garch.filter(garch, [1, -2, 1.5, 0.5, -3, 2.5, -1, 0, 2, -1.5]);
    near(logLikelihood, -19.95215295, 1e-9);
    near(next, 2.684561841, 1e-9);
    near(Garch.longRun(garch), 2, 1e-12);
    near(Garch.forecast(garch, next, 10), 2.431444696, 1e-9);
    expect(variances).toHaveLength(10);
    expect(Garch.forecast(garch, next, 1)).toBe(next);
  });
});

describe('tracking', () => {
  test('the ex-ante tracking error of three assets', () => {
    const [sigma, rho] = [
      [0.3, 0.2, 0.15],
      [
        [1, 0.8, 0.5],
        [0.8, 1, 0.3],
        [0.5, 0.3, 1],
      ],
    ];
    const covariance = rho.map((row, i) => row.map((value, j) => value * sigma[i]! * sigma[j]!));
    near(Covariance.trackingError(covariance, [0.4, 0.3, 0.3], [0.5, 0.3, 0.2]), 0.02598076211, 1e-9);
  });
});

describe('evidence', () => {
  const record = { sharpe: 2.5 / Math.sqrt(250), periods: 1250, skewness: -3, kurtosis: 10 };

  test.each([
    [record, 100, 0.1131720019, 0.9003968344],
    [record, 46, 0.1003623706, 0.9505017069],
    [{ ...record, skewness: 0, kurtosis: 3 }, 88, 0.1111457618, 0.9504908167],
  ])('Bailey and López de Prado 2014: %j after %i trials', (one, trials, lucky, deflated) => {
    near(Evidence.luckySharpe(trials, 0.5 / 250), lucky, 1e-9);
    near(Evidence.deflatedSharpe(one, trials, 0.5 / 250), deflated, 1e-9);
  });

  test.each([
    [250, 0, 3, 2.731187802],
    [52, 0, 3, 2.828833587],
    [12, 0, 3, 3.239800696],
    [12, -0.72, 5.78, 4.991258224],
  ])('Bailey and López de Prado 2012: a ratio of 2 over 1, %i a year', (year, skewness, kurtosis, wanted) => {
    const ratio = { sharpe: 2 / Math.sqrt(year), skewness, kurtosis };
    near(Evidence.minimumTrackRecord(ratio, 1 / Math.sqrt(year), 0.95) / year, wanted, 1e-9);
  });

  test.each([
    [1, -3.021544607, -2.892908714, 0.01462952434],
    [2, -6.539227366, -5.715332934, 0.0001350972805],
  ])('Diebold and Mariano 1995, corrected 1997, %i ahead', (ahead, statistic, corrected, probability) => {
    const one = [0.5, -0.3, 0.8, -1.1, 0.2, 0.6, -0.4, 0.9, -0.7, 0.3, 1.2, -0.5];
    const other = [0.4, -0.6, 0.7, -1.3, 0.5, 0.9, -0.2, 1.1, -1.0, 0.1, 1.5, -0.8];
    const found = Evidence.dieboldMariano(one, other, ahead);
    near(found.statistic, statistic, 1e-9);
    near(found.corrected, corrected, 1e-9);
    near(found.probability, probability, 1e-9);
  });
});

describe('distributions, as tabulated', () => {
  test.each([
    [0.95, 1.6448536269514722],
    [0.975, 1.959963984540054],
    [0.99, 2.3263478740408408],
    [0.0001, -3.719016485455709],
    [1e-10, -6.361340902404056],
  ])('the normal quantile of %d', (probability, wanted) => {
    near(Normal.quantile(probability), wanted, 1e-13);
    near(Normal.below(wanted), probability, 1e-12);
  });

  test.each([0.1, 0.7, 2, -4.5, 40])("Student's t has closed forms up to four degrees: beyond %d", (t) => {
    const angles = [1, 2, 3, 4].map((freedom) => Math.atan(Math.abs(t) / Math.sqrt(freedom)));
    const within = [
      (2 / Math.PI) * angles[0]!,
      Math.sin(angles[1]!),
      (2 / Math.PI) * (angles[2]! + Math.sin(angles[2]!) * Math.cos(angles[2]!)),
      Math.sin(angles[3]!) * (1 + Math.cos(angles[3]!) ** 2 / 2),
    ];
    for (const [index, share] of within.entries()) {
      expect(Normal.studentBeyond(t, index + 1)).toBeCloseTo(1 - share, 13);
    }
  });

  test('the normal tail of 1 % is 2.326σ, and 2.665σ on average', () => {
    const { valueAtRisk, expectedShortfall } = Tail.normal(0.01, 2, 0.99);
    near(valueAtRisk, 2 * 2.3263478740408408 - 0.01, 1e-12);
    near(expectedShortfall, 2 * 2.665214220345806 - 0.01, 1e-12);
  });
});
