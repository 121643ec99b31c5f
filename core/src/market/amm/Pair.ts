// What all pools share: which of their assets is which, and what an amount must be to be taken.

import type { AssetId } from '../../money/Asset.ts';

/** State the assets of a pool, in the pool's own order. */
export type Traded = { readonly id: string; readonly assets: readonly AssetId[] };

/** State the two assets of a pool, in the pool's own order. */
export type Pair = Traded & { readonly assets: readonly [AssetId, AssetId] };

/** Say at which side of a pool of two an asset stands. */
export type Side = 0 | 1;

/** Find an asset's side. Throws NotTraded. */
export function sideOf(pair: Pair, asset: AssetId): Side {
  if (pair.assets[0] === asset) return 0;
  if (pair.assets[1] === asset) return 1;
  throw new NotTraded(pair, asset);
}

/**
 * Find the places of what is sold and what is bought; a pool of two need not be told what is bought.
 * Throws NotTraded, BuyUnnamed.
 */
export function placesOf(pool: Traded, sell: AssetId, buy?: AssetId): readonly [number, number] {
  const from = pool.assets.indexOf(sell);
  if (from < 0) throw new NotTraded(pool, sell);
  if (buy === undefined && pool.assets.length !== 2) throw new BuyUnnamed(pool, sell);
  const to = buy === undefined ? 1 - from : pool.assets.indexOf(buy);
  if (to < 0 || to === from) throw new NotTraded(pool, buy ?? sell, sell);
  return [from, to];
}

/** Take what a pool says of one of its assets. Throws BadPool where it says nothing. */
export function at<Value>(pool: Traded, values: readonly Value[], place: number): Value {
  const value = values[place];
  if (value === undefined) throw new BadPool(pool, place, values.length);
  return value;
}

/** Check an amount before a swap. Throws BadInput below zero. */
export function checkInput(pool: Traded, atoms: bigint): void {
  if (atoms < 0n) throw new BadInput(pool, atoms);
}

/** Report a question to a pool about an asset that it does not trade, or not for another. */
export class NotTraded extends Error {
  override readonly name = 'NotTraded';
  readonly next = 'halt';
  constructor(pool: Traded, asset: AssetId, against?: AssetId) {
    const what = against === undefined ? asset : `${asset} for ${against}`;
    super(`${pool.id} was asked about ${what} but trades ${pool.assets.join(' and ')}; ask a market that trades it`);
  }
}

/** Report a question to a pool of many assets that leaves open what is bought. */
export class BuyUnnamed extends Error {
  override readonly name = 'BuyUnnamed';
  readonly next = 'halt';
  constructor(pool: Traded, sell: AssetId) {
    super(`${pool.id} was asked what ${sell} fetches but trades ${pool.assets.join(', ')}; name the asset to buy`);
  }
}

/** Report an input that no pool can take. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
  readonly next = 'halt';
  constructor(pool: Traded, atoms: bigint) {
    super(`${pool.id} was asked to trade ${atoms} atoms; swap the other way round to sell the other asset`);
  }
}

/** Report a pool that does not say something of each of its assets. */
export class BadPool extends Error {
  override readonly name = 'BadPool';
  readonly next = 'halt';
  constructor(pool: Traded, place: number, known: number) {
    super(
      `${pool.id} states ${known} values for ${pool.assets.length} assets and lacks number ${place}; read it again`,
    );
  }
}
