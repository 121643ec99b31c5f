// The exact no-trade region of one risky asset under a proportional cost, for an investor of constant relative risk aversion who
// looks far ahead. Solves the free-boundary problem of Gerhold, Guasoni, Muhle-Karbe and Schachermayer, 2014; the case of log
// utility is that of Taksar, Klass and Assaf, 1988. NoTrade.of is its leading order.

import { findRoot } from '../../forecast/findRoot.ts';
import { checkInside } from '../../forecast/Numbers.ts';

/** State one risky asset and what trading it costs; the best weight μ/(γσ²) must be below one: nothing is borrowed. */
export type Market = {
  /** μ, the return above cash {1/yr}, between 0 and γσ². */
  readonly drift: number;
  /** σ {1/√yr}. */
  readonly volatility: number;
  /** γ {1}: 1 for log utility. */
  readonly aversion: number;
  /** k {1} (0, 1): one buys at 1 + k and sells at 1 − k times the mid price; the spread against the ask is ε = 2k/(1 + k). */
  readonly proportional: number;
};

/** Hold the region and what it is worth. */
export type Proportional = {
  /** λ {1/yr}: the region is (μ ± λ)/(γσ²) in weights at the ask price where one buys, at the bid price where one sells. */
  readonly gap: number;
  readonly buyAtAsk: number;
  readonly sellAtBid: number;
  /** The same edges as weights at mid prices {1}. */
  readonly buyAt: number;
  readonly sellAt: number;
  /** (μ² − λ²)/(2γσ²): the rate above cash {1/yr} that is as good as the whole strategy; the long-run log growth where γ = 1. */
  readonly safeRate: number;
  /** μ − √(μ² − λ²) {1/yr}: the return one would give up to trade without cost. */
  readonly premium: number;
  /** Shares traded, both ways, to shares held {1/yr}. */
  readonly shareTurnover: number;
};

/** Steps of Runge and Kutta across the region: the error is below 1e-13. */
const STEPS = 400;

/** Find the region. Throws ForecastError on a market in which the best weight is not between 0 and 1, or costs leave no region. */
export function of(market: Market): Proportional {
  const { drift, volatility, aversion, proportional: k } = market;
  checkInside(volatility, 0, Infinity, 'volatility');
  checkInside(aversion, 0, Infinity, 'aversion');
  const scale = aversion * volatility ** 2;
  checkInside(drift, 0, scale, 'drift');
  checkInside(k, 0, 1, 'proportional');
  const weight = drift / scale;
  const guess = scale * Math.cbrt(((3 * spreadOf(k)) / (4 * aversion)) * (weight * (1 - weight)) ** 2);
  const most = Math.min(drift, scale - drift) * (1 - 1e-12);
  const gap = findRoot((lambda) => miss(market, lambda), Math.min(guess / 4, most / 2), Math.min(4 * guess, most));
  const [buyAtAsk, sellAtBid] = [(drift - gap) / scale, (drift + gap) / scale];
  return {
    gap,
    buyAtAsk,
    sellAtBid,
    buyAt: atMid(buyAtAsk, 1 / (1 + k)),
    sellAt: atMid(sellAtBid, 1 / (1 - k)),
    safeRate: (drift ** 2 - gap ** 2) / (2 * scale),
    premium: gap ** 2 / (drift + Math.sqrt(drift ** 2 - gap ** 2)),
    shareTurnover: turnover(market, gap, buyAtAsk, sellAtBid),
  };
}

/** Follow w' = −(1 − γ)w² − (2μ/σ² − 1)w + (μ² − λ²)/(γσ⁴) from the buying edge over the region, and tell by how much it misses the selling edge. */
function miss(market: Market, lambda: number): number {
  const { drift, volatility, aversion } = market;
  const scale = aversion * volatility ** 2;
  const linear = (2 * drift) / volatility ** 2 - 1;
  const constant = (aversion * (drift ** 2 - lambda ** 2)) / scale ** 2;
  const slope = (w: number) => constant - linear * w - (1 - aversion) * w ** 2;
  const step = lengthOf(market, lambda) / STEPS;
  let w = (drift - lambda) / scale;
  for (let i = 0; i < STEPS; i++) {
    const k1 = slope(w);
    const k2 = slope(w + (step / 2) * k1);
    const k3 = slope(w + (step / 2) * k2);
    const k4 = slope(w + step * k3);
    w += (step / 6) * (k1 + 2 * k2 + 2 * k3 + k4);
  }
  return w - (drift + lambda) / scale;
}

/** The width of the region {1} in the logarithm of the ratio of risky to safe, at ask prices. */
function lengthOf({ drift, volatility, aversion, proportional }: Market, lambda: number): number {
  const scale = aversion * volatility ** 2;
  const ratio = ((drift + lambda) * (scale - drift + lambda)) / ((drift - lambda) * (scale - drift - lambda));
  return Math.log(ratio / (1 - spreadOf(proportional)));
}

/** Local time at the two edges (Gerhold et al., 2014, theorem 2.2). */
function turnover(market: Market, gap: number, buyAtAsk: number, sellAtBid: number): number {
  const { drift, volatility } = market;
  const power = (2 * drift) / volatility ** 2 - 1;
  const length = lengthOf(market, gap);
  // The limit without drift of the ratio: both edges are met alike.
  if (Math.abs(power * length) < 1e-9) return (volatility ** 2 / 2 / length) * (1 - buyAtAsk + (1 - sellAtBid));
  const bought = (1 - buyAtAsk) / Math.expm1(power * length);
  const sold = (1 - sellAtBid) / Math.expm1(-power * length);
  return ((volatility ** 2 * power) / 2) * (bought - sold);
}

function spreadOf(k: number): number {
  return (2 * k) / (1 + k);
}

/** Turn a weight at one price into that at a price `times` as high. */
function atMid(weight: number, times: number): number {
  return (weight * times) / (weight * times + 1 - weight);
}
