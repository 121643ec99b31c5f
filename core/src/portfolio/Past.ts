// What earlier cycles have to say to this one. A decision remembers nothing; whatever it needs of the past is told to it
// here, folded from what was journalled, so that a replay is told the same.

import type { AssetId } from '../money/Asset.ts';
import type { Usd } from '../money/Price.ts';
import type { Time } from '../money/Time.ts';

/** Sum up the past of a portfolio. Values per share, so that deposits and withdrawals are neither gain nor loss. */
export type Past = {
  /** Highest value of a share so far. D18{USD/share}. */
  readonly peak: Usd;
  /** Net atoms that came in (positive) or went out since the last rebalance closed. */
  readonly flows: readonly CashFlow[];
  /** Value sold by plans in the 24 h before the snapshot. D18{USD}. */
  readonly soldToday: Usd;
  /** Rebalances that failed in a row, up to now. */
  readonly failures: number;
  /** Since when the portfolio is outside the region that starts a rebalance and has not been back inside the inner one. */
  readonly outsideSince?: Time;
  /** When the rebalance that is being spread over time began; absent where none is. */
  readonly spreadSince?: Time;
};

/** State what came in or went out of one asset. */
export type CashFlow = { readonly asset: AssetId; readonly atoms: bigint };
