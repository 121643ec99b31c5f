// The public surface of the engine.

export type * from './ports.ts';
export type * from './Event.ts';
