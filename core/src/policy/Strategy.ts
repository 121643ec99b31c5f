// A strategy is data: what it is stored, shown, hashed, signed and replayed as.
// `when` says what makes a rebalance due, `toward` where it goes, `within` what no plan may exceed.

import type { Bps } from '../money/Bps.ts';
import type { Usd } from '../money/Price.ts';
import type { Seconds } from '../money/Time.ts';
import type { Constraint } from './Constraint.ts';
import type { Landing } from './Landing.ts';
import type { Limit } from './Limit.ts';
import type { Target } from './Target.ts';
import type { Trigger } from './Trigger.ts';

/** Hold a whole rebalancing strategy. Limits are judged in the order they stand in. */
export type Strategy = {
  readonly when: Trigger;
  readonly toward: Target;
  /** What the target's weights must keep to; absent where they may be anything that sums to one. */
  readonly keeping?: readonly Constraint[];
  readonly landing: Landing;
  readonly trading: Trading;
  readonly within: readonly Limit[];
};

/** Say what a trade must be worth and how well it must be paid. */
export type Trading = {
  /** Trades worth less than this are not made. D18{USD}. */
  readonly minNotional: Usd;
  /** A fill may pay at most this much less than the computed quote. */
  readonly slippage: Bps;
  /** A plan may be executed for this long after the snapshot. */
  readonly lifetime: Seconds;
  /** What a deposit will earn counts over this time; nothing of it where it is absent. */
  readonly horizon?: Seconds;
  /** Whether others see a trade before it is done; in public where it is absent. */
  readonly sending?: 'public' | 'private';
};
