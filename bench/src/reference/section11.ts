// How far to follow a forecast, and honest evaluation: whether a record or a forecast is better than luck.

import { Evidence, FadingForecast } from '@trimtab/core';
import type { Case } from './Probe.ts';
import { list, number, numbers } from './read.ts';

export const section11: { readonly [id: string]: Case } = {
  'S11.1': ({ inputs, tolerance, equal }) => {
    const rel = tolerance(/rel (\S+)/);
    const [aversion, impact, discount] = [inputs['gamma'], inputs['lam'], inputs['rho']].map(number);
    const tradeoff = { aversion: number(aversion), impact: number(impact), discount: number(discount) };
    const fading = numbers(inputs['Phi']).map((own, i, all) => all.map((_, j) => (i === j ? own : 0)));
    const setting = { covariance: [[number(inputs['S'])]], loadings: [numbers(inputs['B'])], fading };
    equal('trade_rate', FadingForecast.rate(tradeoff), { rel });
    const coefficients = fading.map((_, own) => {
      const factors = fading.map((__, index) => (index === own ? 1 : 0));
      return number(FadingForecast.aim(tradeoff, { ...setting, factors })[0]);
    });
    equal('aim_coef', coefficients, { rel });
  },

  'S11.2': ({ inputs, tolerance, equal }) => {
    const periods = number(inputs['per']);
    const variance = number(inputs['V']) / periods;
    const abs = tolerance(/abs (\S+)/);
    const judge = (path: string, trials: number, skewness: number, kurtosis: number) => {
      const sharpe = number(inputs['SR']) / Math.sqrt(periods);
      const record = { sharpe, periods: number(inputs['T']), skewness, kurtosis };
      const found = [Evidence.luckySharpe(trials, variance), Evidence.deflatedSharpe(record, trials, variance)];
      equal(path, found, { abs });
    };
    for (const trials of numbers(inputs['N']))
      judge(`N${trials}`, trials, number(inputs['skew']), number(inputs['kurt']));
    const [skewness, kurtosis, trials] = numbers(inputs['also']);
    judge('normal_N88', number(trials), number(skewness), number(kurtosis));
  },

  'S11.3': ({ inputs, tolerance, equal }) => {
    const rel = tolerance(/rel (\S+)/);
    for (const row of list(inputs['rows'])) {
      const [year, skewness, kurtosis] = numbers(row);
      const sharpe = 2 / Math.sqrt(number(year));
      const record = { sharpe, skewness: number(skewness), kurtosis: number(kurtosis) };
      const years = Evidence.minimumTrackRecord(record, sharpe / 2, 0.95) / number(year);
      equal(numbers(row).join(',').replace('-0.', '-.'), years, { rel });
    }
  },

  'S11.4': ({ inputs, tolerance, equal }) => {
    for (const ahead of numbers(inputs['h'])) {
      const found = Evidence.dieboldMariano(numbers(inputs['e1']), numbers(inputs['e2']), ahead);
      const figures = [found.statistic, found.corrected, found.probability];
      equal(`h${ahead}`, figures, { rel: tolerance(/rel (\S+)/) });
    }
  },
};
