// What targets offer to other packages.

export type { Aim } from './Aim.ts';
export type { Cppi } from './Cppi.ts';
export type { EqualWeight } from './EqualWeight.ts';
export type { Fixed } from './Fixed.ts';
export type { GlidePath } from './GlidePath.ts';
export type { Hedge } from './Hedge.ts';
export type { InverseVolatility } from './InverseVolatility.ts';
export type { Collateral, Leverage } from './Leverage.ts';
export type { Choice as RangeChoice, LiquidityRange } from './LiquidityRange.ts';
export type { Tipp } from './Tipp.ts';
export type { VolatilityTarget } from './VolatilityTarget.ts';
export * as CppiRisk from './CppiRisk.ts';
export * as LeverageRisk from './LeverageRisk.ts';
export { choose as chooseRange } from './LiquidityRange.ts';
export * as LendingAllocation from './LendingAllocation.ts';
