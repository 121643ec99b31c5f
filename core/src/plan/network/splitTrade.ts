// One trade shared among parallel constant-product pools: the case of the network problem that has a closed form.

import { at, sum } from '../../forecast/Numbers.ts';
import { checkAbove, checkNotBelow, NetworkError } from './Network.ts';

/** State a pool as seen by the trade: reserves {tok} of what is sold and of what is bought, fee {1} of the input, [0, 1). */
export type Pool = { readonly sold: number; readonly bought: number; readonly fee: number };

/** Hold how much each pool takes, what all of them pay, and what one more token sold would bring. */
export type Split = { readonly sold: readonly number[]; readonly bought: number; readonly marginal: number };

/**
 * Share `amount` {tok} so that every pool used ends at the same marginal price ν, and no other starts above it:
 * x_i = (√(γ_i·X_i·Y_i/ν) − X_i)/γ_i with 1/√ν = (amount + Σ X_i/γ_i)/Σ √(X_i·Y_i/γ_i) over the pools used (water-filling). Throws
 * NetworkError.
 */
export function splitTrade(pools: readonly Pool[], amount: number): Split {
  if (pools.length === 0) throw new NetworkError('pools', 'none', 'give at least one');
  for (const [index, pool] of pools.entries()) checkPool(pool, `pools[${index}]`);
  checkNotBelow([amount], 1, 'amount');
  const ranked = pools.map(best).toSorted((a, b) => b - a);
  let marginal = at(ranked, 0);
  for (let count = 1; count <= pools.length; count++) {
    const used = pools.filter((pool) => best(pool) >= at(ranked, count - 1));
    const depth = sum(used.map(({ sold, bought, fee }) => Math.sqrt((sold * bought) / (1 - fee))));
    marginal = (depth / (amount + sum(used.map(({ sold, fee }) => sold / (1 - fee))))) ** 2;
    if (count === pools.length || at(ranked, count) <= marginal) break;
  }
  const sold = pools.map((pool) => {
    const keep = 1 - pool.fee;
    return Math.max(0, Math.sqrt((keep * pool.sold * pool.bought) / marginal) - pool.sold) / keep;
  });
  const bought = sum(pools.map((pool, index) => take(pool, at(sold, index))));
  return { sold, bought, marginal };
}

/** Refuse a pool without reserves, or with a fee that takes everything. Throws NetworkError. */
export function checkPool({ sold, bought, fee }: Pool, path: string): void {
  checkAbove([sold, bought], 2, path);
  if (!(fee >= 0 && fee < 1)) throw new NetworkError(`${path}.fee`, `${fee}`, 'give a share in [0, 1)');
}

/** Give the marginal price before any trade, after the fee. */
function best({ sold, bought, fee }: Pool): number {
  return ((1 - fee) * bought) / sold;
}

function take(pool: Pool, input: number): number {
  const effective = (1 - pool.fee) * input;
  return (pool.bought * effective) / (pool.sold + effective);
}
