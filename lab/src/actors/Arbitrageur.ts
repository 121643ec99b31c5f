// Keeps pools at the market's price. Whoever can trade a pool against the market at no other cost than the pool's fee
// pushes it to the edge of a band one fee wide around the fair price, and no further (Milionis, Moallemi and
// Roughgarden, 2023, "Automated Market Making and Arbitrage Profits in the Presence of Fees").

import { FixedPoint } from '@trimtab/core';
import type { Asset, AssetId, Concentrated, MarketId, Price } from '@trimtab/core';

/** Tell the market's price of an asset, D18{USD/tok}, and its decimals. */
export type Fair = ReadonlyMap<AssetId, { readonly price: Price; readonly decimals: number }>;

/** Ask for one trade that takes a pool to a price: `sqrtPriceX96` as the pool counts it. */
export type Move = { readonly market: MarketId; readonly sqrtPriceX96: bigint };

/** What an arbitrageur looks at in a pool. */
export type Pool = Pick<Concentrated, 'id' | 'assets' | 'sqrtPriceX96' | 'feePpm'>;

/** Pair assets with their market prices. */
export function fair(assets: readonly Asset[], prices: readonly Price[]): Fair {
  return new Map(assets.map(({ id, decimals }, i) => [id, { price: priceAt(prices, i), decimals }]));
}

/**
 * List the trades that an arbitrageur would make now, one at most for each pool. Pools of a triangle are judged alone:
 * each is traded against the market, and where all agree with the market they agree with each other.
 * Throws RangeError if a pool trades an asset whose fair price is not told.
 */
export function moves(pools: readonly Pool[], market: Fair): readonly Move[] {
  return pools.flatMap((pool) => {
    const to = target(pool, market);
    return to === undefined ? [] : [{ market: pool.id, sqrtPriceX96: to }];
  });
}

/**
 * Give the square-root price to which trading a pool pays, or undefined where no trade pays.
 * The edge is rounded away from the fair price: the arbitrageur stops an atom early and never trades at a loss.
 */
export function target(pool: Pool, market: Fair): bigint | undefined {
  const [low, high] = feeBand(pool, market);
  if (pool.sqrtPriceX96 < low) return low;
  return pool.sqrtPriceX96 > high ? high : undefined;
}

/**
 * Give the square-root prices between which no trade with a pool pays: fair·(1 − fee) rounded down to
 * fair / (1 − fee) rounded up, D96{sqrt(atom1/atom0)}.
 */
export function feeBand(pool: Pool, market: Fair): readonly [bigint, bigint] {
  const [first, second] = pool.assets.map((id) => known(market, id, pool.id));
  if (first === undefined || second === undefined) throw new RangeError(`${pool.id} has no two assets`);
  // Atoms of asset 1 for one atom of asset 0 at the fair prices, as a fraction.
  const up = first.price * FixedPoint.pow10(second.decimals);
  const down = second.price * FixedPoint.pow10(first.decimals);
  const kept = BigInt(1_000_000 - pool.feePpm);
  const low = FixedPoint.sqrtDown(((up * kept) << 192n) / (down * 1_000_000n));
  const high = sqrtUp(FixedPoint.divUp((up * 1_000_000n) << 192n, down * kept));
  return [low, high];
}

function sqrtUp(value: bigint): bigint {
  const root = FixedPoint.sqrtDown(value);
  return root * root === value ? root : root + 1n;
}

function known(market: Fair, asset: AssetId, pool: MarketId): { readonly price: Price; readonly decimals: number } {
  const found = market.get(asset);
  if (found === undefined) throw new RangeError(`no fair price for ${asset}, which ${pool} trades`);
  return found;
}

function priceAt(prices: readonly Price[], index: number): Price {
  const price = prices[index];
  if (price === undefined) throw new RangeError(`${prices.length} prices do not cover asset ${index}`);
  return price;
}
