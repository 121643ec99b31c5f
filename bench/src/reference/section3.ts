// Optimal rebalancing with costs.

import {
  type BandSetting,
  Correlated,
  Ellipsoid,
  NoTrade,
  PartialStep,
  Proportional,
  Renewal,
  Skewed,
} from '@trimtab/core';
import { costOfProgram } from '../loop/costOfProgram.ts';
import * as Desk from '../loop/Desk.ts';
import type { Case, Probe } from './Probe.ts';
import { matrix, number, numbers } from './read.ts';
import { simulateBasket } from './simulate/basket.ts';
import { simulateBand } from './simulate/drift.ts';
import { simulatePartial } from './simulate/partial.ts';
import { simulatePolicy } from './simulate/renewal.ts';
import * as Planned from './Planned.ts';

type Two = readonly [number, number];

const QUARTER_HOUR = 1 / (365 * 24 * 4);
/** Trades played: the standard error of their rate is then a third of a percent. */
const TRADES = 60_000;

export const section3: { readonly [id: string]: Case } = {
  'S3.1': (probe) => {
    for (const row of matrix(probe.inputs['rows'])) {
      const [w = NaN, k = NaN, gamma = NaN] = row;
      const { trigger } = NoTrade.of({
        variance: NoTrade.varianceOf(w, 1),
        curvature: gamma,
        proportional: k,
        fixed: 0,
      });
      probe.equal(row.join(','), trigger, { rel: probe.tolerance(/rel (\S+)/) });
    }
  },

  'S3.2': (probe) => {
    const market = marketOf(probe);
    const { buyAt, sellAt, safeRate } = Proportional.of(market);
    const abs = probe.tolerance(/abs (\S+) on weights/);
    probe.equal('buy_at', buyAt, { abs });
    probe.equal('sell_at', sellAt, { abs });
    probe.equal('growth', safeRate, { abs: probe.tolerance(/, (\S+) on growth/) });
    const near = probe.tolerance(/agree to (\S+)/);
    const [low, high] = leadingOrder(market);
    probe.holds('the leading order is near', Math.abs(low - buyAt) < near && Math.abs(high - sellAt) < near);
  },

  'S3.3': (probe) => {
    const market = marketOf(probe);
    const { buyAt, sellAt, safeRate } = Proportional.of(market);
    const figures = { buy_at: buyAt, sell_at: sellAt, esr: safeRate, asym: leadingOrder(market) };
    probe.equal('', figures, { abs: probe.tolerance(/abs (\S+)/) });
  },

  'S3.4': (probe) => {
    const spread = number(probe.inputs['spread']);
    const found = Proportional.of({ ...marketOf(probe), proportional: spread / (2 - spread) });
    const figures = {
      lam: found.gap,
      buy_at_ask: found.buyAtAsk,
      sell_at_bid: found.sellAtBid,
      esr: found.safeRate,
      lipr: found.premium,
      share_turnover: found.shareTurnover,
    };
    probe.equal('', figures, { abs: probe.tolerance(/abs (\S+)/) });
  },

  'S3.5': (probe) => {
    const weights = { abs: probe.tolerance(/abs (\S+) on weights/) };
    for (const row of matrix(probe.inputs['rows'])) {
      const [drift = NaN, volatility = NaN, aversion = NaN, fixed = NaN] = row;
      const market = { drift, volatility, aversion, fixed, proportional: 0 };
      const { low, high, lowLanding, growth } = Renewal.best(market);
      const at = `(${row.join(', ')})`;
      probe.equal(`${at}/lo`, low, weights);
      probe.equal(`${at}/hi`, high, weights);
      probe.equal(`${at}/target`, lowLanding, weights);
      probe.equal(`${at}/growth`, growth, { abs: probe.tolerance(/, (\S+) on growth/) });
      probe.equal(`${at}/h_asym`, NoTrade.of(settingOf(market)).trigger, { rel: 1e-9 });
    }
  },

  'S3.6': (probe) => {
    const market = marketOf(probe);
    const { trigger, landing, cost } = NoTrade.of(settingOf(market));
    probe.equal('asym', [trigger, landing, cost], { rel: probe.tolerance(/asym rel (\S+?);/) });
    const { low, high, lowLanding, highLanding, growth } = Renewal.best(market);
    const abs = probe.tolerance(/exact abs (\S+)/);
    probe.equal('exact', [[low, high, lowLanding, highLanding], growth], { abs });
  },

  'S3.7': (probe) => {
    const { a, b, ta, tb } = probe.inputs;
    const market = { ...marketOf(probe), drift: number(probe.inputs['mu']) - number(probe.inputs['r']), aversion: 1 };
    const policy = { low: number(a), high: number(b), lowLanding: number(ta), highLanding: number(tb) };
    const { growth, trades, drag } = Renewal.evaluate(market, policy);
    const seen = Renewal.evaluate(market, Renewal.watchedEvery(QUARTER_HOUR, market.volatility, policy));
    const figures = { growth, trades, cost_drag: drag, trades_15min_monitoring: seen.trades };
    probe.equal('', figures, { rel: probe.tolerance(/formula rel (\S+?);/) });
    const simulated = simulatePolicy(market, policy, QUARTER_HOUR, TRADES, 37);
    const near = { rel: probe.tolerance(/trades rel (\S+)/) };
    probe.equal('trades_15min_monitoring', simulated.trades, near);
    probe.equal('cost_drag', simulated.dragPerTrade * trades, { rel: probe.tolerance(/drag\/trade rel (\S+)/) });
  },

  'S3.8': (probe) => {
    const { covariance, curvature } = pairOf(probe);
    const fixed = number(probe.inputs['K']);
    const found = Ellipsoid.of({ covariance, curvature, fixed });
    const figures = { M: found.matrix, cost_rate: found.cost, mean_time: found.meanTime };
    probe.equal('', figures, { rel: probe.tolerance(/rel (\S+?);/) });
    // A basket whose trade costs nothing but the fixed cost goes where the program leads it: all the way.
    const desk = Desk.of({ weights: numbers(probe.inputs['w']), proportional: 0, kappa: 1 });
    const land = (delta: Two) => Desk.land(desk, delta).deviations;
    const basket = { covariance, curvature, fixed, matrix: square(found.matrix), land };
    const simulated = simulateBasket(basket, 16_000, 38);
    probe.equal('cost_rate', simulated.cost, { rel: probe.tolerance(/simulator cost rate rel (\S+)/) });
  },

  'S3.9': (probe) => {
    const { covariance, curvature } = pairOf(probe);
    const k = number(probe.inputs['k']);
    const setting = { covariance, curvature, proportional: [k, k] as const };
    const [one = NaN, other = NaN] = NoTrade.perAsset(covariance, curvature, [k, k], 0).map(({ trigger }) => trigger);
    probe.equal('box_1d_widths', [one, other], { rel: 1e-9 });
    const optimal = Correlated.of(setting, 61).cost;
    probe.equal('optimal', optimal, { rel: probe.tolerance(/optimal rel (\S+?);/) });
    const norm = Skewed.of(covariance, curvature, [k, k]).matrix;
    const desk = Desk.of({ weights: numbers(probe.inputs['w']), proportional: k, kappa: 1, norm });
    probe.holds("the program's region comes within 3 %", costOfProgram(setting, desk, 41) <= 1.03 * optimal);
    probe.equal('box_1d', Correlated.costOfBox(setting, [one, other], 61), { rel: probe.tolerance(/box rel (\S+)/) });
  },

  'S3.10': (probe) => {
    const { q, dt, c, var: variance, Lam, C } = probe.inputs;
    const curvature = number(q);
    const stepwise = PartialStep.stepwise({
      curvature,
      step: number(dt),
      impact: number(c),
      variance: number(variance),
    });
    const continuous = PartialStep.continuous({ curvature, impact: number(Lam), variance: number(C) });
    const figures = {
      theta: stepwise.share,
      cost_per_step: stepwise.cost,
      kappa: continuous.rate,
      cost: continuous.cost,
    };
    probe.equal('', figures, { rel: probe.tolerance(/rel (\S+)/) });
    const toGo = (number(q) * number(dt)) / 2 + number(c) * stepwise.share;
    const traded = shareTraded(number(c), toGo);
    probe.holds('the program trades that share', Math.abs(traded / stepwise.share - 1) < 1e-6);
  },

  'S3.11': (probe) => {
    const near = { rel: probe.tolerance(/within (\S+)/) };
    const [weight, volatility] = [0.5, 0.8];
    const setting = { variance: NoTrade.varianceOf(weight, volatility), curvature: 2 * volatility ** 2 };
    const ratio = (costs: { readonly proportional: number; readonly fixed: number }, seed: number) => {
      const best = NoTrade.of({ ...setting, ...costs });
      const counted = simulateBand({ weight, volatility, ...best, cycles: 6_000 }, seed);
      const paid = costs.proportional * counted.turnover + costs.fixed * counted.trades;
      return paid / ((setting.curvature * counted.meanSquare) / 2);
    };
    probe.equal('prop_cost_over_penalty', ratio({ proportional: 1e-4, fixed: 0 }, 311), near);
    probe.equal('fixed_cost_over_penalty', ratio({ proportional: 0, fixed: 1e-6 }, 312), near);
    const impact = { ...setting, impact: 0.002 };
    const { rate } = PartialStep.continuous(impact);
    const { trading, penalty } = simulatePartial(impact, rate, 400_000, 313);
    probe.equal('quadratic_cost_over_penalty', trading / penalty, near);
  },
};

