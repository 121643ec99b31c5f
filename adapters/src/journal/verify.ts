// Proof that a history is the one that was written.

import type { Kysely } from 'kysely';
import * as HashChain from './HashChain.ts';
import * as Row from './Row.ts';
import type { Tables } from './Tables.ts';

/** Report on a portfolio's chain: whole, or broken at the first entry that is missing or not what was written. */
export type Verified =
  | { readonly kind: 'whole'; readonly entries: number; readonly hash: string }
  | { readonly kind: 'broken'; readonly seq: number; readonly why: string };

/** Entries read at a time. */
const PAGE = 1_000;

/** Recompute the hash of every entry of a portfolio from the first on, and what its columns say of its body. */
export async function verify(db: Kysely<Tables>, portfolio: string): Promise<Verified> {
  let hash = HashChain.START;
  let seq = 0;
  for (;;) {
    const page = await db
      .selectFrom('trimtab.entry')
      .selectAll()
      .where('portfolio', '=', portfolio)
      .where('seq', '>', seq)
      .orderBy('seq')
      .limit(PAGE)
      .execute();
    for (const row of page) {
      seq += 1;
      if (Number(row.seq) !== seq) return { kind: 'broken', seq, why: `entry ${seq} is missing` };
      const link = { portfolio, seq, epoch: Number(row.epoch), at: Number(row.at), body: row.body };
      hash = HashChain.after(hash, link);
      if (hash !== row.hash) return { kind: 'broken', seq, why: `entry ${seq} is not what was written` };
      if (!agrees(row)) return { kind: 'broken', seq, why: `entry ${seq} is filed under what it is not` };
    }
    if (page.length < PAGE) return { kind: 'whole', entries: seq, hash };
  }
}

/** The hash vouches for the body; the columns that queries select by must still tell the same story. */
function agrees(row: Row.Row): boolean {
  const { kind, run, once } = Row.from(Row.toEntry(row), row.body);
  return kind === row.kind && run === row.run && once === row.once;
}
