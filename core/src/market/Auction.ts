// The settler's Dutch auction as whoever fills it sees it: what is asked for on one side, what is given on the other, at
// a price that falls from a premium over the oracle to a discount below it. The same integers as the contract's
// DutchPrice, in the same order.

import { atomsDown, atomsUp, valueUp } from '../money/Amount.ts';
import type { AssetId } from '../money/Asset.ts';
import * as Bps from '../money/Bps.ts';
import { min, mulDivDown, mulDivUp, ONE, pow10 } from '../money/Fixed.ts';
import type { Price } from '../money/Price.ts';
import type { Seconds, Time } from '../money/Time.ts';
import { checkInput, sideOf } from './amm/Pair.ts';
import { arbAtRate } from './arbAtRate.ts';
import type { MarketId, Rate, Swapped, Trade, Values } from './Market.ts';
import { checkAtLeast, checkCount, checkInteger, checkPair, MarketError } from './Terms.ts';

/** State an auction at one moment. */
export type Auction = {
  readonly kind: 'auction';
  readonly id: MarketId;
  /** What the filler pays, and what it is given. */
  readonly assets: readonly [AssetId, AssetId];
  readonly paid: Valued;
  readonly given: Valued;
  /** Atoms that may still be given, and atoms that may still be paid. */
  readonly sellable: bigint;
  readonly buyable: bigint;
  readonly terms: Terms;
  readonly at: Time;
};

/** State what an asset is worth to the oracle, and its decimals [0, 36]. */
export type Valued = { readonly price: Price; readonly decimals: number };

/** State how the price falls. */
export type Terms = {
  readonly notBefore: Time;
  /** Last moment at which it may be filled. */
  readonly deadline: Time;
  /** From the premium to the discount. */
  readonly decay: Seconds;
  readonly startPremium: Bps.Bps;
  readonly floorDiscount: Bps.Bps;
};

const D18_A_BPS = 10n ** 14n;

/** Compute the price as a multiple of the oracle's, `elapsed` {s} after the start; rounded up, for the vault. D18{1}. */
export function factorUp({ decay, startPremium, floorDiscount }: Terms, elapsed: Seconds): bigint {
  checkCount(elapsed, 'elapsed');
  checkCount(decay, 'decay');
  checkCount(startPremium, 'startPremium');
  checkCount(floorDiscount, 'floorDiscount');
  if (floorDiscount > Bps.ONE) throw new MarketError('floorDiscount', `${floorDiscount}`, 'give at most 10000 bps');
  const [start, floor] = [BigInt(startPremium) * D18_A_BPS, BigInt(floorDiscount) * D18_A_BPS];
  if (elapsed >= decay) return ONE - floor;
  return ONE + start - ((start + floor) * BigInt(elapsed)) / BigInt(decay);
}

/** Compute what must be paid for `given` atoms. Every step rounds up: the filler loses the atom. Throws MarketError. */
export function requiredUp(auction: Auction, given: bigint): bigint {
  const worth = valueUp(given, auction.given.decimals, auction.given.price);
  const ask = mulDivUp(worth, factorOf(auction), ONE);
  return atomsUp(ask, auction.paid.decimals, auction.paid.price);
}

/** Give the price before rounding. Throws NotTraded, MarketError. */
export function spot(auction: Auction, sell: AssetId): Rate {
  const { paid, given } = auction;
  const asked = factorOf(auction) * given.price * pow10(paid.decimals);
  const worth = ONE * paid.price * pow10(given.decimals);
  return sideOf(auction, sell) === 0 ? { bought: worth, sold: asked } : { bought: asked, sold: worth };
}

/**
 * Pay up to `sold` atoms: as many are given as that pays for, and what they cost is taken. An auction does not take back
 * what it gave, and gives nothing before its start or after its deadline. Throws NotTraded, BadInput, MarketError.
 */
export function swap(auction: Auction, sell: AssetId, sold: bigint): Swapped & { readonly after: Auction } {
  checkInput(auction, sold);
  const [paid, given] = auction.assets;
  if (sideOf(auction, sell) === 1)
    return { sell, buy: paid, sold: 0n, bought: 0n, fee: 0n, feeIn: sell, after: auction };
  const bought = isLive(auction) ? min(auction.sellable, affordedDown(auction, min(sold, auction.buyable))) : 0n;
  const taken = requiredUp(auction, bought);
  const after = { ...auction, sellable: auction.sellable - bought, buyable: auction.buyable - taken };
  return { sell, buy: given, sold: taken, bought, fee: 0n, feeIn: sell, after };
}

/** Find the fill that gains at `values`: all that is left, or nothing. */
export function arb(auction: Auction, values: Values): Trade | undefined {
  return arbAtRate(auction.assets, (sell) => swap(auction, sell, auction.buyable), values);
}

/** The most atoms that a payment is enough for: each step of the price undone, rounded down. */
function affordedDown(auction: Auction, payment: bigint): bigint {
  const { paid, given } = auction;
  const ask = mulDivDown(payment, paid.price, pow10(paid.decimals));
  return atomsDown(mulDivDown(ask, ONE, factorOf(auction)), given.decimals, given.price);
}

function isLive({ at, terms }: Auction): boolean {
  return at >= terms.notBefore && at <= terms.deadline;
}

/** Refuse an auction that cannot be: no price, no amounts, or times that are none. Throws MarketError. */
export function check(auction: Auction): void {
  checkPair(auction.assets);
  factorOf(auction);
}

function factorOf({ terms, at, paid, given, sellable, buyable }: Auction): bigint {
  checkInteger(paid.decimals, 0, 36, 'paid.decimals');
  checkInteger(given.decimals, 0, 36, 'given.decimals');
  for (const [path, time] of Object.entries({ at, notBefore: terms.notBefore, deadline: terms.deadline })) {
    checkInteger(time, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, path);
  }
  checkAtLeast(paid.price, 1n, 'paid.price');
  checkAtLeast(given.price, 1n, 'given.price');
  checkAtLeast(sellable, 0n, 'sellable');
  checkAtLeast(buyable, 0n, 'buyable');
  const factor = factorUp(terms, Math.max(0, at - terms.notBefore));
  // A discount of all asks for nothing: then there is no price.
  checkAtLeast(factor, 1n, 'factor');
  return factor;
}
