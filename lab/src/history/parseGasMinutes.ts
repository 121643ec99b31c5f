// What a block's gas cost, minute by minute: a crash is also when everybody wants in.

import type { Seconds, Time } from '@trimtab/core';

/** Choose a chain and a day out of a file of many. */
export type GasChoice = {
  readonly file: string;
  readonly chain: string;
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
  readonly maxGap: Seconds;
};

export type GasMinutes = {
  readonly times: readonly Time[];
  /** {wei/gas} at each time, > 0. */ readonly prices: readonly bigint[];
  readonly source: string;
};

/** Parse gas prices. Columns: chain, time, gas_price_gwei. Throws BadHistory. */
export function parseGasMinutes(text: string, choice: GasChoice): GasMinutes {
  throw new Error(`not yet: ${choice.file} ${text.length}`);
}
