// Published figures, and worked ones that a second implementation confirmed to the tolerance given here.

import { describe, expect, test } from 'vitest';
import * as Covariance from './Covariance.ts';
import * as Evidence from './Evidence.ts';
import * as Ewma from './Ewma.ts';
import * as Garch from './Garch.ts';
import * as Normal from './Normal.ts';
import * as Tail from './Tail.ts';
import * as Volatility from './Volatility.ts';

/** Measure an error relative to what is wanted. */
const apart = (found: number, wanted: number) => Math.abs(found / wanted - 1);

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
    expect(apart(estimate(bars), wanted)).toBeLessThanOrEqual(1e-9);
  });
});

describe('RiskMetrics 1996', () => {
  test('half-life, days that carry 99 %, effective observations (74 and 151 days published)', () => {
    expect(apart(Ewma.halfLife(0.94), 11.20230558)).toBeLessThanOrEqual(1e-9);
    expect(apart(Ewma.halfLife(0.97), 22.75657306)).toBeLessThanOrEqual(1e-9);
    expect(apart(Ewma.observationsFor(0.99, 0.94), 74.42650729)).toBeLessThanOrEqual(1e-9);
    expect(apart(Ewma.observationsFor(0.99, 0.97), 151.1913988)).toBeLessThanOrEqual(1e-9);
    expect(apart(Ewma.effectiveObservations(0.94), 32.33333333)).toBeLessThanOrEqual(1e-9);
  });

  test('the variance after ten returns', () => {
    const returns = [0.01, -0.02, 0.015, 0.005, -0.03, 0.025, -0.01, 0, 0.02, -0.015];
    expect(apart(Ewma.variance(returns, 0.94, 0.0004), 0.0003532553284)).toBeLessThanOrEqual(2e-10);
  });
});

describe('GARCH(1,1), Bollerslev 1986', () => {
  test('likelihood, next variance, long run and the tenth variance ahead', () => {
    const garch = { mu: 0.05, omega: 0.1, alpha: 0.1, beta: 0.85 };
    const { logLikelihood, next, variances } = Garch.filter(garch, [1, -2, 1.5, 0.5, -3, 2.5, -1, 0, 2, -1.5]);
    expect(apart(logLikelihood, -19.95215295)).toBeLessThanOrEqual(1e-9);
    expect(apart(next, 2.684561841)).toBeLessThanOrEqual(1e-9);
    expect(apart(Garch.longRun(garch), 2)).toBeLessThanOrEqual(1e-12);
    expect(apart(Garch.forecast(garch, next, 10), 2.431444696)).toBeLessThanOrEqual(1e-9);
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
    expect(
      apart(Covariance.trackingError(covariance, [0.4, 0.3, 0.3], [0.5, 0.3, 0.2]), 0.02598076211),
    ).toBeLessThanOrEqual(1e-9);
  });
});

describe('shrinkage', () => {
  test('Ledoit and Wolf 2004, towards constant correlation: eight returns of four assets', () => {
    const { covariance, correlation, intensity } = Covariance.ledoitWolf([
      [0.01, -0.02, 0.015, 0.005, -0.03, 0.025, -0.01, 0],
      [0.012, -0.01, 0.02, -0.005, -0.02, 0.03, -0.015, 0.004],
      [-0.004, 0.01, 0.008, 0.012, 0.006, -0.011, 0.003, -0.007],
      [0.03, 0.01, -0.02, 0.04, -0.05, 0.02, 0.01, -0.03],
    ]);
    expect(apart(correlation, 0.09669344892331336)).toBeLessThanOrEqual(1e-12);
    expect(apart(intensity, 0.6981633583147915)).toBeLessThanOrEqual(1e-12);
    expect(apart(covariance[0]![1]!, 9.860034016444133e-5)).toBeLessThanOrEqual(1e-12);
    expect(apart(covariance[2]![3]!, 1.5657368076561993e-5)).toBeLessThanOrEqual(1e-12);
  });
});

describe('evidence', () => {
  const record = { sharpe: 2.5 / Math.sqrt(250), periods: 1250, skewness: -3, kurtosis: 10 };

  test.each([
    [record, 100, 0.1131720019, 0.9003968344],
    [record, 46, 0.1003623706, 0.9505017069],
    [{ ...record, skewness: 0, kurtosis: 3 }, 88, 0.1111457618, 0.9504908167],
  ])('Bailey and López de Prado 2014: %j after %i trials', (one, trials, lucky, deflated) => {
    expect(apart(Evidence.luckySharpe(trials, 0.5 / 250), lucky)).toBeLessThanOrEqual(1e-9);
    expect(apart(Evidence.deflatedSharpe(one, trials, 0.5 / 250), deflated)).toBeLessThanOrEqual(1e-9);
  });

  test.each([
    [250, 0, 3, 2.731187802],
    [52, 0, 3, 2.828833587],
    [12, 0, 3, 3.239800696],
    [12, -0.72, 5.78, 4.991258224],
  ])('Bailey and López de Prado 2012: a ratio of 2 over 1, %i a year', (year, skewness, kurtosis, wanted) => {
    const ratio = { sharpe: 2 / Math.sqrt(year), skewness, kurtosis };
    expect(apart(Evidence.minimumTrackRecord(ratio, 1 / Math.sqrt(year), 0.95) / year, wanted)).toBeLessThanOrEqual(
      1e-9,
    );
  });

  test.each([
    [1, -3.021544607, -2.892908714, 0.01462952434],
    [2, -6.539227366, -5.715332934, 0.0001350972805],
  ])('Diebold and Mariano 1995, corrected 1997, %i ahead', (ahead, statistic, corrected, probability) => {
    const one = [0.5, -0.3, 0.8, -1.1, 0.2, 0.6, -0.4, 0.9, -0.7, 0.3, 1.2, -0.5];
    const other = [0.4, -0.6, 0.7, -1.3, 0.5, 0.9, -0.2, 1.1, -1.0, 0.1, 1.5, -0.8];
    const found = Evidence.dieboldMariano(one, other, ahead);
    expect(apart(found.statistic, statistic)).toBeLessThanOrEqual(1e-9);
    expect(apart(found.corrected, corrected)).toBeLessThanOrEqual(1e-9);
    expect(apart(found.probability, probability)).toBeLessThanOrEqual(1e-9);
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
    expect(apart(Normal.quantile(probability), wanted)).toBeLessThanOrEqual(1e-13);
    expect(apart(Normal.below(wanted), probability)).toBeLessThanOrEqual(1e-12);
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
    expect(apart(valueAtRisk, 2 * 2.3263478740408408 - 0.01)).toBeLessThanOrEqual(1e-12);
    expect(apart(expectedShortfall, 2 * 2.665214220345806 - 0.01)).toBeLessThanOrEqual(1e-12);
  });
});
