// The public surface of the lab. A noun is both its type and its functions: `History` the type, `History.row` the
// function. The two actors are namespaces with several types each: `FeedKeeper.FeedKeeper`, `FeedKeeper.Habit`.

import * as HistoryModule from './history/History.ts';
import * as GasMinutesModule from './history/GasMinutes.ts';
import * as LogModule from './report/Log.ts';
import * as RandomModule from './Random.ts';

export type Random = RandomModule.Random;
export const Random = RandomModule;
export type History = HistoryModule.History;
export const History = HistoryModule;
export { BadHistory } from './history/BadHistory.ts';
export { parseHistory } from './history/parseHistory.ts';
export type { Reading } from './history/parseHistory.ts';
export { parsePoolMinutes } from './history/parsePoolMinutes.ts';
export type { PoolChoice, PoolMinutes } from './history/parsePoolMinutes.ts';
export { parseGasMinutes } from './history/parseGasMinutes.ts';
export type { GasChoice } from './history/parseGasMinutes.ts';
export type GasMinutes = GasMinutesModule.GasMinutes;
export const GasMinutes = GasMinutesModule;
export { bridge } from './history/bridge.ts';
export type { Filling } from './history/bridge.ts';
export type { Choice } from './scenarios/march2020.ts';
export { march2020 } from './scenarios/march2020.ts';
export { basket } from './scenarios/basket.ts';
export type { Wish } from './scenarios/basket.ts';
export * as Arbitrageur from './actors/Arbitrageur.ts';
export * as FeedKeeper from './actors/FeedKeeper.ts';
export { rehearse, settleDown } from './backtest/rehearse.ts';
export type { Moment } from './backtest/rehearse.ts';
export { simulate } from './world/simulate.ts';
export type { Simulation } from './world/simulate.ts';
export type { Bounds, Spec } from './world/Spec.ts';
export { blank, LeaseHeld, LeaseLost, memoryJournal } from './world/memoryJournal.ts';
export { Crashed, Unreachable } from './world/Fault.ts';
export type { Fault } from './world/Fault.ts';
export type Log = LogModule.Log;
export const Log = LogModule;
export type { Position, Sight, Spent, Trade } from './report/Log.ts';
export { summarise } from './report/summarise.ts';
export type { Costs, Summary } from './report/summarise.ts';
