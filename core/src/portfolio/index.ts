// What the portfolio offers to other packages.

import * as DriftModule from './Drift.ts';
import * as ExposureModule from './Exposure.ts';
import * as LedgerModule from './Ledger.ts';
import * as PortfolioModule from './Portfolio.ts';

export type Drift = DriftModule.Drift;
export const Drift = DriftModule;
export type Exposure = ExposureModule.Exposure;
export const Exposure = ExposureModule;
export type Ledger = LedgerModule.Ledger;
export const Ledger = LedgerModule;
export type Portfolio = PortfolioModule.Portfolio;
export const Portfolio = PortfolioModule;
export type { Bands, Norm, Weights } from './Drift.ts';
export type { Line as ExposureLine } from './Exposure.ts';
export type { Holding } from './Holding.ts';
export type { InFlight } from './InFlight.ts';
export type { Booking } from './Ledger.ts';
export type { Outlook } from './Outlook.ts';
export type { Flow, Past } from './Past.ts';
export type { Position } from './Portfolio.ts';
export type { Signal } from './Signal.ts';
export type { Block, Custody, PriceReading, Snapshot, Supply } from './Snapshot.ts';
export type { Stake } from './Stake.ts';
