// A gradual auction that emits continuously, as ranges of the price: what it asks rises by the same with every token that is paid.

import { approximate } from '../../money/approximate.ts';
import { ONE } from '../../money/Fixed.ts';
import type { Continuous, GradualAuction } from '../../market/GradualAuction.ts';
import type { Model } from '../program/Program.ts';
import * as Curve from './Curve.ts';
import { unusable, type Unusable } from './Offer.ts';
import * as Place from './Place.ts';

/** Into how many ranges the prices are cut, from the next atom's to the last one's. */
const PIECES = 512;
/** Prices that fell below e^−200 of what they began at are more than the exact auction computes. */
const FURTHEST = 200;

/**
 * Model what has been emitted and not sold. With P the price of the next token and c = λ/r, q tokens cost P·(e^(cq) − 1)/c, so that the
 * next one after x were paid costs P + c·x (Frankie, White, Robinson, "Gradual Dutch Auctions", 2022). The model pays less than the
 * auction by a share of at most (Λ/512)²/12, with Λ = c·available: one part in 10^6 where the last token costs five times the first.
 */
export function model(market: GradualAuction, supply: Continuous, two: Place.Two): Model | Unusable {
  if (supply.available === 0n) return unusable(market, 'has emitted nothing that is not sold');
  const risen = approximate(market.decay * supply.available, supply.emission * ONE);
  if (risen > FURTHEST) return unusable(market, `has a price that fell e^${risen}-fold, which has no digits left`);
  const emitted = Place.tokens(two[1], supply.available);
  const next = Place.rate(two[1], two[0], { bought: market.start.sold, sold: market.start.bought }) * Math.exp(-risen);
  const slope = risen / emitted;
  const rate = (paid: number) => 1 / (next + slope * paid);
  const cost = next * emitted * (risen > 0 ? Math.expm1(risen) / risen : 1);
  return Curve.model(Place.pair(two), { rate, knots: Curve.knots(next / slope, cost, PIECES) });
}
