// A pool that trades only in batches, all at one price: the one at which its product of reserves is highest. Whoever
// trades last in a block gets what everybody gets, so that there is nothing to run in front of, and opposite orders meet
// each other first: only what is left of them touches the pool.

import type { AssetId } from '../money/Asset.ts';
import { approximate } from '../money/approximate.ts';
import { min, mulDivDown, mulDivUp } from '../money/Fixed.ts';
import { checkInput, sideOf } from './amm/Pair.ts';
import type { MarketId, Rate, Swapped, Trade, Values } from './Market.ts';
import { checkAtLeast, checkLength, checkPair, MarketError } from './Terms.ts';

/** State a pool and what this batch already asks of it. Amounts in atoms. */
export type Batch = {
  readonly kind: 'batch';
  readonly id: MarketId;
  /** The base asset, and the quote asset that prices are in. */
  readonly assets: readonly [AssetId, AssetId];
  readonly reserves: readonly [bigint, bigint];
  /** Base that the orders so far buy, less what they sell; below half of the reserve. */
  readonly net: bigint;
};

/** Ask to buy or sell up to `base` atoms, at a price of at most or at least `limit` quote atoms (`bought`) for base (`sold`). */
export type Order = { readonly side: 'buy' | 'sell'; readonly base: bigint; readonly limit: Rate };

/** State what one order trades. A buyer's payment is rounded up, a seller's proceeds down. */
export type Fill = { readonly base: bigint; readonly quote: bigint };

/** State the one price of a batch, what it does to the pool, and the fills in the order of the orders. */
export type Clearing = { readonly price: Rate; readonly net: bigint; readonly fills: readonly Fill[] };

/** Refuse a state from which no price follows. Throws MarketError. */
export function check(batch: Batch): void {
  checkPair(batch.assets);
  checkLength(batch.reserves, 2, 'reserves');
  priceAt(batch, batch.net);
}

/**
 * Give the price at which the pool sells `net` base in all: Y/(X − 2·net), quote (`bought`) for base (`sold`)
 * (Canidio and Fritsch, "Arbitrageurs' profits, LVR, and sandwich attacks: batch trading as an AMM design response", 2023).
 * Throws MarketError where the pool cannot sell so much at any price.
 */
export function priceAt({ reserves }: Batch, net: bigint): Rate {
  const [x, y] = reserves;
  checkAtLeast(x, 1n, 'reserves[0]');
  checkAtLeast(y, 1n, 'reserves[1]');
  if (2n * net >= x) throw new MarketError('net', `${net}`, `buy less than half of the reserve of ${x}`);
  return { bought: y, sold: x - 2n * net };
}

/** Give the price as the batch stands. Throws NotTraded, MarketError. */
export function spot(batch: Batch, sell: AssetId): Rate {
  const { bought, sold } = priceAt(batch, batch.net);
  return sideOf(batch, sell) === 0 ? { bought, sold } : { bought: sold, sold: bought };
}

/**
 * Add an order without a limit to the batch, as its last: what `sold` atoms fetch at the price that they lead to,
 * rounded down. Throws NotTraded, BadInput, MarketError.
 */
export function swap(batch: Batch, sell: AssetId, sold: bigint): Swapped & { readonly after: Batch } {
  checkInput(batch, sold);
  const [base, quote] = batch.assets;
  if (sideOf(batch, sell) === 0) {
    const net = batch.net - sold;
    const price = priceAt(batch, net);
    const bought = mulDivDown(sold, price.bought, price.sold);
    return { sell, buy: quote, sold, bought, fee: 0n, feeIn: sell, after: { ...batch, net } };
  }
  // Solve b·Y/(X − 2(net + b)) = sold for b: always less than what the pool can sell.
  const price = priceAt(batch, batch.net);
  const bought = mulDivDown(sold, price.sold, price.bought + 2n * sold);
  return { sell, buy: base, sold, bought, fee: 0n, feeIn: sell, after: { ...batch, net: batch.net + bought } };
}

/**
 * Find the order that gains most at `values` for one trader alone: it stops half-way, because it moves its own price.
 * Many who compete bring the price all the way. Undefined where none gains.
 */
