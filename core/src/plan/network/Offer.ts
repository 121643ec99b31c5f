// A part of the program that stands for one market, or for one direction of it. Where the best response is a single trade it is
// taken whole. Where it is not (all or nothing at equal prices; a fixed cost to be worth paying) the offer is taken to a share
// in [0, 1] of its own, which is pulled towards an anchor so that it follows from the prices smoothly; moving the anchors
// to the shares found, again and again, undoes the pull (proximal method of multipliers; Rockafellar, 1976).

import { at } from '../../forecast/Numbers.ts';
import * as ConstantSum from './ConstantSum.ts';
import * as Network from './Network.ts';
import type { Response } from './Response.ts';

/** Name a market, or the sale of one of the two coins of a constant sum, and what using it costs {value}. */
export type Offer = Whole | Part;
type Whole = { readonly kind: 'whole'; readonly index: number; readonly market: Network.Market };
type Part = {
  readonly kind: 'part';
  readonly index: number;
  readonly market: Network.Market;
  /** The coin that a constant sum takes; none for a market that is not one. */
  readonly sell: 0 | 1 | undefined;
  readonly fixed: number;
  /** What the gain must change by to turn the share from none to all, at a width of one {value}. */
  readonly span: number;
};

/** Hold an offer at given prices: what it adds to the dual function, its gradient and its curvature there. */
export type Taken = { readonly share: number; readonly gain: number; readonly response: Response };

/** List a network's offers; `prices` {value/tok} need only be about right, `fixed` {value} is per market. */
export function all(network: Network.Network, prices: readonly number[], fixed: readonly number[]): readonly Offer[] {
  return network.markets.flatMap((market, index): readonly Offer[] => {
    const cost = fixed[index] ?? 0;
    if (market.kind !== 'constant-sum') {
      if (cost === 0) return [{ kind: 'whole', index, market }];
      return [{ kind: 'part', index, market, sell: undefined, fixed: cost, span: cost }];
    }
    return ([0, 1] as const).map((sell) => {
      const buys = sell === 0 ? 1 : 0;
      const span = cost + market.reserves[buys] * at(prices, market.tokens[buys]);
      return { kind: 'part', index, market, sell, fixed: cost, span };
    });
  });
}

/** Take an offer at `prices`, its share pulled towards `anchor` by a pull that is weaker the smaller `width` {1} is. */
export function take(offer: Offer, prices: readonly number[], anchor: number, width: number): Taken {
  const response = respond(offer, prices);
  if (offer.kind === 'whole') return { share: 1, gain: response.gain, response };
  const surplus = response.gain - offer.fixed;
  const pull = width * offer.span;
  const share = Math.min(1, Math.max(0, anchor + surplus / pull));
  const gain = share * surplus - (pull / 2) * (share - anchor) ** 2;
  // Where the share itself is turning with the prices, that adds the square of the trade to the curvature.
  const turning = share > 0 && share < 1 ? 1 / pull : 0;
  const curvature = response.curvature.map((row, j) =>
    row.map((entry, k) => share * entry + turning * at(response.trade, j) * at(response.trade, k)),
  );
  return { share, gain, response: { ...response, trade: response.trade.map((amount) => share * amount), curvature } };
}

/** Bound what an offer can gain at `prices`, whatever its share {value}. */
export function bound(offer: Offer, prices: readonly number[]): number {
  const { gain } = respond(offer, prices);
  return offer.kind === 'whole' ? gain : Math.max(0, gain - offer.fixed);
}

function respond({ market, ...offer }: Offer, prices: readonly number[]): Response {
  if (offer.kind === 'whole' || market.kind !== 'constant-sum' || offer.sell === undefined) {
    return Network.arb(market, prices);
  }
  return ConstantSum.offer(market, offer.sell, [at(prices, market.tokens[0]), at(prices, market.tokens[1])]);
}
