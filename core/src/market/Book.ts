// An order book. A taker walks the levels from the best on; nothing is assumed to be hidden behind them or to come back.
// A maker waits in a queue, and how much of that is filled is a belief that has to be stated.

import type { AssetId } from '../money/Asset.ts';
import { approximate } from '../money/approximate.ts';
import { divUp, min, mulDivDown, mulDivUp } from '../money/Fixed.ts';
import { checkInput, sideOf } from './amm/Pair.ts';
import type { MarketId, Rate, Swapped, Trade, Values } from './Market.ts';
import { checkAtLeast, checkPair, checkPositive, checkPpm, checkWithin, MarketError } from './Terms.ts';

/** State a book of base against quote. Prices are whole ticks and sizes whole lots, so that a level is exact. */
export type Book = {
  readonly kind: 'book';
  readonly id: MarketId;
  /** The base asset, and the quote asset that prices are in. */
  readonly assets: readonly [AssetId, AssetId];
  /** From the highest price down, and from the lowest up. */
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
  /** What one tick is worth: `bought` quote atoms for `sold` base atoms. */
  readonly tick: Rate;
  /** Base atoms of a lot. */
  readonly lot: bigint;
  /** What a taker pays of the quote amount, in millionths [0, 1e6). */
  readonly feePpm: number;
};

/** State how many lots are offered at a price in ticks, both at least one. */
export type Level = { readonly ticks: bigint; readonly lots: bigint };

/** Offer to buy or sell lots at a price that nobody on the other side takes yet. */
export type Offer = { readonly side: 'buy' | 'sell'; readonly ticks: bigint; readonly lots: bigint };

/**
 * Assume what comes to an offer until it is withdrawn: `volume` lots on average, at its price or through it, whose total
 * is exponentially distributed; and the share of the queue now at its price that stays ahead of it {1} [0, 1].
 */
export type Flow = { readonly volume: number; readonly ahead: number };

/** State the believed probability that an offer trades at all {1}, and the lots that it is expected to trade. */
export type Fill = { readonly probability: number; readonly lots: number };

const MILLION = 1_000_000n;

/** Give the best price for whoever sells `sell`, before the fee; nothing for anything where that side is empty. */
export function spot(book: Book, sell: AssetId): Rate {
  check(book);
  const side = sideOf(book, sell);
  const best = side === 0 ? book.bids[0] : book.asks[0];
  if (best === undefined) return { bought: 0n, sold: 1n };
  const [quote, base] = [best.ticks * book.tick.bought, book.tick.sold];
  return side === 0 ? { bought: quote, sold: base } : { bought: base, sold: quote };
}

/**
 * Take whole lots from the best level on, for up to `sold` atoms, fee included. Proceeds are rounded down and payments
 * up: the taker loses the atom. Throws NotTraded, BadInput, MarketError.
 */
export function swap(book: Book, sell: AssetId, sold: bigint): Swapped & { readonly after: Book } {
  checkInput(book, sold);
  check(book);
  const [base, quote] = book.assets;
  const fee = BigInt(book.feePpm);
  if (sideOf(book, sell) === 0) {
    const taken = take(book.bids, sold / book.lot, undefined);
    const gross = mulDivDown(taken.worth * book.lot, book.tick.bought, book.tick.sold);
    const kept = mulDivUp(gross, fee, MILLION);
    const after = { ...book, bids: taken.left };
    return { sell, buy: quote, sold: taken.lots * book.lot, bought: gross - kept, fee: kept, feeIn: quote, after };
  }
  // The most that may be paid before the fee, in tick lots: rounding up on the way back cannot pass `sold`.
  const most = mulDivDown(sold, MILLION, MILLION + fee);
  const taken = take(book.asks, undefined, mulDivDown(most, book.tick.sold, book.tick.bought * book.lot));
  const paid = divUp(taken.worth * book.lot * book.tick.bought, book.tick.sold);
  const kept = mulDivUp(paid, fee, MILLION);
  const after = { ...book, asks: taken.left };
  return { sell, buy: base, sold: paid + kept, bought: taken.lots * book.lot, fee: kept, feeIn: quote, after };
}

/** Find the trade that gains most at `values`: every level that is better than they are, after the fee. */
export function arb(book: Book, values: Values): Trade | undefined {
  check(book);
  const [base, quote] = book.assets;
  const worth = (values[base] ?? NaN) / (values[quote] ?? NaN);
  const tick = approximate(book.tick.bought, book.tick.sold);
  const fee = book.feePpm / 1e6;
  const bids = book.bids.filter(({ ticks }) => approximate(ticks, 1n) * tick * (1 - fee) > worth);
  const asks = book.asks.filter(({ ticks }) => approximate(ticks, 1n) * tick * (1 + fee) < worth);
  const [sold, bought] = [sumOf(bids), sumOf(asks)];
  const lot = approximate(book.lot, 1n);
  if (sold.lots > 0)
    return { sell: base, buy: quote, sold: sold.lots * lot, bought: sold.worth * lot * tick * (1 - fee) };
  if (bought.lots > 0)
    return { sell: quote, buy: base, sold: bought.worth * lot * tick * (1 + fee), bought: bought.lots * lot };
  return undefined;
}

