// What a block's gas cost, minute by minute: a crash is also when everybody wants in.

import type { Seconds, Time } from '@trimtab/core';
import * as Csv from './Csv.ts';
import * as Field from './Field.ts';
import type { GasMinutes } from './GasMinutes.ts';

/** Choose a chain and a day out of a file of many. */
export type GasChoice = {
  readonly file: string;
  readonly chain: string;
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
  readonly maxGap: Seconds;
};

/** Gas dearer than this is a mistake: a hundred times the worst minutes on record. {wei/gas} */
const DEAREST = 10n ** 15n;

/** Parse gas prices. Columns: chain, time, gas_price_gwei. Digits below a wei are cut off. Throws BadHistory. */
export function parseGasMinutes(text: string, choice: GasChoice): GasMinutes {
  const table = Csv.parse(text, choice.file);
  const [chain, time] = [Csv.column(table, 'chain'), Csv.column(table, 'time')];
  const gwei = Csv.column(table, 'gas_price_gwei');
  const times: Time[] = [];
  const prices: bigint[] = [];
  for (const row of table.rows) {
    if (Csv.field(row, chain) !== choice.chain) continue;
    const place = { file: choice.file, line: row.line };
    const written = Csv.field(row, time);
    const at = Field.moment(written, place);
    if (!Field.onDay(at, choice.day, place)) continue;
    Field.follows(times.at(-1), at, written, place, choice.maxGap);
    times.push(at);
    prices.push(weiDown(Csv.field(row, gwei), place));
  }
  const source = `${choice.file}: ${choice.chain} on ${choice.day}`;
  if (times.length === 0) throw Field.none(choice.file, source, 'choose a chain and day that the file has');
  return { times, prices, source };
}

function weiDown(text: string, place: Field.Place): bigint {
  const wei = Field.decimalDown(text, 9);
  if (wei !== undefined && wei > 0n && wei <= DEAREST) return wei;
  throw Field.bad(
    place,
    text,
    'is not a gas price in gwei, above 0 and at most 1,000,000',
    'correct it or remove the row',
  );
}
