// The door from exact markets to the program that plans with them: what a market is in floats, in which ways it can be used, and at what
// fixed cost. What a model promises and the exact market would not pay is found when the plan is replayed in integers.

import { checkWithin } from '../../market/Terms.ts';
import * as Market from '../../market/Market.ts';
import { checkAll } from '../program/checkAll.ts';
import { NetworkError } from '../network/Network.ts';
import type { Model } from '../program/Program.ts';
import * as Emission from './Emission.ts';
import * as Loans from './Loans.ts';
import { unusable, type Offer, type Terms, type Unusable } from './Offer.ts';
import type * as Place from './Place.ts';
import * as Pools from './Pools.ts';
import * as Steps from './Steps.ts';
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
  const drawn = draw(market, own, [one, other], terms);
  if (!isList(drawn)) return drawn;
  const fixed = terms.fixed + (market.kind === 'bridge' ? Steps.sending(market, [one, other], terms) : 0);
  if (!(fixed < Infinity)) return unusable(market, 'has a fixed fee whose worth is not known');
  return refused(market, drawn) ?? { alternatives: drawn, fixed };
}

/** Draw a market's models: those of which one is used. */
function draw(
  market: Market.Market,
  places: readonly Place.Place[],
  two: Place.Two,
  { horizon }: Terms,
): readonly Model[] | Unusable {
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
      return alone(Steps.book(market, two));
    case 'auction':
      return alone(Steps.auction(market, two));
    case 'gradual-auction':
      return market.supply.kind === 'continuous'
        ? alone(Emission.model(market, market.supply, two))
        : alone(Steps.units(market, market.supply, two));
    case 'vault-4626':
      return alone(Steps.vault(market, two));
    case 'bridge':
      return alone(Steps.bridge(market, two));
    case 'lending': {
      const models = Loans.models(market, two, horizon);
      return models.length > 0 ? models : unusable(market, 'has neither room for a deposit nor cash to withdraw');
    }
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
