// What plans offer to other packages.

export type { Authorise, Cost, Leg, Plan, Route, Skip, Step, Swap } from './Plan.ts';
export * from './network/index.ts';
export * from './program/index.ts';
export * from './slice/index.ts';
