// Feedback between rebalancers and the prices they rebalance by.

import { Covariance, Feedback } from '@trimtab/core';
import { Random } from '@trimtab/lab';
import type { Case } from './Probe.ts';
import { list, matrix, number, numbers } from './read.ts';
import { laggedReturns } from './simulate/laggedReturns.ts';
import { liquidation } from './simulate/liquidation.ts';

export const section10: { readonly [id: string]: Case } = {
  'S10.1': ({ inputs, equal }) => {
    for (const row of list(inputs['rows'])) {
      const [leverage, move] = numbers(row).map(number);
      const demand = Feedback.leveragedDemand(number(inputs['A']), number(leverage), number(move));
      equal(numbers(row).join(','), demand, 'exact');
    }
  },

  'S10.2': ({ inputs, tolerance, equal, holds }) => {
    const [assets, weights, returns] = [number(inputs['A']), numbers(inputs['w']), numbers(inputs['r'])];
    const rel = tolerance(/identity rel (\S+)/);
    const demand = Feedback.constantMix(assets, weights);
    equal('D', Feedback.demandAfter(demand, returns), { rel });
    const small = returns.map((value) => value / 1_000);
    const bought = Feedback.demandAfter(demand, small);
    const held = weights.map((weight, i) => assets * weight * (1 + number(small[i])));
    const total = held.reduce((sum, value) => sum + value, 0);
    const exact = weights.map((weight, i) => weight * total - number(held[i]));
    holds(
      'the demand is what brings the weights back',
      exact.every((value, i) => Math.abs(value / number(bought[i]) - 1) <= rel),
    );
  },

  'S10.3': ({ inputs, tolerance, equal }) => {
    const [assets, depth] = [number(inputs['A']), number(inputs['depth_usd_per_unit_return'])];
    const demand = [[Feedback.leveragedDemand(assets, number(inputs['x']), 1)]];
    const loop = Feedback.loop([demand], [depth]);
    const rel = tolerance(/^rel (\S+?);/);
    equal('kappa', loop.gain[0]?.[0], { rel });
    equal('instantaneous_amplification', Feedback.amplify(loop, [1])[0], { rel });
    equal('lagged_variance_multiplier', Feedback.laggedCovariance(loop, [[1]])[0]?.[0], { rel });
    equal('critical_A', assets / loop.radius, { rel });
    const simulated = laggedReturns(Random.stream(103, 'lagged'), 400_000, [[1]], demand, [depth]);
    equal('lagged_variance_multiplier', simulated[0]?.[0], { rel: tolerance(/simulator variance rel (\S+)/) });
  },

  'S10.4': ({ inputs, tolerance, equal }) => {
    const [weights, depth] = [numbers(inputs['w']), numbers(inputs['depth'])];
    const [one, other] = numbers(inputs['sd']).map(number);
    const [sd, rho] = [[number(one), number(other)], number(inputs['rho'])];
    const news = sd.map((a, i) => sd.map((b, j) => a * b * (i === j ? 1 : rho)));
    const root = [
      [number(one), 0],
      [number(other) * rho, number(other) * Math.sqrt(1 - rho ** 2)],
    ];
    const demand = Feedback.constantMix(number(inputs['A']), weights);
    const loop = Feedback.loop([demand], depth);
    const covariance = Feedback.laggedCovariance(loop, news);
    const rel = tolerance(/^rel (\S+?);/);
    equal('K', loop.gain, { rel });
    equal('radius', loop.radius, { rel });
    equal('cov', covariance, { rel });
    equal('corr', Covariance.correlation(covariance)[0]?.[1], { rel });
    const simulated = laggedReturns(Random.stream(104, 'lagged'), 300_000, root, demand, depth);
    const near = { rel: tolerance(/simulator rel (\S+)/) };
    equal('cov', simulated, near);
    equal('corr', Covariance.correlation(simulated)[0]?.[1], near);
  },

  'S10.5': ({ inputs, tolerance, equal }) => {
    const banks = { weights: matrix(inputs['M']), assets: numbers(inputs['A']), leverage: numbers(inputs['B']) };
    const sale = Feedback.fireSale(banks, numbers(inputs['L']), numbers(inputs['shock']));
    const rel = tolerance(/rel (\S+)/);
    equal('R1', sale.returns, { rel });
    equal('sales', sale.demand, { rel });
    equal('price', sale.moves, { rel });
    equal('loss', sale.gain, { rel });
  },

  'S10.6': ({ inputs, tolerance, equal }) => {
    const [assets, impact, share] = [number(inputs['n']), number(inputs['a']), number(inputs['g'])];
    const each = (value: number) => Array.from({ length: assets }, () => value);
    const news = each(0).map((_, i) => each(0).map((__, j) => (i === j ? 1 : 0)));
    const covariance = Feedback.liquidationCovariance(news, each(impact), each(share));
    const rel = tolerance(/^rel (\S+?);/);
    equal('corr', Covariance.correlation(covariance)[0]?.[1], { rel });
    equal('vol_multiplier', Math.sqrt(number(covariance[0]?.[0])), { rel });
    const near = { abs: tolerance(/simulator abs (\S+)/) };
    const setting = { assets, impact, share, size: 0.01 };
    const realised = liquidation(Random.stream(106, 'liquidation'), 20_000, setting);
    equal('corr', realised.correlation, near);
    equal('vol_multiplier', realised.volatility, near);
  },
};
