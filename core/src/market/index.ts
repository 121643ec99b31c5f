// What markets offer to other packages.

import * as AdaptiveCurveModule from './AdaptiveCurve.ts';
import * as GasModule from './Gas.ts';
import * as KinkedModule from './Kinked.ts';
import * as LendingModule from './Lending.ts';
import * as MarketModule from './Market.ts';

export type AdaptiveCurve = AdaptiveCurveModule.AdaptiveCurve;
export const AdaptiveCurve = AdaptiveCurveModule;
export type Gas = GasModule.Gas;
export const Gas = GasModule;
export type Kinked = KinkedModule.Kinked;
export const Kinked = KinkedModule;
export type Lending = LendingModule.Lending;
export const Lending = LendingModule;
export type Market = MarketModule.Market;
export const Market = MarketModule;
export type { Basket, MarketId, Outcome, Part, Pool, Rate, Swapped, Trade, Values } from './Market.ts';
export { MarketError } from './Terms.ts';
export * from './amm/index.ts';
