// What it costs to be included in a block.

import type { Price, Usd } from '../money/Price.ts';

/** State the going price of gas and how much of it each kind of step uses. */
export type Gas = {
  /** {wei/gas}: base fee plus the tip we pay. */
  readonly price: bigint;
  /** D18{USD/tok} of the native coin, 18 decimals. */
  readonly native: Price;
  /** {gas} to authorise a plan. */
  readonly authorise: bigint;
  /** {gas} for a fill through one market. */
  readonly swap: bigint;
  /** {gas} that each further market in the same fill adds. */
  readonly hop: bigint;
};

/** Value an amount of gas at this price, rounded up: a cost is never understated. D18{USD}. */
export function costUp(gas: Gas, units: bigint): Usd {
  const wei = units * gas.price;
  const scale = 10n ** 18n;
  return (wei * gas.native + scale - 1n) / scale;
}
