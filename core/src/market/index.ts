// What markets offer to other packages.

import * as GasModule from './Gas.ts';
import * as MarketModule from './Market.ts';

export type Gas = GasModule.Gas;
export const Gas = GasModule;
export type Market = MarketModule.Market;
export const Market = MarketModule;
export type { Basket, MarketId, Outcome, Part, Pool, Rate, Swapped, Trade, Values } from './Market.ts';
export * from './amm/index.ts';
