// The public surface of the API: serve it, or fold a journal into what it shows.

export * from './contract.ts';
export * as Projection from './Projection.ts';
export { PortInUse, serve } from './serve.ts';
export type { Options, Served } from './serve.ts';
