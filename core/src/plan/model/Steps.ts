// Markets of constant prices, or of prices that step, as ladders.

import { approximate } from '../../money/approximate.ts';
import { min, mulDivDown, ONE } from '../../money/Fixed.ts';
import * as Auction from '../../market/Auction.ts';
import type { Book, Level } from '../../market/Book.ts';
import type { Bridge } from '../../market/Bridge.ts';
import type { Discrete, GradualAuction } from '../../market/GradualAuction.ts';
import * as Vault4626 from '../../market/Vault4626.ts';
import type { Model } from '../program/Program.ts';
import type { Rung } from '../program/Ladders.ts';
import { unusable, type Terms, type Unusable } from './Offer.ts';
import * as Place from './Place.ts';

/** Model a book: a step is a level after the taker's fee. Only whole lots trade, so that it may promise up to one lot more. */
export function book(market: Book, two: Place.Two): Model | Unusable {
  const { tick, lot, feePpm } = market;
  const price = Place.rate(two[0], two[1], tick);
  const fee = feePpm / 1e6;
  const lots = ({ lots: count }: Level) => Place.tokens(two[0], count * lot);
  const worth = ({ ticks }: Level) => approximate(ticks, 1n) * price;
  return ladder(market, two, {
    falls: market.bids.map((level) => ({ rate: worth(level) * (1 - fee), most: lots(level) })),
    rises: market.asks.map((level) => {
      const asked = worth(level) * (1 + fee);
      return { rate: 1 / asked, most: lots(level) * asked };
    }),
  });
}

/** Model an auction at the price of its moment. It takes nothing back. */
export function auction(market: Auction.Auction, two: Place.Two): Model | Unusable {
  const { at, terms, sellable, buyable, assets } = market;
  if (at < terms.notBefore || at > terms.deadline) return unusable(market, 'is not open for filling now');
  const rate = Place.rate(two[0], two[1], Auction.spot(market, assets[0]));
  const most = Math.min(Place.tokens(two[0], buyable), Place.tokens(two[1], sellable) / rate);
  return ladder(market, two, { falls: [{ rate, most }], rises: [] });
}

/** Prices that fell below e^−200 of what they began at are more than the exact auction computes. */
const FURTHEST = 200;

/** Model an auction of units: a step each. Only whole units are sold, so that it may promise up to one unit more. */
export function units(market: GradualAuction, supply: Discrete, two: Place.Two): Model | Unusable {
  const fallen = approximate(market.decay, ONE) * supply.elapsed;
  if (fallen > FURTHEST) return unusable(market, `has a price that fell e^${fallen}-fold, which has no digits left`);
  const { bought, sold } = market.start;
  const first = Place.rate(two[1], two[0], { bought: sold, sold: bought }) * Math.exp(-fallen);
  const steeper = Math.log1p(approximate(supply.scale - ONE, ONE));
  const unit = Place.tokens(two[1], supply.unit);
  const falls = Array.from({ length: supply.left }, (_, index): Rung => {
    const price = first * Math.exp(steeper * (supply.sold + index));
    return { rate: 1 / price, most: unit * price };
  });
  return ladder(market, two, { falls, rises: [] });
}

/** Model a vault at what its shares are worth now, as far as its limits reach. */
export function vault(market: Vault4626.Vault4626, two: Place.Two): Model | Unusable {
  const { bought, sold } = Vault4626.spot(market, market.assets[0]);
  const rate = Place.rate(two[0], two[1], { bought, sold });
  const shares = min(market.totalShares, mulDivDown(market.maxWithdraw, bought, sold));
  return ladder(market, two, {
    falls: [{ rate: rate * (1 - market.entryPpm / 1e6), most: Place.tokens(two[0], market.maxDeposit) }],
    rises: [{ rate: (1 - market.exitPpm / 1e6) / rate, most: Place.tokens(two[1], shares) }],
  });
}

/** Model a bridge by what arrives of what is sent beyond the fixed fee, as far as the other end can pay out. */
export function bridge(market: Bridge, two: Place.Two): Model | Unusable {
  const [bought, sold] = [market.parity[1], market.parity[0]];
  const rate = Place.rate(two[0], two[1], { bought, sold });
  const keep = 1 - market.feePpm / 1e6;
  return ladder(market, two, {
    falls: [{ rate: keep * rate, most: Place.tokens(two[1], market.capacity[1]) / rate / keep }],
    rises: [{ rate: keep / rate, most: (Place.tokens(two[0], market.capacity[0]) * rate) / keep }],
  });
}

/**
 * Compute what the fixed fee of a bridge adds to the cost of using it {USD}: what has to be sent beyond the model's amount, which is
 * fee ÷ (1 − proportional fee), as the proportional one is taken of it too. The dearer of both ends, as either may be the sender.
 */
export function sending({ assets, fixedFee, feePpm }: Bridge, two: Place.Two, { worth }: Terms): number {
  const cost = (side: 0 | 1) => {
    const tokens = Place.tokens(two[side], fixedFee[side]);
    return tokens === 0 ? 0 : (tokens / (1 - feePpm / 1e6)) * worth(assets[side]);
  };
  return Math.max(cost(0), cost(1));
}

/** Make a ladder of the steps at which something trades, or say that none does. */
function ladder(
  market: { readonly id: string },
  two: Place.Two,
  { falls, rises }: { readonly falls: readonly Rung[]; readonly rises: readonly Rung[] },
): Model | Unusable {
  const trades = ({ rate, most }: Rung) => rate > 0 && rate < Infinity && most > 0;
  const steps = { falls: falls.filter(trades), rises: rises.filter(trades) };
  if (steps.falls.length + steps.rises.length === 0) return unusable(market, 'has nothing left to trade');
  return { kind: 'ladder', tokens: Place.pair(two), ...steps };
}
