// What it cost to do what was decided: the paper portfolio that trades at once and for nothing, less the real one
// (Perold, 1988), told apart by cause. Each stage is what the same sale would have fetched there, so that the parts are
// differences of neighbours and add up to the whole, exactly.

import { valueDown, valueUp } from '../money/Amount.ts';
import { divUp, pow10 } from '../money/Fixed.ts';
import type { Price, Usd } from '../money/Price.ts';

/** State the prices of what is sold and of what is bought at one moment, from the independent source, > 0. */
export type Prices = { readonly sell: Price; readonly buy: Price };

/** Describe a sale that was filled, and what it would have fetched at each stage on the way. */
export type Execution = {
  /** Atoms that really left, and the decimals of both assets. */
  readonly sold: bigint;
  readonly decimals: { readonly sell: number; readonly buy: number };
  /** Prices when the decision was made. */
  readonly decision: Prices;
  /** Prices when the order reached the market. */
  readonly arrival: Prices;
  /** Atoms bought had all of it traded at the venues' own prices on arrival, before fee and depth. */
  readonly mid: bigint;
  /** What venues and their liquidity were to keep as fee by the quote. D18{USD} at the decision's prices. */
  readonly fee: Usd;
  /** Atoms bought had it been executed alone on the markets as they were on arrival. */
  readonly quoted: bigint;
  /** Atoms really bought. */
  readonly filled: bigint;
  /** What the transaction cost, whoever paid it. */
  readonly gas: Usd;
};

/** Hold the shortfall and its parts, D18{USD} at the decision's prices: what was lost; negative where it was gained. */
export type Shortfall = {
  /** What prices did between decision and arrival. */
  readonly timing: Usd;
  /** How far the venues' own prices were from the market's: half a book's spread, or a pool that lags. */
  readonly spread: Usd;
  readonly fee: Usd;
  /** What our own size moved the price: the rest between the venues' price and the quote. */
  readonly impact: Usd;
  /** What others did between quote and fill: a sandwich, or merely somebody who came first. */
  readonly mev: Usd;
  readonly gas: Usd;
  /** Value sold at the decision's prices less value received, and gas: the sum of the parts. */
  readonly total: Usd;
};

/** Start with nothing lost. */
export const none: Shortfall = { timing: 0n, spread: 0n, fee: 0n, impact: 0n, mev: 0n, gas: 0n, total: 0n };

/**
 * Split what one sale cost. Stages that were only hoped for are valued up and what was received down, so that the whole is
 * never understated. What was ordered and not filled is not in it: it is still held, and the next decision's to judge.
 * Throws ShortfallError.
 */
export function of(execution: Execution): Shortfall {
  checkExecution(execution);
  const { sold, decimals, decision, arrival, fee, gas } = execution;
  const wanted = valueUp(sold, decimals.sell, decision.sell);
  const arrived = divUp(sold * arrival.sell * decision.buy, arrival.buy * pow10(decimals.sell));
  const mid = valueUp(execution.mid, decimals.buy, decision.buy);
  const quoted = valueUp(execution.quoted, decimals.buy, decision.buy);
  const received = valueDown(execution.filled, decimals.buy, decision.buy);
  return {
    timing: wanted - arrived,
    spread: arrived - mid,
    fee,
    impact: mid - fee - quoted,
    mev: quoted - received,
    gas,
    total: wanted - received + gas,
  };
}

/** Add two shortfalls, part by part. */
export function add(one: Shortfall, other: Shortfall): Shortfall {
  return {
    timing: one.timing + other.timing,
    spread: one.spread + other.spread,
    fee: one.fee + other.fee,
    impact: one.impact + other.impact,
    mev: one.mev + other.mev,
    gas: one.gas + other.gas,
    total: one.total + other.total,
  };
}

function checkExecution({ sold, decision, arrival, mid, fee, quoted, filled, gas }: Execution): void {
  for (const [name, price] of Object.entries({
    'decision.sell': decision.sell,
    'decision.buy': decision.buy,
    'arrival.sell': arrival.sell,
    'arrival.buy': arrival.buy,
  })) {
    if (price <= 0n) throw new ShortfallError(name, `${price}`, 'give a price above zero');
  }
  for (const [name, amount] of Object.entries({ sold, mid, fee, quoted, filled, gas })) {
    if (amount < 0n) throw new ShortfallError(name, `${amount}`, 'give a number from zero');
  }
}

/** Report an execution that cannot be split: where, what stands there, and the fix. */
export class ShortfallError extends Error {
  override readonly name = 'ShortfallError';
  readonly next = 'halt';
  readonly path: string;
  constructor(path: string, found: string, fix: string) {
    super(`shortfall at ${path}: ${found} found; ${fix}`);
    this.path = path;
  }
}