/**
 * Believe what an offer that waits in the book will trade, under a stated flow. With an exponential volume of mean m and
 * a queue q ahead, it trades with probability e^(−q/m) and m(e^(−q/m) − e^(−(q + n)/m)) of its n lots on average.
 * Throws MarketError where the offer would be taken at once: then it is no maker's.
 */
export function maker(book: Book, offer: Offer, flow: Flow): Fill {
  check(book);
  checkAtLeast(offer.ticks, 1n, 'offer.ticks');
  checkAtLeast(offer.lots, 1n, 'offer.lots');
  checkPositive(flow.volume, 'flow.volume');
  checkWithin(flow.ahead, 0, 1, 'flow.ahead');
  const [own, opposite] = offer.side === 'buy' ? [book.bids, book.asks[0]] : [book.asks, book.bids[0]];
  const direction = offer.side === 'buy' ? 1n : -1n;
  if (opposite !== undefined && (offer.ticks - opposite.ticks) * direction >= 0n) {
    throw new MarketError('offer.ticks', `${offer.ticks}`, `stay on your side of ${opposite.ticks} ticks, or swap`);
  }
  // Better prices are served first, whole; at its own price an offer is last but for those ahead who leave.
  const before = own.reduce((lots, level) => {
    const better = (level.ticks - offer.ticks) * direction;
    if (better < 0n) return lots;
    return lots + approximate(level.lots, 1n) * (better > 0n ? 1 : flow.ahead);
  }, 0);
  const probability = Math.exp(-before / flow.volume);
  return { probability, lots: -flow.volume * probability * Math.expm1(-approximate(offer.lots, 1n) / flow.volume) };
}

/** Walk levels for up to so many lots, or up to so much worth in tick lots; whichever is given. */
function take(levels: readonly Level[], lots: bigint | undefined, worth: bigint | undefined) {
  const taken = { lots: 0n, worth: 0n };
  for (const [index, level] of levels.entries()) {
    const room = lots === undefined ? ((worth ?? 0n) - taken.worth) / level.ticks : lots - taken.lots;
    const part = min(level.lots, room);
    taken.lots += part;
    taken.worth += part * level.ticks;
    if (part < level.lots) {
      const rest = part === 0n ? level : { ticks: level.ticks, lots: level.lots - part };
      return { ...taken, left: [rest, ...levels.slice(index + 1)] };
    }
  }
  return { ...taken, left: [] };
}

function sumOf(levels: readonly Level[]): { readonly lots: number; readonly worth: number } {
  const lots = levels.reduce((sum, level) => sum + level.lots, 0n);
  const worth = levels.reduce((sum, level) => sum + level.lots * level.ticks, 0n);
  return { lots: approximate(lots, 1n), worth: approximate(worth, 1n) };
}

/** Refuse a book that cannot be: terms that are none, empty levels, an order that is wrong, or sides that cross. Throws MarketError. */
export function check({ assets, bids, asks, tick, lot, feePpm }: Book): void {
  checkPair(assets);
  checkAtLeast(tick.bought, 1n, 'tick.bought');
  checkAtLeast(tick.sold, 1n, 'tick.sold');
  checkAtLeast(lot, 1n, 'lot');
  checkPpm(feePpm, 'feePpm');
  checkLevels(bids, -1n, 'bids');
  checkLevels(asks, 1n, 'asks');
  const [bid, ask] = [bids[0], asks[0]];
  if (bid === undefined || ask === undefined || bid.ticks < ask.ticks) return;
  throw new MarketError(
    'bids[0]',
    `${bid.ticks} ticks`,
    `a book is not crossed: read again, asks begin at ${ask.ticks}`,
  );
}

function checkLevels(levels: readonly Level[], direction: bigint, path: string): void {
  levels.forEach(({ ticks, lots }, index) => {
    checkAtLeast(ticks, 1n, `${path}[${index}].ticks`);
    checkAtLeast(lots, 1n, `${path}[${index}].lots`);
    const last = levels[index - 1];
    if (last === undefined || (ticks - last.ticks) * direction > 0n) return;
    throw new MarketError(`${path}[${index}].ticks`, `${ticks}`, 'order the levels from the best price on, each once');
  });
}
