// The public surface of the lab.

export * as Random from './Random.ts';
export * as Histories from './history/History.ts';
export type { History } from './history/History.ts';
export { BadHistory } from './history/BadHistory.ts';
export { parseHistory } from './history/parseHistory.ts';
export type { Reading } from './history/parseHistory.ts';
export { parsePoolMinutes } from './history/parsePoolMinutes.ts';
export type { PoolChoice, PoolMinutes } from './history/parsePoolMinutes.ts';
export { parseGasMinutes } from './history/parseGasMinutes.ts';
export type { GasChoice } from './history/parseGasMinutes.ts';
export * as GasMinutes from './history/GasMinutes.ts';
export { bridge } from './history/bridge.ts';
export type { Filling } from './history/bridge.ts';
export { march2020 } from './scenarios/march2020.ts';
export * as Arbitrageur from './actors/Arbitrageur.ts';
export * as FeedKeeper from './actors/FeedKeeper.ts';
export { simulate } from './world/simulate.ts';
export type { Simulation } from './world/simulate.ts';
export type { Bounds, Spec } from './world/Spec.ts';
export { Crashed, Unreachable } from './world/Fault.ts';
export type { Fault } from './world/Fault.ts';
export * as Log from './report/Log.ts';
export { summarise } from './report/summarise.ts';
export type { Costs, Summary } from './report/summarise.ts';
