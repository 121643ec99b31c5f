// What is held, priced: the snapshot's balances seen as one sum of money. What is on its way and what is staked counts, for
// it is ours; what has been asked for and is yet to be paid out does not.

import type { Asset, AssetId } from '../money/Asset.ts';
import { valueDown } from '../money/Amount.ts';
import { approximate } from '../money/approximate.ts';
import type { Price, Usd } from '../money/Price.ts';
import type { Weight } from '../money/Weight.ts';
import type { Snapshot } from './Snapshot.ts';

/** Hold positions in the portfolio's order and what they are worth together. */
export type Portfolio = { readonly positions: readonly Position[]; readonly value: Usd };

/** State one asset's balance in atoms, primary price and value: that of `held`, `arriving` and `staked` together. */
export type Position = {
  readonly asset: Asset;
  /** What can be sold: the balance less what is claimed; negative for a debt, or for a claim on more than there is. */
  readonly held: bigint;
  readonly arriving: bigint;
  /** This asset's part of what the portfolio's liquidity would be paid out in; it cannot be sold before that. */
  readonly staked: bigint;
  readonly price: Price;
  readonly value: Usd;
};

/** Hold what counts of an asset beside its balance, in atoms. */
type Beside = { arriving: bigint; staked: bigint; claimed: bigint };

const NOTHING: Readonly<Beside> = { arriving: 0n, staked: 0n, claimed: 0n };

/**
 * Value every position at its primary price, rounded down: what is held never counts for more than it is worth, and
 * what is owed never for less. Throws Unvalued where an asset has no holding, description or price.
 */
export function of(snapshot: Snapshot): Portfolio {
  const assets = new Map(snapshot.assets.map((asset) => [asset.id, asset]));
  const prices = primaryPrices(snapshot);
  const beside = collect(snapshot);
  let total = 0n;
  const positions = snapshot.holdings.map((holding): Position => {
    const asset = assets.get(holding.asset);
    const price = prices.get(holding.asset);
    if (asset === undefined || price === undefined) throw new Unvalued(holding.asset);
    const { arriving, staked, claimed } = beside.get(holding.asset) ?? NOTHING;
    const held = holding.atoms - claimed;
    const value = valueDown(held + arriving + staked, asset.decimals, price);
    total += value;
    return { asset, held, arriving, staked, price, value };
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

/** Add up what is on its way, staked and claimed, by asset. What has no holding would be lost from sight: it is refused. */
function collect({ holdings, inFlight, stakes = [], claims = [] }: Snapshot): ReadonlyMap<AssetId, Readonly<Beside>> {
  const found = new Map<AssetId, Beside>();
  if (inFlight.length + stakes.length + claims.length === 0) return found;
  for (const { asset } of holdings) found.set(asset, { ...NOTHING });
  const of = (asset: AssetId): Beside => {
    const entry = found.get(asset);
    if (entry === undefined) throw new Unvalued(asset);
    return entry;
  };
  for (const { asset, atoms } of inFlight) of(asset).arriving += atoms;
  for (const { asset, atoms } of stakes.flatMap(({ parts }) => parts)) of(asset).staked += atoms;
  for (const { asset, atoms } of claims) of(asset).claimed += atoms;
  return found;
}

/** Report something held that cannot be valued. */
export class Unvalued extends Error {
  override readonly name = 'Unvalued';
  readonly next = 'halt';
  constructor(asset: AssetId) {
    super(
      `${asset} is held, on its way, staked or claimed, but the snapshot has no holding, description or price of it; add what is missing before valuing`,
    );
  }
}
