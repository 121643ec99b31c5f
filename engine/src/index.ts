// The public surface of the engine.

export type * from './ports.ts';
export type * from './Event.ts';
export * as Config from './Config.ts';
export * as Quantity from './Quantity.ts';
export * as Run from './Run.ts';
export { consider, control, open, recover, turn } from './cycle.ts';
export type { Desk, Opening, Turn } from './cycle.ts';
export { observe } from './observe.ts';
export { nextOf, supervise } from './supervise.ts';
export type { Request, Supervision } from './supervise.ts';
