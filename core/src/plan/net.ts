// Who trades with whom. What is over is sold straight into what is short, so that nothing is bought only to be sold
// again: by a pool that joins the two where one exists, else through one common asset. Plans go through constant-product
// and concentrated pools only; other markets are priced and judged, but nothing is routed through them.

import type { AssetId } from '../money/Asset.ts';
import { valueDown } from '../money/Amount.ts';
import { max, min } from '../money/Fixed.ts';
import { dollars, type Usd } from '../money/Price.ts';
import type { Position } from '../portfolio/Portfolio.ts';
import * as Mesh from './Mesh.ts';

/** Say how far a position's value should change: up to buy, down to sell. */
export type Change = { readonly position: Position; readonly by: Usd };

/** Pair a sale with a purchase of the same value. */
export type Trade = { readonly sell: Position; readonly buy: Position; readonly value: Usd };

/** Hold the pairs and, for each asset that is in none, the reason. */
export type Netted = { readonly trades: readonly Trade[]; readonly reasons: ReadonlyMap<AssetId, string> };

/** Hold what a position has still to sell or to buy while it is being matched. */
type Want = { readonly position: Position; left: Usd };

/**
 * Match sellers with buyers, by direct markets first and the largest first. No trade is worth less than `minNotional`:
 * a sale that is left out makes the purchases smaller. The answer does not depend on the order of `changes`.
 */
export function net(mesh: Mesh.Mesh, changes: readonly Change[], minNotional: Usd): Netted {
  const least = max(minNotional, 1n);
  const sellers = wants(changes, sellable);
  const buyers = wants(changes, ({ by }) => by);
  const trades = match(mesh, large(sellers, least), large(buyers, least), least);
  const reasons = new Map([...explain(mesh, sellers, buyers, least), ...explain(mesh, buyers, sellers, least)]);
  for (const { sell, buy } of trades) {
    reasons.delete(sell.asset.id);
    reasons.delete(buy.asset.id);
  }
  return { trades, reasons };
}

/** Bound a sale by what is in hand: what is still arriving counts as held but cannot be sold. */
function sellable({ position, by }: Change): Usd {
  return min(-by, valueDown(position.held, position.asset.decimals, position.price));
}

/** List one side, the largest first; by name where sizes are equal. */
function wants(changes: readonly Change[], size: (change: Change) => Usd): readonly Want[] {
  return changes
    .map((change): Want => ({ position: change.position, left: size(change) }))
    .filter(({ left }) => left > 0n)
    .toSorted((a, b) => (a.left === b.left ? byName(a, b) : a.left > b.left ? -1 : 1));
}

function byName(a: Want, b: Want): number {
  return a.position.asset.id < b.position.asset.id ? -1 : 1;
}

function large(list: readonly Want[], least: Usd): readonly Want[] {
  return list.filter(({ left }) => left >= least);
}

/** Let each seller, the largest first, sell to the buyers it can reach, the one who lacks most first. */
function match(mesh: Mesh.Mesh, sellers: readonly Want[], buyers: readonly Want[], least: Usd): readonly Trade[] {
  const trades: Trade[] = [];
  const ways = new Map(sellers.map((seller) => [seller, Mesh.reach(mesh, seller.position.asset.id)]));
  for (const hops of [1, 2]) {
    for (const seller of sellers) {
      const reachable = buyers.filter(({ position }) => ways.get(seller)?.get(position.asset.id) === hops);
      while (seller.left >= least) {
        const buyer = neediest(reachable);
        if (buyer === undefined || buyer.left < least) break;
        const value = min(seller.left, buyer.left);
        seller.left -= value;
        buyer.left -= value;
        trades.push({ sell: seller.position, buy: buyer.position, value });
      }
    }
  }
  return trades;
}

/** Find who lacks most now; the first by name where several do. */
function neediest(buyers: readonly Want[]): Want | undefined {
  let most: Want | undefined;
  for (const buyer of buyers) {
    if (most === undefined || buyer.left > most.left || (buyer.left === most.left && byName(buyer, most) < 0))
      most = buyer;
  }
  return most;
}

/** Say of each asset on one side what keeps it from trading with the other. */
function explain(
  mesh: Mesh.Mesh,
  side: readonly Want[],
  others: readonly Want[],
  least: Usd,
): readonly (readonly [AssetId, string])[] {
  const open = others.some(({ left }) => left >= least);
  return side.map(({ position, left }) => {
    const { id } = position.asset;
    if (left < least) return [id, `worth ${dollars(left)}, below the ${dollars(least)} minimum`];
    if (Mesh.at(mesh, id).length === 0)
      return [id, 'no constant-product or concentrated pool trades it, and a plan goes through no other market'];
    if (!open) return [id, 'nothing is left to trade it against'];
    return [id, 'no pool, and no two in a row, trade it against what is left on the other side'];
  });
}
