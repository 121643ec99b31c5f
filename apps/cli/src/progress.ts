// How far a long job is and how long it still takes. Always on standard error, so that standard output stays a
// result; a moving bar on a terminal, a plain line now and then anywhere else.

import * as Figure from './Figure.ts';

/**
 * Report a job as it goes: `to` says how much is done so far; `aside` prints something else meanwhile, with the bar out
 * of its way; `done` ends the report.
 */
export type Progress = {
  readonly to: (done: number, note?: string) => void;
  readonly aside: (print: () => void) => void;
  readonly done: () => void;
};

const BAR = 24;
/** Redraw a bar at most this often. {ms} */
const FRAME = 100;
/** Say something at most this often where there is no terminal, and nothing at all about jobs shorter than this. {ms} */
const QUIET = 2_000;

/** Start reporting a job of `total` parts; give 0 where the size is not known. */
export function progress(total: number, label: string): Progress {
  const terminal = process.stderr.isTTY;
  const started = performance.now();
  let last = terminal ? Number.NEGATIVE_INFINITY : started;
  let drawn = false;
  const draw = (done: number, note: string | undefined, now: number): void => {
    const state = { done, total, label, elapsed: (now - started) / 1_000, ...(note === undefined ? {} : { note }) };
    const text = line(state, terminal ? BAR : 0);
    process.stderr.write(terminal ? `\r\u001b[2K${text.slice(0, (process.stderr.columns || 80) - 1)}` : `${text}\n`);
    last = now;
    drawn = true;
  };
  return {
    to: (done, note) => {
      const now = performance.now();
      if (now - last >= (terminal ? FRAME : QUIET)) draw(done, note, now);
    },
    aside: (print) => {
      if (terminal && drawn) process.stderr.write('\r\u001b[2K');
      print();
      // The bar comes back with the next report, below what was printed.
      last = terminal ? Number.NEGATIVE_INFINITY : last;
    },
    done: () => {
      if (terminal && drawn) process.stderr.write('\r\u001b[2K');
    },
  };
}

/** Hold what one line of progress tells. `elapsed` in {s}. */
export type State = {
  readonly done: number;
  readonly total: number;
  readonly label: string;
  readonly elapsed: number;
  readonly note?: string;
};

/** Write one line: a bar `width` wide, the share done, and the time left as the pace so far suggests. */
export function line({ done, total, label, elapsed, note }: State, width: number): string {
  const tail = note === undefined ? '' : `  ${note}`;
  if (total <= 0) return `${label}  ${Figure.duration(elapsed)}${tail}`;
  const part = Math.min(1, Math.max(0, done / total));
  const full = Math.round(part * width);
  const bar = width === 0 ? '' : `${'█'.repeat(full)}${'░'.repeat(width - full)} `;
  const left = part > 0 ? `${Figure.duration((elapsed / part) * (1 - part))} left` : 'just started';
  return `${label}  ${bar}${Math.floor(part * 100)} %  ${left}${tail}`;
}
