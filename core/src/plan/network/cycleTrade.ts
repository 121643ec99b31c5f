// A round through constant-product pools back to the token it began with: one pool after another is again such a curve, so the best
// size has a closed form.

import { NetworkError } from './Network.ts';
import { checkPool, type Pool } from './splitTrade.ts';

/** Hold the best input {tok} and what the round brings beyond it {tok}; both zero where no size gains. */
export type Cycle = { readonly input: number; readonly profit: number };

/**
 * Find the size at which a round through `hops` gains most. Each hop maps x to A·x/(1 + C·x) with A = γ·Y/X and C = γ/X, which composes
 * to the same form (Möbius): input = (√A − 1)/C, profit = (√A − 1)²/C. Throws NetworkError.
 */
export function cycleTrade(hops: readonly Pool[]): Cycle {
  if (hops.length < 2) throw new NetworkError('hops', `${hops.length}`, 'give at least two');
  for (const [index, hop] of hops.entries()) checkPool(hop, `hops[${index}]`);
  let [gain, slope] = [1, 0];
  for (const { sold, bought, fee } of hops) {
    slope += (gain * (1 - fee)) / sold;
    gain *= ((1 - fee) * bought) / sold;
  }
  if (gain <= 1) return { input: 0, profit: 0 };
  const excess = Math.sqrt(gain) - 1;
  return { input: excess / slope, profit: excess ** 2 / slope };
}
