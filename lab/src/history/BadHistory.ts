// Why a price file was refused. All readers of history throw this one error.

/** Say which value on which line of which file is bad, why, and how to mend it. */
export class BadHistory extends Error {
  override readonly name = 'BadHistory';
  readonly next = 'halt';
  readonly file: string;
  /** Counted from 1, the header included. */
  readonly line: number;
  readonly value: string;
  readonly why: string;
  readonly fix: string;
  constructor(fault: {
    readonly file: string;
    readonly line: number;
    readonly value: string;
    readonly why: string;
    readonly fix: string;
  }) {
    super(`${fault.file}:${fault.line}: "${fault.value}" ${fault.why}; ${fault.fix}`);
    this.file = fault.file;
    this.line = fault.line;
    this.value = fault.value;
    this.why = fault.why;
    this.fix = fault.fix;
  }
}
