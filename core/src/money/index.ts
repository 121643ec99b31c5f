// What money offers to other rooms and packages.

import * as AmountModule from './Amount.ts';
import * as BpsModule from './Bps.ts';
import * as PriceModule from './Price.ts';
import * as TimeModule from './Time.ts';
import * as WeightModule from './Weight.ts';

export type Amount = AmountModule.Amount;
export const Amount = AmountModule;
export type Bps = BpsModule.Bps;
export const Bps = BpsModule;
export type Price = PriceModule.Price;
export const Price = PriceModule;
export type Time = TimeModule.Time;
export const Time = TimeModule;
export type Weight = WeightModule.Weight;
export const Weight = WeightModule;
export type { Asset, AssetId } from './Asset.ts';
export type { Usd } from './Price.ts';
export type { Seconds } from './Time.ts';
export * as FixedPoint from './Fixed.ts';
export { approximate } from './approximate.ts';
