// What no-trade regions offer to other packages.

export * as ConstantMix from './ConstantMix.ts';
export * as Correlated from './Correlated.ts';
export * as Ellipsoid from './Ellipsoid.ts';
export * as Frequency from './Frequency.ts';
export * as Inventory from './Inventory.ts';
export * as NoTrade from './NoTrade.ts';
export * as PartialStep from './PartialStep.ts';
export * as Proportional from './Proportional.ts';
export * as Renewal from './Renewal.ts';
