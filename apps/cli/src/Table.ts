// Columns that line up. Numbers to the right, words to the left, nothing wrapped: a pipe may be reading.

import { stripVTControlCharacters, styleText } from 'node:util';

/** Name a column and the side its cells lean to. */
export type Column = { readonly title: string; readonly lean: 'left' | 'right' };

/** Lay out rows under their titles, two spaces between columns. */
export function render(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const titles = columns.map(({ title }) => styleText('dim', title, { stream: process.stdout }));
  const lines = [titles, ...rows];
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => width(line[index] ?? ''))));
  return lines
    .map((line) =>
      columns
        .map(({ lean }, index) => pad(line[index] ?? '', widths[index] ?? 0, lean))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function pad(cell: string, to: number, lean: Column['lean']): string {
  const space = ' '.repeat(to - width(cell));
  return lean === 'left' ? cell + space : space + cell;
}

function width(cell: string): number {
  return stripVTControlCharacters(cell).length;
}
