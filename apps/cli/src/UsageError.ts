// A command was asked for in a way that it cannot answer.

/** Tell what is missing or contradictory in the command line and how to write it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly next = 'halt';
  readonly fix: string;
  constructor(what: string, fix: string) {
    super(what);
    this.fix = fix;
  }
}
