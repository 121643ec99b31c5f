// Written by contracts/build.ts from contracts/src; do not edit.

export { AggregatorFiller } from './AggregatorFiller.ts';
export { Allocator } from './Allocator.ts';
export { BasketVault } from './BasketVault.ts';
export { Breaker } from './Breaker.ts';
export { CalendarRule } from './CalendarRule.ts';
export { ConstantMixRule } from './ConstantMixRule.ts';
export { CppiRule } from './CppiRule.ts';
export { Erc4626Adapter } from './Erc4626Adapter.ts';
export { Factory } from './Factory.ts';
export { FeedAggregator } from './FeedAggregator.ts';
export { FeedProxy } from './FeedProxy.ts';
export { IndexRule } from './IndexRule.ts';
export { Lens } from './Lens.ts';
export { LeverageFactory } from './LeverageFactory.ts';
export { LeverageRule } from './LeverageRule.ts';
export { OptimisticProposer } from './OptimisticProposer.ts';
export { OracleHub } from './OracleHub.ts';
export { Policy } from './Policy.ts';
export { PoolActor } from './PoolActor.ts';
export { PositionFeed } from './PositionFeed.ts';
export { RouterFiller } from './RouterFiller.ts';
export { Settler } from './Settler.ts';
export { SignalRule } from './SignalRule.ts';
export { SignalVerifier } from './SignalVerifier.ts';
export { TestFeed } from './TestFeed.ts';
export { TestSleeve } from './TestSleeve.ts';
export { TestToken } from './TestToken.ts';
export { ThresholdRule } from './ThresholdRule.ts';
export { VolatilityBandRule } from './VolatilityBandRule.ts';
export { ZapIn } from './ZapIn.ts';
export { ZapOut } from './ZapOut.ts';

export const compiler = {"version":"0.8.37+commit.f401782d","evmVersion":"cancun","optimizer":{"enabled":true,"runs":20000},"metadata":{"bytecodeHash":"none","appendCBOR":false}} as const;
