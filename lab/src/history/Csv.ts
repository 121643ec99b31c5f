// Comma-separated text of plain fields, with line numbers kept for messages. Quoted fields are refused rather than
// half understood: the files read here are numbers, times and symbols, and none of those needs a quote.

import { BadHistory } from './BadHistory.ts';

export type Table = {
  readonly file: string;
  /** Column names, trimmed, unique. */
  readonly header: readonly string[];
  /** At least one. */
  readonly rows: readonly Row[];
};

/** Hold one line's fields, trimmed, as many as the header has. Lines are counted from 1, the header included. */
export type Row = { readonly line: number; readonly fields: readonly string[] };

/** Split text into a table. Throws BadHistory on a quote, a ragged row, a doubled column, or no data. */
export function parse(text: string, file: string): Table {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  while (lines.length > 0 && lines.at(-1)?.trim() === '') lines.pop();
  const [header, ...rows] = lines.map((line, i): Row => ({ line: i + 1, fields: split(line, i + 1, file) }));
  if (header === undefined || rows.length === 0) {
    throw new BadHistory({
      file,
      line: Math.max(1, lines.length),
      value: lines[0] ?? '',
      why: 'is all there is: the file has no data',
      fix: 'give a header line and at least one row',
    });
  }
  checkHeader(header, file);
  for (const row of rows) checkWidth(row, header, file);
  return { file, header: header.fields, rows };
}

/** Find a column by name. Throws BadHistory, listing what there is, where it is missing. */
export function column(table: Table, name: string): number {
  const index = table.header.indexOf(name);
  if (index !== -1) return index;
  throw new BadHistory({
    file: table.file,
    line: 1,
    value: table.header.join(','),
    why: `has no column "${name}"`,
    fix: `name the column "${name}" in the header`,
  });
}

/** Read one field of a row. */
export function field(row: Row, index: number): string {
  return row.fields[index] ?? '';
}

function split(line: string, number: number, file: string): readonly string[] {
  if (line.includes('"')) {
    throw new BadHistory({
      file,
      line: number,
      value: line.replaceAll('"', "'"),
      why: 'has a quoted field',
      fix: 'write the fields without quotes',
    });
  }
  return line.split(',').map((part) => part.trim());
}

function checkHeader(header: Row, file: string): void {
  const bad = header.fields.find((name, i) => name === '' || header.fields.indexOf(name) !== i);
  if (bad === undefined) return;
  throw new BadHistory({
    file,
    line: header.line,
    value: bad,
    why: bad === '' ? 'is not a column name' : 'names two columns',
    fix: 'give each column its own name',
  });
}

function checkWidth(row: Row, header: Row, file: string): void {
  if (row.fields.length === header.fields.length) return;
  throw new BadHistory({
    file,
    line: row.line,
    value: row.fields.join(','),
    why: `has ${row.fields.length} fields where the header has ${header.fields.length}`,
    fix: 'give every row one field for each column, or remove the row',
  });
}
