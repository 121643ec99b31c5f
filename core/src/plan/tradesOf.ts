// From the flow that the program chose, in floats, to trades of whole atoms along paths: the first step back from belief to money.

import type { AssetId } from '../money/Asset.ts';
import { atomsUp, valueDown } from '../money/Amount.ts';
import { approximate } from '../money/approximate.ts';
import { max, min, pow10 } from '../money/Fixed.ts';
import type { Usd } from '../money/Price.ts';
import type { Market } from '../market/Market.ts';
import type { Position } from '../portfolio/Portfolio.ts';
import type { Choice } from './choose/Choice.ts';
import { carried, decompose, edgesOf, type Edge, type Way } from './decompose.ts';
import type { Share } from './Lane.ts';
import type { Hop, Path } from './Mesh.ts';
import { real } from './program/Flat.ts';
import { quantize } from './quantize.ts';
import type { Trade } from './sequence.ts';
import type { Survey } from './survey.ts';

/**
 * Hold trades, and the offers of the survey, by number, that mislead: those of whose trade less than half is on the way to anything that is
 * bought, and those that take only whole lots of what another market pays, which never comes to that.
 */
export type Untangled = { readonly trades: readonly Trade[]; readonly misleading: ReadonlySet<number> };

/**
 * Pair what is sold with what is bought, along the paths of a chosen flow. No trade sells more than is held, all together; what a trade leaves
 * above its target is sold with it where that is worth at most `dust`. `value` is the portfolio's.
 */
export function tradesOf(seen: Survey, choice: Choice, value: Usd, dust: Usd): Untangled {
  const { positions, goal } = seen;
  const edges = choice.trades.flatMap((chosen, index): readonly Edge[] => {
    const model = seen.offers[index]?.alternatives[chosen?.alternative ?? 0];
    return chosen === undefined || model === undefined
      ? []
      : edgesOf(index, model.tokens, chosen.got, seen.goal.prices);
  });
  const ways = decompose(edges, own(choice.net, positions.length), goal.prices);
  const pairs = new Map<string, { readonly sell: Position; readonly buy: Position; readonly shares: Share[] }>();
  for (const [token, position] of positions.entries()) {
    const most = sellable(position, goal.weights[token] ?? 0, value);
    for (const { way, sold } of divide(
      position,
      most,
      dust,
      ways.filter(({ sell }) => sell === token),
    )) {
      const buy = positions[way.buy];
      if (buy === undefined || sold === 0n) continue;
      const key = `${token}>${way.buy}`;
      const pair = pairs.get(key) ?? { sell: position, buy, shares: [] };
      pair.shares.push({ path: pathOf(seen, edges, way), sold });
      pairs.set(key, pair);
    }
  }
  const trades = [...pairs.values()].map(({ sell, buy, shares }) => ({
    sell,
    buy,
    shares: merged(shares),
    value: valueOf(sell, shares),
  }));
  const shares = carried(edges, ways);
  const circling = edges.filter((_, place) => real(shares, place) < 0.5);
  const later = ways.flatMap((way) => way.edges.slice(1)).flatMap((place) => edges[place] ?? []);
  const stuck = later.filter(({ market }) => isInLots(seen.markets[market]));
  return { trades, misleading: new Set([...circling, ...stuck].map(({ market }) => market)) };
}

function isInLots(market: Market | undefined): boolean {
  return market?.kind === 'book' || (market?.kind === 'gradual-auction' && market.supply.kind === 'discrete');
}

/** Value what shares sell, rounded down. */
export function valueOf(sell: Position, shares: readonly Share[]) {
  const sold = shares.reduce((sum, share) => sum + share.sold, 0n);
  return valueDown(sold, sell.asset.decimals, sell.price);
}

/** Leave out of a flow what rounding left of tokens that only pass through. */
function own(net: Float64Array, count: number): Float64Array {
  return net.map((amount, token) => (token < count ? amount : 0));
}

/**
 * Give each way its atoms, rounded down: what is wanted is never more than there is. What is a hair short of all that may be sold is all of
 * it, the rest along the widest way: nothing is left behind as dust.
 */
function divide({ held, asset, price }: Position, most: bigint, dust: Usd, ways: readonly Way[]) {
  if (most <= 0n || ways.length === 0) return [];
  const whole = approximate(held, pow10(asset.decimals));
  let left = most;
  const parts = ways.map((way) => {
    const sold = min(left, quantize(Math.min(1, way.sold / whole), held));
    left -= sold;
    return { way, sold };
  });
  if (valueDown(left, asset.decimals, price) > dust) return parts;
  const widest = parts.reduce((best, part, index) => (part.sold > (parts[best]?.sold ?? 0n) ? index : best), 0);
  return parts.map((part, index) => (index === widest ? { ...part, sold: part.sold + left } : part));
}

/** Count what may be sold of a position: what is held, down to its target if that is above what cannot be sold. */
function sellable({ asset, held, arriving, staked, price }: Position, weight: number, value: Usd): bigint {
  const target = weight > 0 ? atomsUp(quantize(Math.min(1, weight), value), asset.decimals, price) : 0n;
  return min(held, held - max(0n, target - arriving - staked));
}

function pathOf({ assets, markets }: Survey, edges: readonly Edge[], { edges: places }: Way): Path {
  return places.flatMap((place): readonly Hop[] => {
    const edge = edges[place];
    const market = markets[edge?.market ?? -1];
    const buy: AssetId | undefined = assets[edge?.to ?? -1];
    return market === undefined || buy === undefined ? [] : [{ market, buy }];
  });
}

/** Join shares that go the same way. */
function merged(shares: readonly Share[]): readonly Share[] {
  const ways = new Map<string, Share>();
  for (const share of shares) {
    const key = share.path.map(({ market, buy }) => `${market.id}>${buy}`).join(' ');
    ways.set(key, { ...share, sold: share.sold + (ways.get(key)?.sold ?? 0n) });
  }
  return [...ways.values()].toSorted((a, b) => (a.sold === b.sold ? 0 : a.sold > b.sold ? -1 : 1));
}
