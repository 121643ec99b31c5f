// Each entry's hash covers the hash before it, so no entry can be changed, moved or taken out of the middle of a
// portfolio's history without every later hash giving it away. (Cutting off the end leaves a shorter, valid chain:
// compare the newest hash with one kept elsewhere.)

import { createHash } from 'node:crypto';

/** Name what a hash covers: everything that is stored of an entry, with the event as its canonical text. */
export type Link = {
  readonly portfolio: string;
  readonly seq: number;
  readonly epoch: number;
  readonly at: number;
  readonly body: string;
};

/** The hash before a portfolio's first entry. */
export const START = '0'.repeat(64);

/** Hash an entry onto the chain: SHA-256 in hex over the hash before it and all its fields, one to a line. */
export function after(previous: string, { portfolio, seq, epoch, at, body }: Link): string {
  // JSON never holds a raw line break, so no two lists of fields give the same lines.
  const lines = [previous, JSON.stringify(portfolio), seq, epoch, at, body];
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}
