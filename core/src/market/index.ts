// What markets offer to other packages.

import * as AdaptiveCurveModule from './AdaptiveCurve.ts';
import * as AuctionModule from './Auction.ts';
import * as BatchModule from './Batch.ts';
import * as GasModule from './Gas.ts';
import * as GradualAuctionModule from './GradualAuction.ts';
import * as KinkedModule from './Kinked.ts';
import * as LendingModule from './Lending.ts';
import * as MarketModule from './Market.ts';
import * as TwammModule from './Twamm.ts';

export type AdaptiveCurve = AdaptiveCurveModule.AdaptiveCurve;
export const AdaptiveCurve = AdaptiveCurveModule;
export type Auction = AuctionModule.Auction;
export const Auction = AuctionModule;
export type Batch = BatchModule.Batch;
export const Batch = BatchModule;
export type { Order as BatchOrder } from './Batch.ts';
export type Gas = GasModule.Gas;
export const Gas = GasModule;
export type GradualAuction = GradualAuctionModule.GradualAuction;
export const GradualAuction = GradualAuctionModule;
export type Kinked = KinkedModule.Kinked;
export const Kinked = KinkedModule;
export type Lending = LendingModule.Lending;
export const Lending = LendingModule;
export type Market = MarketModule.Market;
export const Market = MarketModule;
export type Twamm = TwammModule.Twamm;
export const Twamm = TwammModule;
export * as LossVersusFair from './LossVersusFair.ts';
export type { Basket, MarketId, Outcome, Part, Pool, Rate, Swapped, Trade, Values } from './Market.ts';
export { MarketError } from './Terms.ts';
export * from './amm/index.ts';
