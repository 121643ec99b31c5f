// What every two-sided pool shares: which of its assets is which.

import type { AssetId } from '../../money/Asset.ts';

/** State the two assets of a pool, in the pool's own order. */
export type Pair = { readonly id: string; readonly assets: readonly [AssetId, AssetId] };

/** Say at which side of a pool an asset stands. */
export type Side = 0 | 1;

/** Find an asset's side. Throws NotTraded. */
export function sideOf(pair: Pair, asset: AssetId): Side {
  if (pair.assets[0] === asset) return 0;
  if (pair.assets[1] === asset) return 1;
  throw new NotTraded(pair, asset);
}

/** Check an input before a swap. Throws BadInput below zero. */
export function checkInput(pair: Pair, sold: bigint): void {
  if (sold < 0n) throw new BadInput(pair, sold);
}

/** Report a question to a pool about an asset that it does not trade. */
export class NotTraded extends Error {
  override readonly name = 'NotTraded';
  readonly next = 'halt';
  constructor(pair: Pair, asset: AssetId) {
    super(`${pair.id} was asked about ${asset} but trades ${pair.assets.join(' and ')}; ask a market that trades it`);
  }
}

/** Report an input that no pool can take. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
  readonly next = 'halt';
  constructor(pair: Pair, sold: bigint) {
    super(`${pair.id} was asked to take ${sold} atoms; swap the other way round to sell the other asset`);
  }
}
