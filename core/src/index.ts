// The public surface of core. `decide` is the one call that a cycle makes. A noun is both its type and its functions: `Drift` the type, `Drift.of` the function.

import * as BpsModule from './money/Bps.ts';
import * as PriceModule from './money/Price.ts';
import * as TimeModule from './money/Time.ts';
import * as WeightModule from './money/Weight.ts';
import * as AmountModule from './money/Amount.ts';
import * as MarketModule from './market/Market.ts';
import * as GasModule from './market/Gas.ts';
import * as PortfolioModule from './portfolio/Portfolio.ts';
import * as DriftModule from './portfolio/Drift.ts';
import * as LedgerModule from './portfolio/Ledger.ts';
import * as SeriesModule from './forecast/Series.ts';
import * as ReturnsModule from './forecast/Returns.ts';
import * as GarchModule from './forecast/Garch.ts';
import * as CovarianceModule from './forecast/Covariance.ts';
import * as TailModule from './forecast/Tail.ts';

export type { Asset, AssetId } from './money/Asset.ts';
export type { Seconds } from './money/Time.ts';
export type { Usd } from './money/Price.ts';
export type Amount = AmountModule.Amount;
export const Amount = AmountModule;
export type Bps = BpsModule.Bps;
export const Bps = BpsModule;
export type Price = PriceModule.Price;
export const Price = PriceModule;
export type Time = TimeModule.Time;
export const Time = TimeModule;
export type Weight = WeightModule.Weight;
export const Weight = WeightModule;
export * as FixedPoint from './money/Fixed.ts';
export { approximate } from './money/approximate.ts';

export type { MarketId, Outcome, Rate, Swapped, Trade, Values } from './market/Market.ts';
export type { ConstantProduct } from './market/amm/ConstantProduct.ts';
export type { Concentrated, Tick } from './market/amm/Concentrated.ts';
export type Market = MarketModule.Market;
export const Market = MarketModule;
export type Gas = GasModule.Gas;
export const Gas = GasModule;
export * as SqrtPrice from './market/amm/SqrtPrice.ts';

export type { Block, Custody, PriceReading, Snapshot } from './portfolio/Snapshot.ts';
export type { Holding } from './portfolio/Holding.ts';
export type { InFlight } from './portfolio/InFlight.ts';
export type { Bands, Weights } from './portfolio/Drift.ts';
export type { Position } from './portfolio/Portfolio.ts';
export type { Booking } from './portfolio/Ledger.ts';
export type Portfolio = PortfolioModule.Portfolio;
export const Portfolio = PortfolioModule;
export type Drift = DriftModule.Drift;
export const Drift = DriftModule;
export type Ledger = LedgerModule.Ledger;
export const Ledger = LedgerModule;

export type Series = SeriesModule.Series;
export const Series = SeriesModule;
export type Returns = ReturnsModule.Returns;
export const Returns = ReturnsModule;
export type Garch = GarchModule.Garch;
export const Garch = GarchModule;
export type Covariance = CovarianceModule.Covariance;
export const Covariance = CovarianceModule;
export type Tail = TailModule.Tail;
export const Tail = TailModule;
export type { Absence, Gap } from './forecast/Series.ts';
export type { Bar } from './forecast/Volatility.ts';
export type { Filtered, Fit } from './forecast/Garch.ts';
export type { Shrunk } from './forecast/Covariance.ts';
export type { Drawdown } from './forecast/Tail.ts';
export type { Comparison, TrackRecord } from './forecast/Evidence.ts';
export * as Volatility from './forecast/Volatility.ts';
export * as Ewma from './forecast/Ewma.ts';
export * as Evidence from './forecast/Evidence.ts';
export * as Normal from './forecast/Normal.ts';
export { ForecastError } from './forecast/Numbers.ts';

export type {
  AnyOf,
  Band,
  Calendar,
  Fixed,
  Landing,
  Limit,
  Strategy,
  Target,
  Trading,
  Trigger,
} from './policy/Strategy.ts';
export type { Intent } from './policy/Intent.ts';
export { parse as parseStrategy } from './policy/parse.ts';
export { StrategyError } from './policy/Field.ts';

export type { Authorise, Cost, Leg, Plan, Route, Skip, Step, Swap } from './plan/Plan.ts';
export type { Refusal, Verdict } from './guard/Verdict.ts';
export type { Decision, Seen } from './Decision.ts';
export { decide } from './decide.ts';
