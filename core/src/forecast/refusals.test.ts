// What nothing can be estimated from is refused, and the message names the place and the fix.

import { describe, expect, test } from 'vitest';
import * as Covariance from './Covariance.ts';
import * as Evidence from './Evidence.ts';
import * as Ewma from './Ewma.ts';
import * as Garch from './Garch.ts';
import { minimise } from './minimise.ts';
import * as Normal from './Normal.ts';
import { at, ForecastError } from './Numbers.ts';
import * as Returns from './Returns.ts';
import * as Series from './Series.ts';
import * as Tail from './Tail.ts';
import * as Volatility from './Volatility.ts';

const bar = { open: 2, high: 3, low: 1, close: 2 };
const rise = { open: 1, high: 2, low: 1, close: 2 };
const flat = { open: 2, high: 2, low: 2, close: 2 };
const two = { times: [0, 1], values: [1, 2] };
const garch = { mu: 0, omega: 0.1, alpha: 0.1, beta: 0.8 };
const record = { sharpe: 0.1, periods: 100, skewness: 0, kurtosis: 3 };
const errors = [1, 2, 3, 4];
const unit = [
  [1, 0],
  [0, 1],
];

const refused: Readonly<Record<string, readonly [string, () => unknown]>> = {
  'an empty series': ['series.times', () => Series.parse([], [])],
  'a series of unequal lengths': ['series.values', () => Series.parse([0, 1], [1])],
  'a NaN in a series': ['series.values[1]', () => Series.parse([0, 1], [1, Number.NaN])],
  'a hole in a list': ['series.values[0]', () => Series.parse([0, 1], new Array<number>(2))],
  'text for a number': ['series.values[0]', () => Series.parse([0], ['1' as unknown as number])],
  'no list at all': ['series.times', () => Series.parse('01' as unknown as number[], [1, 2])],
  'an endless time': ['series.times[1]', () => Series.parse([0, Infinity], [1, 2])],
  'a moment twice': ['series.times[1]', () => Series.parse([5, 5], [1, 2])],
  'a named series out of order': ['eth.times[2]', () => Series.parse([1, 3, 2], [1, 2, 3], 'eth')],
  'nothing to align': ['series', () => Series.align([])],
  'no common moment': ['series', () => Series.align([two, { times: [2, 3], values: [1, 2] }])],
  'one price': ['series.values', () => Returns.log({ times: [0], values: [1] })],
  'a price of zero': ['series.values[1]', () => Returns.simple({ times: [0, 1], values: [1, 0] })],
  'one return': ['returns', () => Returns.annualVolatility(Returns.log(two))],
  'simple returns over time': ['returns.kind', () => Returns.annualDrift(Returns.simple(two))],
  'simple returns realised': ['returns.kind', () => Returns.realisedVolatility(Returns.simple(two))],
  'a step of no length': ['seconds', () => Returns.toStep(Returns.log(two), 0)],
  'two bars': ['bars', () => Volatility.closeToClose([bar, bar])],
  'no bars': ['bars', () => Volatility.parkinson([])],
  'bars without a range': ['bars', () => Volatility.garmanKlass([flat, flat])],
  'a close above the high': ['bars[0].high', () => Volatility.rogersSatchell([{ ...bar, close: 4 }])],
  'bars that say nothing of a range but their ends': [
    'bars',
    () =>
      Volatility.rogersSatchell([
        { open: 1, high: 2, low: 1, close: 2 },
        { open: 2, high: 2, low: 1, close: 1 },
      ]),
  ],
  'closes that never moved': ['bars', () => Volatility.closeToClose([bar, bar, bar])],
  'bars that all go the same way whole': ['bars', () => Volatility.yangZhang([rise, rise, rise, rise])],
  'an open below the low': ['bars[1].low', () => Volatility.yangZhang([bar, { ...bar, open: 0.5 }, bar])],
  'a negative price': ['bars[0].low', () => Volatility.parkinson([{ ...bar, low: -1 }])],
  'a bar of NaN': ['bars[0].close', () => Volatility.parkinson([{ ...bar, close: Number.NaN }])],
  'bars of no length': ['seconds[0]', () => Volatility.annual(0.1, 0)],
  'no memory': ['lambda', () => Ewma.variance([0.1], 0, 1)],
  'endless memory': ['lambda', () => Ewma.halfLife(1)],
  'no first variance': ['from', () => Ewma.variance([0.1], 0.94, 0)],
  'no returns to follow': ['returns', () => Ewma.variance([], 0.94, 1)],
  'a half-life below zero': ['halfLife', () => Ewma.variancePerSecond(Returns.log(two), -1, 1)],
  'all of the weight': ['share', () => Ewma.observationsFor(1, 0.94)],
  'a half-life of none': ['observations[0]', () => Ewma.lambdaOf(0)],
  'an explosive variance': ['garch', () => Garch.longRun({ ...garch, beta: 0.9 })],
  'no floor of variance': ['garch.omega', () => Garch.longRun({ ...garch, omega: 0 })],
  'a negative weight': ['garch.alpha', () => Garch.filter({ ...garch, alpha: -0.1 }, errors)],
  'a weight of NaN': ['garch.beta', () => Garch.filter({ ...garch, beta: Number.NaN }, errors)],
  'a mean of NaN': ['garch.mu[0]', () => Garch.filter({ ...garch, mu: Number.NaN }, errors)],
  'a forecast of the past': ['ahead', () => Garch.forecast(garch, 1, 0)],
  'a next variance of none': ['next[0]', () => Garch.forecast(garch, 0, 1)],
  'too few returns to fit': ['returns', () => Garch.fit(errors)],
  'returns that never moved': ['returns', () => Garch.fit(new Array<number>(300).fill(0.1))],
  'no assets': ['returns', () => Covariance.sample([])],
  'one step': ['returns[0]', () => Covariance.sample([[1], [2]])],
  'assets of unequal length': ['returns[1]', () => Covariance.ledoitWolf([errors, [1, 2]])],
  'an asset that never moved': ['returns[1]', () => Covariance.sample([errors, [0.1, 0.1, 0.1, 0.1]])],
  'a covariance with a NaN': ['returns[0][2]', () => Covariance.sample([[1, 2, Number.NaN]])],
  'a start of another size': ['from', () => Covariance.ewma([errors], 0.9, unit)],
  'no matrix': ['covariance', () => Covariance.isPositiveSemidefinite([])],
  'a row too long': ['covariance[0]', () => Covariance.isPositiveSemidefinite([[1, 2]])],
  'a matrix that is not symmetric': [
    'covariance[0][1]',
    () =>
      Covariance.correlation([
        [1, 0.5],
        [0.4, 1],
      ]),
  ],
  'a variance of zero': [
    'covariance[1][1]',
    () =>
      Covariance.correlation([
        [1, 0],
        [0, 0],
      ]),
  ],
  'too few weights': ['held', () => Covariance.trackingError(unit, [1], [1, 0])],
  'a benchmark of NaN': ['benchmark[1]', () => Covariance.trackingError(unit, [1, 0], [1, Number.NaN])],
  'a negative variance': [
    'covariance',
    () =>
      Covariance.trackingError(
        [
          [1, 2],
          [2, 1],
        ],
        [1, 0],
        [0, 1],
      ),
  ],
  certainty: ['confidence', () => Tail.historical(errors, 1)],
  'a tail never seen': ['returns', () => Tail.historical(errors, 0.99)],
  'no deviation': ['sigma[0]', () => Tail.normal(0, 0, 0.99)],
  'a drawdown of one': ['series.values', () => Tail.maximumDrawdown({ times: [0], values: [1] })],
  'a drawdown below zero': ['series.values[1]', () => Tail.maximumDrawdown({ times: [0, 1], values: [1, -1] })],
  'a quantile of one': ['probability', () => Normal.quantile(1)],
  'a quantile too rare': ['probability', () => Normal.quantile(1e-301)],
  'a probability of NaN': ['x', () => Normal.below(Number.NaN)],
  'no freedom': ['freedom', () => Normal.studentBeyond(1, 0)],
  'a statistic of NaN': ['t', () => Normal.studentBeyond(Number.NaN, 5)],
  'a record of one period': ['record.periods', () => Evidence.probabilisticSharpe({ ...record, periods: 1 }, 0)],
  'moments that cannot be': ['record', () => Evidence.probabilisticSharpe({ ...record, skewness: 99 }, 0)],
  'one trial': ['trials', () => Evidence.luckySharpe(1, 0.1)],
  'a ratio below its benchmark': ['record.sharpe', () => Evidence.minimumTrackRecord(record, 0.2, 0.95)],
  'errors of unequal length': ['other', () => Evidence.dieboldMariano(errors, [1, 2, 3], 1)],
  'equal forecasts': ['one', () => Evidence.dieboldMariano(errors, errors, 1)],
  'errors of no horizon': ['ahead', () => Evidence.dieboldMariano(errors, errors, 0.5)],
  'nothing to search': ['start', () => minimise(() => 0, [], 1)],
  'a place outside a list': ['[3]', () => at([1, 2, 3], 3)],
};

describe('refused, by its place', () => {
  test.each(Object.entries(refused))('%s', (_, [path, act]) => {
    let error: unknown;
    try {
      act();
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ForecastError);
    expect(error).toMatchObject({ path, next: 'halt' });
    expect(String(error)).toMatch(/^ForecastError: forecast at \S+: .+ found; \w+ .+$/);
  });
});