export function arb(batch: Batch, values: Values): Trade | undefined {
  const price = priceAt(batch, batch.net);
  const [x, y] = [approximate(price.sold, 1n), approximate(price.bought, 1n)];
  const [base, quote] = batch.assets;
  const worth = (values[base] ?? NaN) / (values[quote] ?? NaN);
  const selling = (Math.sqrt((x * y) / worth) - x) / 2;
  if (selling > 0) return { sell: base, buy: quote, sold: selling, bought: (selling * y) / (x + 2 * selling) };
  const paying = (Math.sqrt(x * y * worth) - y) / 2;
  if (paying > 0) return { sell: quote, buy: base, sold: paying, bought: (paying * x) / (y + 2 * paying) };
  return undefined;
}

/**
 * Clear orders at one price. Either the price is the pool's own for what the orders with a better limit lack, or it is
 * one of the limits, and the orders at that limit are filled in proportion. `batch.net` is not looked at.
 * Throws MarketError on orders that are none.
 */
export function clear(batch: Batch, orders: readonly Order[]): Clearing {
  orders.forEach(checkOrder);
  const nobody = { buy: 0n, sell: 0n };
  // From the lowest price up, supply grows and demand shrinks: the first price at which they meet is the only one.
  for (const { limit } of orders.toSorted((one, other) => compare(one.limit, other.limit))) {
    const below = total(orders, 'buy', limit, [0, 1]) - total(orders, 'sell', limit, [-1]);
    if (2n * below < batch.reserves[0] && compare(priceAt(batch, below), limit) < 0) {
      return cleared(orders, priceAt(batch, below), below, nobody);
    }
    const at = { buy: total(orders, 'buy', limit, [0]), sell: total(orders, 'sell', limit, [0]) };
    const net = netAt(batch, limit);
    // What the orders at the limit have to add to those with a better one.
    const rest = net - (below - at.buy);
    if (rest < -at.sell) continue;
    const buy = min(at.buy, at.sell + rest);
    return cleared(orders, limit, net, { buy, sell: buy - rest });
  }
  const net = orders.reduce((sum, { side, base }) => (side === 'sell' ? sum - base : sum), 0n);
  return cleared(orders, priceAt(batch, net), net, nobody);
}

/** Fill every order with a better limit than the price, and those at it up to `at` of each side, in proportion. */
function cleared(orders: readonly Order[], price: Rate, net: bigint, at: { buy: bigint; sell: bigint }): Clearing {
  const whole = { buy: total(orders, 'buy', price, [0]), sell: total(orders, 'sell', price, [0]) };
  const seen = { buy: 0n, sell: 0n };
  const fills = orders.map(({ side, base, limit }): Fill => {
    const better = compare(limit, price) * (side === 'buy' ? 1 : -1);
    if (better > 0) return fillOf(side, base, price);
    if (better < 0 || whole[side] === 0n) return { base: 0n, quote: 0n };
    // Shares of what has gone before, so that the parts add up to the whole.
    const before = mulDivDown(at[side], seen[side], whole[side]);
    seen[side] += base;
    return fillOf(side, mulDivDown(at[side], seen[side], whole[side]) - before, price);
  });
  return { price, net, fills };
}

function fillOf(side: Order['side'], base: bigint, { bought, sold }: Rate): Fill {
  return { base, quote: side === 'buy' ? mulDivUp(base, bought, sold) : mulDivDown(base, bought, sold) };
}

/** Add up the orders of a side whose limits lie below (-1), at (0) or above (1) a price. */
function total(orders: readonly Order[], side: Order['side'], price: Rate, where: readonly number[]): bigint {
  return orders.reduce(
    (sum, order) => (order.side === side && where.includes(compare(order.limit, price)) ? sum + order.base : sum),
    0n,
  );
}

/** What the pool sells at a price, (X − Y/p)/2, rounded towards zero: it trades no more than the price is good for. */
function netAt({ reserves: [x, y] }: Batch, { bought, sold }: Rate): bigint {
  return (x * bought - y * sold) / (2n * bought);
}

function compare(one: Rate, other: Rate): -1 | 0 | 1 {
  const [left, right] = [one.bought * other.sold, other.bought * one.sold];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function checkOrder({ base, limit }: Order, index: number): void {
  checkAtLeast(base, 0n, `orders[${index}].base`);
  checkAtLeast(limit.bought, 1n, `orders[${index}].limit.bought`);
  checkAtLeast(limit.sold, 1n, `orders[${index}].limit.sold`);
}
