// The public surface of core.

export type { Asset, AssetId } from './money/Asset.ts';
export type { Bps } from './money/Bps.ts';
export type { Price, Usd } from './money/Price.ts';
export type { Seconds, Time } from './money/Time.ts';
export type { Weight } from './money/Weight.ts';
export type { Market, MarketId, Swapped } from './market/Market.ts';
export type { Gas } from './market/Gas.ts';
export type { ConstantProduct } from './market/amm/ConstantProduct.ts';
export type { Concentrated, Tick } from './market/amm/Concentrated.ts';
export type { Block, Custody, PriceReading, Snapshot } from './portfolio/Snapshot.ts';
export type { Holding } from './portfolio/Holding.ts';
export type { InFlight } from './portfolio/InFlight.ts';
export type { Drift } from './portfolio/Drift.ts';
export type { AnyOf, Band, Calendar, Fixed, Landing, Limit, Strategy, Target, Trading, Trigger } from './policy/Strategy.ts';
export type { Intent } from './policy/Intent.ts';
export type { Authorise, Cost, Leg, Plan, Route, Skip, Step, Swap } from './plan/Plan.ts';
export type { Refusal, Verdict } from './guard/Verdict.ts';
export type { Decision, Seen } from './Decision.ts';
