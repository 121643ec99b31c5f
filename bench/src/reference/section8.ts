// Volatility: estimators from bars, weights that forget, GARCH against its published benchmark.

import { readFileSync } from 'node:fs';
import { Ewma, Frequency, Garch, NoTrade, Volatility } from '@trimtab/core';
import { Random } from '@trimtab/lab';
import type { Case } from './Probe.ts';
import { number, numbers, text } from './read.ts';
import { simulateBar } from './simulate/simulateBar.ts';

export const section8: { readonly [id: string]: Case } = {
  'S8.1': ({ inputs, tolerance, equal }) => {
    const [open, high, low, close] = ['O', 'H', 'L', 'C'].map((name) => numbers(inputs[name]));
    const bars = (open ?? []).map((price, bar) => ({
      open: price,
      high: number(high?.[bar]),
      low: number(low?.[bar]),
      close: number(close?.[bar]),
    }));
    const rel = tolerance(/rel (\S+)/);
    equal('cc', Volatility.closeToClose(bars), { rel });
    equal('parkinson', Volatility.parkinson(bars), { rel });
    equal('gk', Volatility.garmanKlass(bars), { rel });
    equal('rs', Volatility.rogersSatchell(bars), { rel });
    equal('yz', Volatility.yangZhang(bars), { rel });
  },

  'S8.2': ({ inputs, tolerance, equal }) => {
    const rel = tolerance(/rel (\S+)/);
    for (const lambda of numbers(inputs['lam'])) {
      const name = Math.round(lambda * 100);
      equal(`half_life_${name}`, Ewma.halfLife(lambda), { rel });
      equal(`days_99pct_${name}`, Ewma.observationsFor(0.99, lambda), { rel });
    }
    equal('eff_obs_94', Ewma.effectiveObservations(0.94), { rel });
  },

  'S8.3': ({ inputs, tolerance, equal }) => {
    const variance = Ewma.variance(numbers(inputs['r']), number(inputs['lam']), number(inputs['v0']));
    equal('v', variance, { rel: tolerance(/rel (\S+)/) });
  },

  'S8.4': ({ inputs, tolerance, equal, holds }) => {
    // 1,974 daily returns of the German mark in pounds, in percent (Bollerslev and Ghysels, 1996).
    const returns = readFileSync(new URL(text(inputs['data']), import.meta.url), 'utf8')
      .trim()
      .split(/\s+/)
      .map(Number);
    holds('the series has 1,974 returns', returns.length === 1_974);
    const { kind, garch, logLikelihood } = Garch.fit(returns);
    const rel = tolerance(/others rel (\S+)/);
    holds('the estimate is inside its bounds', kind === 'inside');
    equal('mu', garch.mu, { abs: tolerance(/mu abs ([^\s,]+)/) });
    equal('omega', garch.omega, { rel });
    equal('alpha', garch.alpha, { rel });
    equal('beta', garch.beta, { rel });
    equal('loglik', logLikelihood, { rel });
  },

  'S8.5': ({ inputs, tolerance, equal }) => {
    const [mu, omega, alpha, beta] = ['mu', 'omega', 'alpha', 'beta'].map((name) => number(inputs[name]));
    const garch = { mu: number(mu), omega: number(omega), alpha: number(alpha), beta: number(beta) };
    const { logLikelihood, next } = Garch.filter(garch, numbers(inputs['x']));
    const rel = tolerance(/rel (\S+)/);
    equal('loglik', logLikelihood, { rel });
    equal('h_next', next, { rel });
    equal('uncond', Garch.longRun(garch), { rel });
    equal('h_10', Garch.forecast(garch, next, 10), { rel });
  },

  'S8.6': ({ tolerance, equal }) => {
    const rel = tolerance(/rel (\S+)/);
    const costs = { proportional: { proportional: 0.003, fixed: 0 }, fixed: { proportional: 0, fixed: 1e-4 } };
    const settingAt = (sigma: number, cost: Frequency.Cost, curvature: number) => ({
      ...costs[cost],
      variance: NoTrade.varianceOf(0.5, sigma),
      curvature,
    });
    const aversion = (cost: Frequency.Cost) =>
      NoTrade.of(settingAt(1.6, cost, 2 * 1.6 ** 2)).trigger / NoTrade.of(settingAt(0.8, cost, 2 * 0.8 ** 2)).trigger;
    const penalty = (cost: Frequency.Cost) =>
      NoTrade.of(settingAt(1.6, cost, 1.28)).trigger / NoTrade.of(settingAt(0.8, cost, 1.28)).trigger;
    // The number of trades goes with 1/h², and the tracking variance with h²: what one band does shows what another would.
    const band = { trigger: 0.05, landing: 0 };
    const [calm, wild] = [0.8, 1.6].map((sigma) => NoTrade.rate(settingAt(sigma, 'fixed', 2 * sigma ** 2), band));
    const figures = {
      prop_fixed_gamma: [aversion('proportional'), 2 ** Frequency.exponent('risk-aversion', 'proportional')],
      fixed_cost_fixed_gamma: [aversion('fixed'), 2 ** Frequency.exponent('risk-aversion', 'fixed')],
      prop_constant_penalty: [penalty('proportional'), 2 ** Frequency.exponent('deviation-penalty', 'proportional')],
      fixed_cost_constant_penalty: [penalty('fixed'), 2 ** Frequency.exponent('deviation-penalty', 'fixed')],
      constant_trade_frequency: [
        Math.sqrt(number(wild?.trades) / number(calm?.trades)),
        2 ** Frequency.exponent('trade-frequency', 'fixed'),
      ],
      constant_TE: [
        Math.sqrt(number(calm?.penalty) / number(wild?.penalty)),
        2 ** Frequency.exponent('tracking-error', 'fixed'),
      ],
    };
    for (const [name, [measured, table]] of Object.entries(figures)) {
      equal(name, measured, { rel });
      equal(name, table, { rel });
    }
  },

  'S8.7': ({ tolerance, equal }) => {
    const random = Random.stream(87, 'bars');
    const bars = Array.from({ length: 60_000 }, () => simulateBar(random, 24));
    const spread = (variance: (bar: Volatility.Bar) => number) => deviationSquared(bars.map(variance));
    // All estimators see the same bars: what chance does to one it does to the others, and most of it cancels.
    const ends = spread(({ open, close }) => Math.log(close / open) ** 2);
    const rel = tolerance(/simulator rel (\S+)/);
    equal('parkinson', ends / spread((bar) => Volatility.parkinson([bar]) ** 2), { rel });
    equal('garman_klass', ends / spread((bar) => Volatility.garmanKlass([bar]) ** 2), { rel });
    equal('rogers_satchell', ends / spread((bar) => Volatility.rogersSatchell([bar]) ** 2), { rel });
    const range = bars.reduce((total, { high, low }) => total + Math.log(high / low) ** 2, 0) / bars.length;
    equal('E_range2_over_s2', range, { rel });
  },
};

function deviationSquared(values: readonly number[]): number {
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  return values.reduce((total, value) => total + (value - mean) ** 2, 0) / (values.length - 1);
}
