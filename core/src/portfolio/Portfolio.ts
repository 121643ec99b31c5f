// What is held, priced: the snapshot's balances seen as one sum of money.

import type { Asset, AssetId } from '../money/Asset.ts';
import { valueDown } from '../money/Amount.ts';
import { approximate } from '../money/approximate.ts';
import type { Price, Usd } from '../money/Price.ts';
import type { Weight } from '../money/Weight.ts';
import type { Snapshot } from './Snapshot.ts';

/** Hold positions in the portfolio's order and what they are worth together. */
export type Portfolio = { readonly positions: readonly Position[]; readonly value: Usd };

/** State one asset's balance, primary price and value. Only `held` can be sold; `arriving` already counts. */
export type Position = {
  readonly asset: Asset;
  readonly held: bigint;
  readonly arriving: bigint;
  readonly price: Price;
  readonly value: Usd;
};

/** Value every holding at its primary price, rounded down. Throws Unvalued where an asset or its price is missing. */
export function of(snapshot: Snapshot): Portfolio {
  const assets = new Map(snapshot.assets.map((asset) => [asset.id, asset]));
  const prices = primaryPrices(snapshot);
  const arriving = new Map<AssetId, bigint>();
  for (const transfer of snapshot.inFlight) {
    arriving.set(transfer.asset, (arriving.get(transfer.asset) ?? 0n) + transfer.atoms);
  }
  let total = 0n;
  const positions = snapshot.holdings.map((holding): Position => {
    const asset = assets.get(holding.asset);
    const price = prices.get(holding.asset);
    if (asset === undefined || price === undefined) throw new Unvalued(holding.asset);
    const coming = arriving.get(holding.asset) ?? 0n;
    const value = valueDown(holding.atoms + coming, asset.decimals, price);
    total += value;
    return { asset, held: holding.atoms, arriving: coming, price, value };
  });
  return { positions, value: total };
}

/** Collect each asset's primary price: its first reading. */
export function primaryPrices(snapshot: Snapshot): ReadonlyMap<AssetId, Price> {
  const prices = new Map<AssetId, Price>();
  for (const reading of snapshot.prices) {
    if (!prices.has(reading.asset)) prices.set(reading.asset, reading.price);
  }
  return prices;
}

/** Give a position's share of the portfolio's value, which must not be zero. */
export function weight(portfolio: Portfolio, position: Position): Weight {
  return approximate(position.value, portfolio.value);
}

/** Report a holding that cannot be valued. */
export class Unvalued extends Error {
  override readonly name = 'Unvalued';
  readonly next = 'halt';
  constructor(asset: AssetId) {
    super(`${asset} is held, but the snapshot has no description or no price of it; add both before valuing`);
  }
}
