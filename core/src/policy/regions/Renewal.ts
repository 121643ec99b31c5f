// What a band with costs earns, exactly: one risky asset beside cash, traded from either edge to a landing. Left alone the logit
// of the weight is a Brownian motion, every trade starts a new cycle, and growth is gain a cycle over time a cycle. The
// best such band is the impulse control of Morton and Pliska, 1995, with a cost of each trade in proportion to wealth.

import * as Brownian from '../../forecast/Brownian.ts';
import { findRoot } from '../../forecast/findRoot.ts';
import { minimise } from '../../forecast/minimise.ts';
import { at, checkInside, ForecastError } from '../../forecast/Numbers.ts';
import { logistic, logit } from './ConstantMix.ts';
import * as NoTrade from './NoTrade.ts';

/** State one risky asset, the investor and the costs. */
export type Market = {
  /** μ, the return above cash {1/yr}. */
  readonly drift: number;
  /** σ {1/√yr}. */
  readonly volatility: number;
  /** γ {1}, the relative risk aversion: 1 for log utility. */
  readonly aversion: number;
  /** k {1} [0, 1): the cost of what is traded. */
  readonly proportional: number;
  /** F {1} [0, 1): the share of wealth that any trade costs. */
  readonly fixed: number;
};

/** Hold a band of weights {1}: below `low` buy to `lowLanding`, above `high` sell to `highLanding`; low < lowLanding ≤ highLanding < high. */
export type Policy = {
  readonly low: number;
  readonly lowLanding: number;
  readonly highLanding: number;
  readonly high: number;
};

/** Hold what a band comes to, per year {1/yr}. */
export type Value = {
  /** The rate above cash that is as good: the log growth where γ = 1, else the certainty equivalent of power utility. */
  readonly growth: number;
  readonly trades: number;
  /** Log wealth paid for trading. */
  readonly drag: number;
};

type Ends = { readonly up: number; readonly down: number };

/** A landing: when its band is left next, and log wealth gained until after the next trade, by the edge at which it is. */
type Cycle = {
  readonly corridor: Brownian.Corridor;
  readonly exit: Brownian.Exit;
  readonly gain: Ends;
};

/** Evaluate any band. Throws ForecastError on edges and landings out of order. */
export function evaluate(market: Market, policy: Policy): Value {
  checkMarket(market);
  checkPolicy(policy);
  const { lowLanding, highLanding, low, high } = policy;
  const paid: Ends = { up: -Math.log(sell(market, high, highLanding)), down: -Math.log(buy(market, low, lowLanding)) };
  const bought = cycleFrom(market, policy, lowLanding, paid);
  const sold = cycleFrom(market, policy, highLanding, paid);
  const [p, q] = [bought.exit.up, sold.exit.up];
  // How often a cycle starts at the upper landing, once the start is forgotten.
  const share = p / (p + 1 - q);
  const mix = (of: (cycle: Cycle) => number) => (1 - share) * of(bought) + share * of(sold);
  const time = mix(({ exit }) => exit.time);
  const drag = mix(({ exit }) => exit.up * paid.up + (1 - exit.up) * paid.down) / time;
  const log = mix(({ exit, gain }) => exit.up * gain.up + (1 - exit.up) * gain.down) / time;
  const growth = market.aversion === 1 ? log : certain(market, bought, sold);
  return { growth, trades: 1 / time, drag };
}

/** Move the edges to where they are seen by one who looks every `step` {yr}: later, hence farther out. Throws ForecastError. */
export function watchedEvery(step: number, volatility: number, policy: Policy): Policy {
  checkPolicy(policy);
  const corridor = { up: logit(policy.high), down: -logit(policy.low), drift: 0, volatility };
  const { up, down } = Brownian.watchedEvery(step, corridor);
  return { ...policy, low: logistic(-down), high: logistic(up) };
}

