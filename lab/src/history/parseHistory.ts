// Prices from a file somebody else made. Anything doubtful is refused with its line: a silently repaired price is a
// silently wrong back-test.

import type { Price, Seconds, Time } from '@trimtab/core';
import * as Csv from './Csv.ts';
import * as Field from './Field.ts';
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
 * Parse CSV into a history: wide (`time,BTC,ETH,…`) or tidy (`time,symbol,price`, in any order of symbols). Times are
 * ISO 8601 (UTC unless an offset is written) or unix seconds; steps may be irregular, but every symbol needs a price
 * at every time. Prices are plain decimals in USD, read exactly to 18 decimals. Throws BadHistory.
 */
export function parseHistory(text: string, reading: Reading): History {
  const table = Csv.parse(text, reading.file);
  const header = table.header.map((name) => name.toLowerCase());
  if (header.join() === 'time,symbol,price') return tidy(table, reading);
  if (header[0] === 'time' && header.length > 1) return wide(table, reading);
  throw Field.bad(
    { file: reading.file, line: 1 },
    table.header.join(),
    'is neither header of a price file',
    'write `time,BTC,ETH` with one column for each symbol, or `time,symbol,price`',
  );
}

function wide(table: Csv.Table, reading: Reading): History {
  const symbols = table.header.slice(1);
  for (const symbol of symbols) checkSymbol(symbol, { file: reading.file, line: 1 }, reading);
  const times: Time[] = [];
  const prices: Price[][] = symbols.map(() => []);
  for (const row of table.rows) {
    const place = { file: reading.file, line: row.line };
    const written = Csv.field(row, 0);
    const at = Field.moment(written, place);
    Field.follows(times.at(-1), at, written, place, reading.maxGap);
    times.push(at);
    for (const [i, column] of prices.entries()) column.push(Field.priceDown(Csv.field(row, i + 1), place));
  }
  return { symbols, times, prices, source: reading.file };
}

/** One symbol's rows of a tidy file. */
type Column = { readonly times: Time[]; readonly prices: Price[]; readonly lines: number[] };

function tidy(table: Csv.Table, reading: Reading): History {
  const columns = new Map<string, Column>();
  for (const row of table.rows) {
    const place = { file: reading.file, line: row.line };
    const [written, symbol, price] = [Csv.field(row, 0), Csv.field(row, 1), Csv.field(row, 2)];
    checkSymbol(symbol, place, reading);
    const column = columns.get(symbol) ?? { times: [], prices: [], lines: [] };
    columns.set(symbol, column);
    const at = Field.moment(written, place);
    Field.follows(column.times.at(-1), at, written, place, reading.maxGap);
    column.times.push(at);
    column.prices.push(Field.priceDown(price, place));
    column.lines.push(row.line);
  }
  checkTogether(columns, reading.file);
  const all = [...columns.values()];
  const times = all[0]?.times ?? [];
  return { symbols: [...columns.keys()], times, prices: all.map((column) => column.prices), source: reading.file };
}

/** Require every symbol at every time: a price carried over from earlier would be an invention. */
function checkTogether(columns: ReadonlyMap<string, Column>, file: string): void {
  const [[first, model] = ['', undefined], ...rest] = columns;
  if (model === undefined) return;
  for (const [symbol, column] of rest) {
    const length = Math.max(model.times.length, column.times.length);
    for (let i = 0; i < length; i++) {
      const [a, b] = [model.times[i] ?? Infinity, column.times[i] ?? Infinity];
      if (a === b) continue;
      const [has, lacks, line] = a < b ? [first, symbol, model.lines[i]] : [symbol, first, column.lines[i]];
      throw Field.bad(
        { file, line: line ?? 1 },
        has,
        `has a price at this time, but ${lacks} has none`,
        `add ${lacks} at this time, or remove the row`,
      );
    }
  }
}

function checkSymbol(symbol: string, place: Field.Place, { symbols }: Reading): void {
  if (symbol === '') throw Field.bad(place, symbol, 'is not a symbol', 'name the symbol of every row');
  if (symbols === undefined || symbols.includes(symbol)) return;
  throw Field.bad(place, symbol, `is not one of the known symbols ${symbols.join(', ')}`, 'rename it or leave it out');
}
