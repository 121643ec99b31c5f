// Prices from a file somebody else made. Anything doubtful is refused with its line: a silently repaired price is a
// silently wrong back-test.

import type { Seconds } from '@trimtab/core';
import type { History } from './History.ts';

/** Say how to read a price file. */
export type Reading = {
  /** Name of the file, for messages and as the history's source. */
  readonly file: string;
  /** Longest step that is still a series and not a hole, {s}. */
  readonly maxGap: Seconds;
  /** Symbols that may occur; any other is refused. Default: all may. */
  readonly symbols?: readonly string[];
};

/**
 * Parse CSV into a history: wide (`time,BTC,ETH,…`) or tidy (`time,symbol,price`). Times are ISO 8601 (UTC unless an
 * offset is written) or unix seconds; steps may be irregular. Prices are plain decimals in USD, read exactly to 18
 * decimals. Throws BadHistory.
 */
export function parseHistory(text: string, reading: Reading): History {
  throw new Error(`not yet: ${reading.file} ${text.length}`);
}
