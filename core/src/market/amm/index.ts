// What automated market makers offer to other packages.

export type { Concentrated, Tick } from './Concentrated.ts';
export type { ConstantProduct } from './ConstantProduct.ts';
export * as SqrtPrice from './SqrtPrice.ts';
