// What targets offer to other packages.

export type { Aim } from './Aim.ts';
export type { Fixed } from './Fixed.ts';
export * as CppiRisk from './CppiRisk.ts';
