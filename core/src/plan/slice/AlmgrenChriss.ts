// How fast to sell when trading fast moves the price and trading slowly leaves risk: the schedule with the least
// expected cost for its variance.

import { at, checkInside, checkPositive, ForecastError, sum } from '../../forecast/Numbers.ts';

/** State the order and the market. Times in one unit of the caller's, such as days; money in one currency. */
export type Order = {
  /** Units to sell. */
  readonly size: number;
  readonly horizon: number;
  /** Trades, one at the end of each interval. */
  readonly intervals: number;
  /** Standard deviation of the price in one unit of time, in money per unit. */
  readonly volatility: number;
  /** Permanent impact: money per unit, for each unit sold. */
  readonly permanent: number;
  /** Temporary impact: money per unit, for each unit sold per unit of time. */
  readonly temporary: number;
  /** Half the spread and the fees, money per unit. */
  readonly spread: number;
  /** Aversion to variance: what a unit of variance is worth {1/money}. */
  readonly aversion: number;
};

/** Hold a schedule: what is left after each interval (the first entry is everything), and its cost. */
export type Schedule = {
  readonly holdings: readonly number[];
  /** Decay of the optimal holdings {1/time}. */
  readonly urgency: number;
  readonly expectedCost: number;
  readonly variance: number;
};

/**
 * Find the schedule that minimises expected cost + aversion × variance.
 * Formula: x_j = X·sinh κ(T − t_j)/sinh κT, cosh κτ = 1 + ½λσ²τ²/η̃, η̃ = η − ½γτ (Almgren and Chriss, 2001,
 * equations 16 to 20). Throws ForecastError where η̃ is not above zero: then trading at once would be free.
 */
export function of(order: Order): Schedule {
  const { size, intervals, volatility, aversion } = order;
  const [step, adjusted] = measures(order);
  const growth = (aversion * volatility ** 2 * step ** 2) / (2 * adjusted);
  // acosh(1 + g) without losing a small g.
  const angle = Math.log1p(growth + Math.sqrt(growth * (growth + 2)));
  const holdings = Array.from(
    { length: intervals + 1 },
    (_, index) => size * share(intervals - index, intervals, angle),
  );
  return { holdings, urgency: angle / step, ...evaluate(order, holdings) };
}

/**
 * Compute what a schedule of holdings is expected to cost, and the variance of that cost.
 * Formula: E = ½γX² + εΣ|n| + (η̃/τ)Σn², V = σ²τΣx² (Almgren and Chriss, 2001, equations 7 and 8).
 */
export function evaluate(order: Order, holdings: readonly number[]): { expectedCost: number; variance: number } {
  const [step, adjusted] = measures(order);
  if (holdings.length !== order.intervals + 1) {
    throw new ForecastError('holdings', `${holdings.length} values`, `give ${order.intervals + 1}`);
  }
  const trades = holdings.slice(1).map((left, index) => at(holdings, index) - left);
  const expectedCost =
    (order.permanent * order.size ** 2) / 2 +
    order.spread * sum(trades.map((trade) => Math.abs(trade))) +
    (adjusted / step) * sum(trades.map((trade) => trade ** 2));
  return { expectedCost, variance: order.volatility ** 2 * step * sum(holdings.slice(1).map((left) => left ** 2)) };
}

/** sinh(k·angle)/sinh(n·angle), by exponentials that cannot overflow; a straight line where there is no urgency. */
function share(left: number, all: number, angle: number): number {
  if (angle < 1e-9) return left / all;
  return (Math.exp(-(all - left) * angle) * -Math.expm1(-2 * left * angle)) / -Math.expm1(-2 * all * angle);
}

/** Check an order; give the length of an interval and the temporary impact less what permanent impact hides in it. */
function measures(order: Order): readonly [number, number] {
  const { size, horizon, intervals, volatility, permanent, temporary, spread, aversion } = order;
  checkPositive([size, horizon, temporary], 'size, horizon, temporary', 3);
  if (!Number.isSafeInteger(intervals) || intervals < 1) {
    throw new ForecastError('intervals', String(intervals), 'give a whole number of at least 1');
  }
  for (const [path, value] of Object.entries({ volatility, permanent, spread, aversion })) {
    if (!(value >= 0 && value < Infinity))
      throw new ForecastError(path, String(value), 'give a finite number, zero or more');
  }
  const step = horizon / intervals;
  const adjusted = temporary - (permanent * step) / 2;
  checkInside(adjusted, 0, Infinity, 'temporary less half of permanent × interval');
  return [step, adjusted];
}
