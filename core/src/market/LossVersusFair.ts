// What a Dutch auction costs and how long it takes, when blocks come at random and prices move between them: fall fast
// and the fill comes late in a block at a bad price, fall slowly and the price has time to run away.

import { checkPositive, checkWithin } from './Terms.ts';

/** State the auction and the market, in one unit of time of the caller's, such as days. */
export type Race = {
  /** Standard deviation of the log price in a unit of time. */
  readonly volatility: number;
  /** Speed at which the log of the asked price falls. */
  readonly decay: number;
  /** Mean time between blocks. */
  readonly block: number;
};

/**
 * Believe the share of the fair value that is lost at the fill {1}: 1/(1 + α), α = (√(δ² + 2σ²/Δ) − δ)/σ²
 * (Moallemi and Robinson, "Loss-versus-fair: efficiency of Dutch auctions on blockchains", 2024). It does not depend on
 * the start, as long as that is not below the fair price. Throws MarketError.
 */
export function loss(race: Race): number {
  const { volatility, decay } = race;
  const speed = speedOf(race);
  // √(δ² + 2σ²/Δ) − δ in the form that does not subtract nearly equal numbers.
  const alpha = (speed ** 2 - decay ** 2) / (speed + decay) / volatility ** 2;
  return 1 / (1 + alpha);
}

/**
 * Believe the time to the fill, from a start at `premium` (log, zero or more) above the fair price:
 * z₀/δ + Δ + σ²/(δ(√(δ² + 2σ²/Δ) + δ)) (Moallemi and Robinson, 2024). Throws MarketError.
 */
export function fillTime(race: Race, premium: number): number {
  checkWithin(premium, 0, Number.MAX_VALUE, 'premium');
  const { volatility, decay, block } = race;
  return premium / decay + block + volatility ** 2 / (decay * (speedOf(race) + decay));
}

/**
 * Choose the decay that minimises loss + ½·aversion·σ²·(time to the fill): what waiting risks, priced like any other
 * deviation from target. By bisection on the derivative, in logarithms. Throws MarketError.
 */
export function bestDecay(
  terms: Omit<Race, 'decay'> & { readonly premium: number; readonly aversion: number },
): number {
  checkPositive(terms.aversion, 'aversion');
  checkWithin(terms.premium, 0, Number.MAX_VALUE, 'premium');
  const pace = terms.volatility / Math.sqrt(terms.block);
  let [low, high] = [Math.log(pace) - 60, Math.log(pace) + 60];
  while (high - low > 1e-14 * (1 + Math.abs(low))) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (slope({ ...terms, decay: Math.exp(middle) }, terms.premium, terms.aversion) < 0) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}

/** The derivative of loss + ½·aversion·σ²·time by the decay. */
function slope(race: Race, premium: number, aversion: number): number {
  const { volatility, decay } = race;
  const speed = speedOf(race);
  const [variance, total] = [volatility ** 2, speed + decay];
  const loses = loss(race) ** 2 * ((1 - decay / speed) / variance);
  const takes = -premium / decay ** 2 - variance / (decay ** 2 * total) - variance / (decay * speed * total);
  return loses + (aversion / 2) * variance * takes;
}

function speedOf({ volatility, decay, block }: Race): number {
  checkPositive(volatility, 'volatility');
  checkPositive(decay, 'decay');
  checkPositive(block, 'block');
  return Math.sqrt(decay ** 2 + (2 * volatility ** 2) / block);
}
