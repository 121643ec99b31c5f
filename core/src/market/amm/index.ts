// What automated market makers offer to other packages.

import * as ConcentratedModule from './Concentrated.ts';
import * as ConstantProductModule from './ConstantProduct.ts';
import * as StableSwapModule from './StableSwap.ts';
import * as WeightedModule from './Weighted.ts';

export type Concentrated = ConcentratedModule.Concentrated;
export const Concentrated = ConcentratedModule;
export type ConstantProduct = ConstantProductModule.ConstantProduct;
export const ConstantProduct = ConstantProductModule;
export type StableSwap = StableSwapModule.StableSwap;
export const StableSwap = StableSwapModule;
export type Weighted = WeightedModule.Weighted;
export const Weighted = WeightedModule;
export type { Moved, Tick } from './Concentrated.ts';
export type { Range, RealRange, Share } from './Liquidity.ts';
export * as ImpermanentLoss from './ImpermanentLoss.ts';
export * as Liquidity from './Liquidity.ts';
export * as Lvr from './Lvr.ts';
export * as LogExp from './LogExp.ts';
export * as SqrtPrice from './SqrtPrice.ts';
