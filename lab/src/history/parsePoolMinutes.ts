// One day of one real pool, minute by minute, as the open-source back-tester demeter records them
// (https://github.com/zelos-alpha/demeter): its price is the market's price and its liquidity the depth we trade in.

import type { Price, Seconds, Time } from '@trimtab/core';
import * as Csv from './Csv.ts';
import * as Field from './Field.ts';
import type { History } from './History.ts';

/** Choose a pool and a day out of a file of many. */
export type PoolChoice = {
  readonly file: string;
  /** Chain as the file names it, e.g. `polygon`. */
  readonly chain: string;
  /** Pool address, any case. */
  readonly pool: string;
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
  readonly maxGap: Seconds;
};

export type PoolMinutes = {
  /** One symbol, WETH, priced in the pool's USDC, taken as dollars. */
  readonly history: History;
  /** The pool's liquidity in range at each of the history's times, > 0. */
  readonly liquidity: readonly bigint[];
};

/** Furthest that a price may lie from the tick it was derived from: a tenth of a tick, so no other tick is meant. */
const TICK_TOLERANCE = 1e-5;

/**
 * Parse the minutes of one USDC/WETH pool. Columns used: chain, pool, time, closeTick, currentLiquidity,
 * price_usdc_per_weth. The price must agree with its tick, whose token 0 is USDC (6 decimals) and token 1 WETH (18).
 * Throws BadHistory.
 */
export function parsePoolMinutes(text: string, choice: PoolChoice): PoolMinutes {
  const table = Csv.parse(text, choice.file);
  const [chain, pool, time] = [Csv.column(table, 'chain'), Csv.column(table, 'pool'), Csv.column(table, 'time')];
  const [tick, depth, usdc] = ['closeTick', 'currentLiquidity', 'price_usdc_per_weth'].map((c) => Csv.column(table, c));
  const wanted = choice.pool.toLowerCase();
  const times: Time[] = [];
  const prices: Price[] = [];
  const liquidity: bigint[] = [];
  for (const row of table.rows) {
    if (Csv.field(row, chain) !== choice.chain || Csv.field(row, pool).toLowerCase() !== wanted) continue;
    const place = { file: choice.file, line: row.line };
    const written = Csv.field(row, time);
    const at = Field.moment(written, place);
    if (!Field.onDay(at, choice.day, place)) continue;
    Field.follows(times.at(-1), at, written, place, choice.maxGap);
    times.push(at);
    prices.push(priced(Csv.field(row, usdc ?? -1), Csv.field(row, tick ?? -1), place));
    liquidity.push(deep(Csv.field(row, depth ?? -1), place));
  }
  const source = `${choice.file}: ${choice.chain} ${wanted} on ${choice.day}`;
  if (times.length === 0) throw Field.none(choice.file, source, 'choose a chain, pool and day that the file has');
  return { history: { symbols: ['WETH'], times, prices: [prices], source }, liquidity };
}

function priced(text: string, tickText: string, place: Field.Place): Price {
  const price = Field.priceDown(text, place);
  const implied = 1e12 / 1.0001 ** Number(Field.integer(tickText, place));
  if (Math.abs(Number(price) / 1e18 / implied - 1) < TICK_TOLERANCE) return price;
  throw Field.bad(place, text, `is not the price ${implied} of its tick ${tickText}`, 'choose a pool of USDC and WETH');
}

function deep(text: string, place: Field.Place): bigint {
  const liquidity = Field.integer(text, place);
  if (liquidity > 0n) return liquidity;
  throw Field.bad(place, text, 'is no liquidity to trade in', 'correct the liquidity or remove the row');
}
