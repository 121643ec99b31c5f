// What the policy offers to other packages.

export type { Constraint } from './Constraint.ts';
export type { Intent } from './Intent.ts';
export type { Landing } from './Landing.ts';
export type { Limit } from './Limit.ts';
export type { Strategy, Trading } from './Strategy.ts';
export type { Target } from './Target.ts';
export type { Trigger } from './Trigger.ts';
export { StrategyError } from './Field.ts';
export { limitInWords } from './limitInWords.ts';
export { parse as parseStrategy } from './parse.ts';
export * as OnChain from './onchain/index.ts';
export * from './regions/index.ts';
export * from './targets/index.ts';
export * from './triggers/index.ts';
