// The price of being included in a block over a day, minute by minute.

import type { Time } from '@trimtab/core';

export type GasMinutes = {
  /** Strictly ascending, at least one. */
  readonly times: readonly Time[];
  /** {wei/gas} at each time, > 0. */
  readonly prices: readonly bigint[];
  /** Where it comes from, in words for a person. */
  readonly source: string;
};

/** Get the gas price in force at a moment: the newest at or before it, or the first of all. {wei/gas} */
export function at(gas: GasMinutes, time: Time): bigint {
  const after = gas.times.findIndex((known) => known > time);
  const price = gas.prices[after === -1 ? gas.prices.length - 1 : Math.max(0, after - 1)];
  if (price === undefined) throw new RangeError(`${gas.source} has no gas price`);
  return price;
}
