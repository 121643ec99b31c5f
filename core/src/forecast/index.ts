// What the forecast offers to other packages.

import * as CovarianceModule from './Covariance.ts';
import * as GarchModule from './Garch.ts';
import * as ReturnsModule from './Returns.ts';
import * as SeriesModule from './Series.ts';
import * as TailModule from './Tail.ts';
import * as TrackingModule from './Tracking.ts';

export type Covariance = CovarianceModule.Covariance;
export const Covariance = CovarianceModule;
export type Garch = GarchModule.Garch;
export const Garch = GarchModule;
export type Returns = ReturnsModule.Returns;
export const Returns = ReturnsModule;
export type Series = SeriesModule.Series;
export const Series = SeriesModule;
export type Tail = TailModule.Tail;
export const Tail = TailModule;
export type Tracking = TrackingModule.Tracking;
export const Tracking = TrackingModule;
export type { Shrunk } from './Covariance.ts';
export type { Comparison, TrackRecord } from './Evidence.ts';
export type { Filtered, Fit } from './Garch.ts';
export type { Banks, FireSale, Loop } from './Feedback.ts';
export type { Absence, Gap } from './Series.ts';
export type { Drawdown } from './Tail.ts';
export type { Bar } from './Volatility.ts';
export * as Brownian from './Brownian.ts';
export * as Evidence from './Evidence.ts';
export * as Ewma from './Ewma.ts';
export * as Feedback from './Feedback.ts';
export * as Normal from './Normal.ts';
export * as Volatility from './Volatility.ts';
export { ForecastError } from './Numbers.ts';
