// What no-trade regions offer to other packages.

import * as EllipsoidModule from './Ellipsoid.ts';
import * as NoTradeModule from './NoTrade.ts';
import * as ProportionalModule from './Proportional.ts';
import * as SkewedModule from './Skewed.ts';

export type Ellipsoid = EllipsoidModule.Ellipsoid;
export const Ellipsoid = EllipsoidModule;
export type NoTrade = NoTradeModule.NoTrade;
export const NoTrade = NoTradeModule;
export type Proportional = ProportionalModule.Proportional;
export const Proportional = ProportionalModule;
export type Skewed = SkewedModule.Skewed;
export const Skewed = SkewedModule;
export type { Setting as BandSetting } from './NoTrade.ts';
export type { Setting as BasketSetting } from './Ellipsoid.ts';
export * as ConstantMix from './ConstantMix.ts';
export * as Correlated from './Correlated.ts';
export * as Frequency from './Frequency.ts';
export * as Inventory from './Inventory.ts';
export * as PartialStep from './PartialStep.ts';
export * as Renewal from './Renewal.ts';
