// The public surface of core. `decide` is the one call that a cycle makes. A noun is both its type and its functions: `Drift` the type, `Drift.of` the function.

export * from './money/index.ts';
export * from './market/index.ts';
export * from './portfolio/index.ts';
export * from './forecast/index.ts';
export * from './policy/index.ts';
export * from './plan/index.ts';
export * from './guard/index.ts';
export type { Decision, Seen } from './Decision.ts';
export { decide } from './decide.ts';
export type { Closed, Memory, Told } from './remember.ts';
export { remember } from './remember.ts';
