// What networks of markets offer to other packages.

import * as RoutingModule from './Routing.ts';
import * as NetworkModule from './Network.ts';
import * as PurposeModule from './Purpose.ts';
import * as TransferModule from './Transfer.ts';

export type Routing = RoutingModule.Routing;
export const Routing = RoutingModule;
export type Network = NetworkModule.Network;
export const Network = NetworkModule;
export type Purpose = PurposeModule.Purpose;
export const Purpose = PurposeModule;
export type Transfer = TransferModule.Transfer;
export const Transfer = TransferModule;
export type { Segment } from './Concentrated.ts';
export type { Cycle } from './cycleTrade.ts';
export type { Convert, Rebalance } from './Purpose.ts';
export type { Response } from './Response.ts';
export type { Selection } from './selectMarkets.ts';
export type { Split } from './splitTrade.ts';
export type { Crossing } from './Transfer.ts';
export { cycleTrade } from './cycleTrade.ts';
export { NetworkError } from './Network.ts';
export { relaxRouting, solveRouting } from './solveRouting.ts';
export { selectMarkets } from './selectMarkets.ts';
export { splitTrade } from './splitTrade.ts';
