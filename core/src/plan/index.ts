// What plans offer to other packages.

import * as CostModule from './Cost.ts';

export type Cost = CostModule.Cost;
export const Cost = CostModule;
export type { Authorise, Guarded, Leg, Passed, Plan, Route, Skip, Step, Swap } from './Plan.ts';
export type { Proof, Shadow } from './Proof.ts';
export type { How } from './compose.ts';
export { compose } from './compose.ts';
export * from './choose/index.ts';
export * from './model/index.ts';
export * from './network/index.ts';
export * from './program/index.ts';
export * from './slice/index.ts';
