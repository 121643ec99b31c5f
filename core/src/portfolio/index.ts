// What the portfolio offers to other packages.

import * as BooksModule from './Books.ts';
import * as DriftModule from './Drift.ts';
import * as ExposureModule from './Exposure.ts';
import * as LedgerModule from './Ledger.ts';
import * as LotsModule from './Lots.ts';
import * as PortfolioModule from './Portfolio.ts';
import * as ShortfallModule from './Shortfall.ts';

export type Books = BooksModule.Books;
export const Books = BooksModule;
export type Drift = DriftModule.Drift;
export const Drift = DriftModule;
export type Exposure = ExposureModule.Exposure;
export const Exposure = ExposureModule;
export type Ledger = LedgerModule.Ledger;
export const Ledger = LedgerModule;
export type Lots = LotsModule.Lots;
export const Lots = LotsModule;
export type Portfolio = PortfolioModule.Portfolio;
export const Portfolio = PortfolioModule;
export type Shortfall = ShortfallModule.Shortfall;
export const Shortfall = ShortfallModule;
export type { Quotation } from './Books.ts';
export type { Bands, Norm, Weights } from './Drift.ts';
export type { Line as ExposureLine } from './Exposure.ts';
export type { Holding } from './Holding.ts';
export type { InFlight } from './InFlight.ts';
export type { Booking } from './Ledger.ts';
export type { Lot, Method as LotMethod, Purchase, Sale, Sold as LotsSold } from './Lots.ts';
export type { Outlook } from './Outlook.ts';
export type { CashFlow, Past } from './Past.ts';
export type { Position } from './Portfolio.ts';
export type { Execution, Prices as ExecutionPrices } from './Shortfall.ts';
export type { Signal } from './Signal.ts';
export type { Block, Custody, PriceReading, Snapshot, Supply } from './Snapshot.ts';
export type { Stake } from './Stake.ts';
