// The door from exact markets to the program that plans with them: what a market is in floats, in which ways it can be used, and at what
// fixed cost. What a model promises and the exact market would not pay is found when the plan is replayed in integers.

import { checkWithin } from '../../market/Terms.ts';
import * as Market from '../../market/Market.ts';
import { checkAll } from '../program/checkAll.ts';
import { NetworkError } from '../network/Network.ts';
import type { Model } from '../program/Program.ts';
import { unusable, type Offer, type Terms, type Unusable } from './Offer.ts';
import type * as Place from './Place.ts';
import * as Pools from './Pools.ts';
import * as Ticks from './Ticks.ts';

/**
 * State what a market offers to a plan, or why it cannot be part of one: an asset that the plan has no place for, nothing left to trade.
 * Amounts are whole tokens {tok}. Throws MarketError on a market that Market.check refuses and on terms that are none.
 */
export function offerOf(market: Market.Market, places: Place.Places, terms: Terms): Offer | Unusable {
  Market.check(market);
  checkWithin(terms.fixed, 0, Number.MAX_VALUE, 'terms.fixed');
  checkWithin(terms.horizon, 0, Number.MAX_VALUE, 'terms.horizon');
  const own = market.assets.flatMap((asset) => places.get(asset) ?? []);
  const [one, other] = own;
  if (own.length < market.assets.length || one === undefined || other === undefined) {
    const missing = market.assets.filter((asset) => !places.has(asset)).join(', ');
    return unusable(market, `trades ${missing}, which the plan has no place for`);
  }
  const drawn = draw(market, own, [one, other]);
  if (!isList(drawn)) return drawn;
  return refused(market, drawn) ?? { alternatives: drawn, fixed: terms.fixed };
}

/** Draw a market's models: those of which one is used. */
function draw(market: Market.Market, places: readonly Place.Place[], two: Place.Two): readonly Model[] | Unusable {
  switch (market.kind) {
    case 'constant-product':
      return alone(Pools.product(market, two));
    case 'twamm':
      return alone(Pools.product(market.pool, two));
    case 'batch':
      return alone(Pools.batch(market, two));
    case 'weighted':
      return alone(Pools.weighted(market, places));
    case 'stable-swap':
      return alone(Pools.stable(market, places));
    case 'concentrated':
      return alone(Ticks.model(market, two));
    case 'book':
    case 'auction':
    case 'gradual-auction':
    case 'vault-4626':
    case 'bridge':
    case 'lending':
      return unusable(market, 'trades at prices that step, which the program does not plan with');
  }
}

function alone(model: Model | Unusable): readonly Model[] | Unusable {
  return model.kind === 'unusable' ? model : [model];
}

/** Numbers at the ends of what floats hold are refused here, by the program's own rules, and not while it plans. */
function refused(market: Market.Market, models: readonly Model[]): Unusable | undefined {
  const tokens = 1 + Math.max(...models.flatMap((model) => model.tokens));
  try {
    checkAll(tokens, models);
    return undefined;
  } catch (error) {
    if (error instanceof NetworkError) return unusable(market, `cannot be planned with: ${error.message}`);
    throw error;
  }
}

function isList(drawn: readonly Model[] | Unusable): drawn is readonly Model[] {
  return !('kind' in drawn);
}