/** Find the best band, from the leading order downhill. The fixed cost is above zero, and the best weight μ/(γσ²) below one. Throws ForecastError. */
export function best(market: Market): Policy & Value {
  checkMarket(market);
  const { drift, volatility, aversion, proportional, fixed } = market;
  checkInside(fixed, 0, 1, 'fixed');
  checkInside(drift, 0, aversion * volatility ** 2, 'drift');
  const weight = drift / (aversion * volatility ** 2);
  const variance = NoTrade.varianceOf(weight, volatility);
  const setting = { variance, curvature: aversion * volatility ** 2, proportional, fixed };
  const { trigger, landing } = NoTrade.of(setting);
  // Growth is gain over time: in short cycles both are small, and the search must not ask for digits that are rounding.
  const exact = Math.min(1, 100 / NoTrade.rate(setting, { trigger, landing }).trades);
  // In logits an edge cannot leave (0, 1), and in units of the leading order the search is as round as it gets.
  const unit = trigger / (weight * (1 - weight));
  const place = (x: number) => logistic(logit(weight) + unit * x);
  // Without a proportional cost both landings are one, and a search over two would run along a line.
  const policyAt = (point: readonly number[]): Policy => {
    const lowLanding = place(at(point, 2));
    const highLanding = point.length === 3 ? lowLanding : place(at(point, 3));
    return { low: place(at(point, 0)), high: place(at(point, 1)), lowLanding, highLanding };
  };
  const start = proportional === 0 ? [-1, 1, 0] : [-1, 1, -landing / trigger, landing / trigger];
  const cost = (point: readonly number[]) => {
    const policy = policyAt(point);
    return isOrdered(policy) ? -exact * evaluate(market, policy).growth : Infinity;
  };
  const found = minimise(cost, start, 0.1);
  if (!found.converged || !isOrdered(policyAt(found.point))) {
    throw new ForecastError('market', 'no best band', 'give lower costs: a region must fit between 0 and 1');
  }
  const policy = policyAt(found.point);
  return { ...policy, ...evaluate(market, policy) };
}

function cycleFrom(market: Market, { low, high }: Policy, landing: number, paid: Ends): Cycle {
  const { drift, volatility } = market;
  const corridor = {
    up: logit(high) - logit(landing),
    down: logit(landing) - logit(low),
    drift: drift - volatility ** 2 / 2,
    volatility,
  };
  const gain = {
    up: Math.log1p(landing * Math.expm1(corridor.up)) - paid.up,
    down: Math.log1p(landing * Math.expm1(-corridor.down)) - paid.down,
  };
  return { corridor, exit: Brownian.exit(corridor), gain };
}

/**
 * Find the certainty equivalent of power utility: wealth^{1 − γ} grows at the rate ρ at which the 2×2 matrix of
 * E[(wealth ratio)^{1 − γ}·e^{−ρτ}] between landings has the largest eigenvalue one.
 */
function certain({ aversion, drift, volatility }: Market, bought: Cycle, sold: Cycle): number {
  const power = 1 - aversion;
  const row = ({ corridor, gain }: Cycle, rate: number): Ends => {
    const { up, down } = Brownian.discounted(corridor, rate);
    return { up: up * Math.exp(power * gain.up), down: down * Math.exp(power * gain.down) };
  };
  const excess = (rate: number) => {
    const [one, other] = [row(bought, rate), row(sold, rate)];
    const [trace, gap] = [one.down + other.up, one.down - other.up];
    return trace === Infinity ? Infinity : (trace + Math.sqrt(gap ** 2 + 4 * one.up * other.down)) / 2 - 1;
  };
  const reach = Math.abs(power) * (Math.abs(drift) + aversion * volatility ** 2);
  return findRoot(excess, -reach, reach) / power;
}

/** The wealth kept {1} of a purchase that takes a weight up. */
function buy({ proportional, fixed }: Market, from: number, to: number): number {
  return (1 - (proportional * (to - from)) / (1 + proportional * to)) * (1 - fixed);
}

/** The wealth kept {1} of a sale that takes a weight down. */
function sell({ proportional, fixed }: Market, from: number, to: number): number {
  return (1 - (proportional * (from - to)) / (1 - proportional * to)) * (1 - fixed);
}

function isOrdered({ low, lowLanding, highLanding, high }: Policy): boolean {
  return low > 0 && low < lowLanding && lowLanding <= highLanding && highLanding < high && high < 1;
}

function checkPolicy(policy: Policy): void {
  if (isOrdered(policy)) return;
  const { low, lowLanding, highLanding, high } = policy;
  const found = [low, lowLanding, highLanding, high].join(', ');
  throw new ForecastError('policy', found, 'give low < lowLanding <= highLanding < high between 0 and 1');
}

function checkMarket({ drift, volatility, aversion, proportional, fixed }: Market): void {
  checkInside(drift, -Infinity, Infinity, 'drift');
  checkInside(volatility, 0, Infinity, 'volatility');
  checkInside(aversion, 0, Infinity, 'aversion');
  if (proportional !== 0) checkInside(proportional, 0, 1, 'proportional');
  if (fixed !== 0) checkInside(fixed, 0, 1, 'fixed');
}
