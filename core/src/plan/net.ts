// Who trades with whom. What is over is sold straight into what is short, so that nothing is bought only to be sold
// again: by a market that joins the two where one exists, else through one common asset.

import type { AssetId } from '../money/Asset.ts';
import { valueDown } from '../money/Amount.ts';
import { max, min, mulDivDown } from '../money/Fixed.ts';
import { dollars, type Usd } from '../money/Price.ts';
import type { Position } from '../portfolio/Portfolio.ts';
import * as Mesh from './Mesh.ts';

/** Say how far a position's value should change: up to buy, down to sell. */
export type Change = { readonly position: Position; readonly by: Usd };

/** Pair a sale with a purchase of the same value. */
export type Trade = { readonly sell: Position; readonly buy: Position; readonly value: Usd };

/** Hold the pairs and, for whatever found none, the reason. */
export type Netted = { readonly trades: readonly Trade[]; readonly left: ReadonlyMap<AssetId, string> };

type Want = { readonly position: Position; value: Usd };

/** Leave this share (1 %) of custody's room unused when it binds: the room is measured again at the fill's prices. */
const SPARE = 100n;

/**
 * Match sellers with buyers: pairs with a market of their own first, the largest first, and no trade below
 * `minNotional`. All together sell at most `room`. The answer does not depend on the order of `changes`.
 */
export function net(mesh: Mesh.Mesh, changes: readonly Change[], minNotional: Usd, room: Usd): Netted {
  const left = new Map<AssetId, string>();
  const wants = (side: 'sell' | 'buy'): Want[] =>
    changes.flatMap((change) => {
      const value = size(change, side);
      if (value > 0n && value < minNotional) left.set(change.position.asset.id, small(value, minNotional));
      return value > 0n && value >= minNotional ? [{ position: change.position, value }] : [];
    });
  const sellers = wants('sell');
  const buyers = wants('buy');
  const least = max(minNotional, 1n);
  const trades = match(mesh, sellers, buyers, least);
  const traded = new Set(trades.flatMap(({ sell, buy }) => [sell.asset.id, buy.asset.id]));
  const explain = (wants: readonly Want[], others: readonly Want[]): void => {
    for (const { position } of wants) {
      if (!traded.has(position.asset.id))
        left.set(position.asset.id, unmatched(mesh, position.asset.id, others, least));
    }
  };
  explain(sellers, buyers);
  explain(buyers, sellers);
  return { ...within(trades, room, minNotional, left), left };
}

/** Pair off the largest possible trade again and again; whatever is left is below the minimum or has no way to go. */
function match(mesh: Mesh.Mesh, sellers: readonly Want[], buyers: readonly Want[], least: Usd): readonly Trade[] {
  const pairs = sellers.flatMap((sell) =>
    buyers.map((buy) => ({ sell, buy, hops: Mesh.distance(mesh, sell.position.asset.id, buy.position.asset.id) })),
  );
  const trades: Trade[] = [];
  for (const hops of [1, 2]) {
    let open = pairs.filter((pair) => pair.hops === hops);
    while (open.length > 0) {
      open = open.filter((pair) => possible(pair) >= least);
      const pair = open.reduce<Pair | undefined>((best, one) => (before(one, best) ? one : best), undefined);
      if (pair === undefined) break;
      const value = possible(pair);
      pair.sell.value -= value;
      pair.buy.value -= value;
      trades.push({ sell: pair.sell.position, buy: pair.buy.position, value });
    }
  }
  return trades;
}

type Pair = { readonly sell: Want; readonly buy: Want };

function possible({ sell, buy }: Pair): Usd {
  return min(sell.value, buy.value);
}

/** Order pairs by size; by name where sizes are equal, so that the answer does not depend on how assets are listed. */
function before(one: Pair, other: Pair | undefined): boolean {
  if (other === undefined) return true;
  const [a, b] = [possible(one), possible(other)];
  return a === b ? name(one) < name(other) : a > b;
}

function name({ sell, buy }: Pair): string {
  return `${sell.position.asset.id}>${buy.position.asset.id}`;
}

/** Shrink all trades alike to what custody still lets through. */
function within(trades: readonly Trade[], room: Usd, least: Usd, left: Map<AssetId, string>): Pick<Netted, 'trades'> {
  const total = trades.reduce((sum, { value }) => sum + value, 0n);
  if (total <= room) return { trades };
  const usable = max(0n, room - room / SPARE);
  const kept: Trade[] = [];
  for (const trade of trades) {
    const value = mulDivDown(trade.value, usable, total);
    if (value >= least && value > 0n) kept.push({ ...trade, value });
    else {
      const why = `custody has room to sell ${dollars(room)} of the ${dollars(total)} wanted; its share is below the minimum`;
      left.set(trade.sell.asset.id, why).set(trade.buy.asset.id, why);
    }
  }
  return { trades: kept };
}

/** Bound a sale by what is in hand: what is still arriving counts as held but cannot be sold. */
function size({ position, by }: Change, side: 'sell' | 'buy'): Usd {
  if (side === 'buy') return max(0n, by);
  return min(max(0n, -by), max(0n, valueDown(position.held, position.asset.decimals, position.price)));
}

function small(value: Usd, minNotional: Usd): string {
  return `worth ${dollars(value)}, below the ${dollars(minNotional)} minimum`;
}

function unmatched(mesh: Mesh.Mesh, asset: AssetId, others: readonly Want[], least: Usd): string {
  if (Mesh.at(mesh, asset).length === 0) return 'no market trades it';
  if (others.every(({ value }) => value < least)) return 'nothing is left to trade it against';
  return 'no market, and no two in a row, trade it against what is left on the other side';
}