/**
 * The share of a deviation that the program trades where a trade of u costs `impact`·u², which a pool of depth 1/impact charges, and
 * what is left of the deviation costs `toGo`·δ² from there on: the mean of a sale and a purchase, which differ by the next power of u.
 */
function shareTraded(impact: number, toGo: number): number {
  const pool = { kind: 'constant-product', tokens: [0, 1], reserves: [1 / impact, 1 / impact], fee: 0 } as const;
  const shares = [1e-3, -1e-3].map((delta) => {
    const holdings = [0.5 - delta, 0.5 + delta];
    const target = { prices: [1, 1], weights: [0.5, 0.5], kappa: toGo };
    const { net } = Planned.solve({ tokens: 2, markets: [pool] }, { kind: 'rebalance', holdings, ...target });
    return -(net[1] ?? NaN) / delta;
  });
  return ((shares[0] ?? NaN) + (shares[1] ?? NaN)) / 2;
}

/** The edges {1} of the leading order around the best weight. */
function leadingOrder(market: Renewal.Market): Two {
  const weight = market.drift / (market.aversion * market.volatility ** 2);
  const { trigger } = NoTrade.of(settingOf(market));
  return [weight - trigger, weight + trigger];
}

function settingOf({ drift, volatility, aversion, proportional, fixed }: Renewal.Market): BandSetting {
  const curvature = aversion * volatility ** 2;
  return { variance: NoTrade.varianceOf(drift / curvature, volatility), curvature, proportional, fixed };
}

function marketOf({ inputs }: Probe): Renewal.Market {
  return {
    drift: number(inputs['mu']),
    volatility: number(inputs['sigma']),
    aversion: number(inputs['gamma'] ?? 1),
    proportional: number(inputs['k'] ?? 0),
    fixed: number(inputs['F'] ?? 0),
  };
}

/** Read two assets beside cash: how their deviations move, and the curvature γΣ. */
function pairOf({ inputs }: Probe): {
  readonly covariance: readonly [Two, Two];
  readonly curvature: readonly [Two, Two];
} {
  const sigma = numbers(inputs['sigma']);
  const covariance = sigma.map((one, i) =>
    sigma.map((other, j) => (i === j ? 1 : number(inputs['rho'])) * one * other),
  );
  const gamma = number(inputs['gamma']);
  return {
    covariance: square(Ellipsoid.deviations(covariance, numbers(inputs['w']))),
    curvature: square(covariance.map((row) => row.map((value) => gamma * value))),
  };
}

function square([[a = NaN, b = NaN] = [], [c = NaN, d = NaN] = []]: readonly (readonly number[])[]): readonly [
  Two,
  Two,
] {
  return [
    [a, b],
    [c, d],
  ];
}
