// Decisions and runs of any age. The projection keeps the newest; older ones are told again from the journal by
// folding just the entries they are made of.

import type { Entry, Journal } from '@trimtab/engine';
import type { Decision, Run } from './contract.ts';
import * as Projection from './Projection.ts';

export type Archive = { readonly journal: Pick<Journal, 'read'>; readonly portfolio: string };

/** Tell the decision at this place in the journal; undefined where there is none. */
export async function recall(archive: Archive, seq: number): Promise<Decision | undefined> {
  const { earlier, entry, later } = await around(archive, seq);
  if (entry === undefined) return undefined;
  const { portfolio } = archive;
  const [starts, looks, happenings] = await Promise.all([
    archive.journal.read({ portfolio, kinds: ['Started'], limit: 10_000 }),
    archive.journal.read({ portfolio, kinds: ['Observed'], after: Math.max(0, seq - 17), limit: 16 }),
    entry.run === undefined ? [] : archive.journal.read({ portfolio, run: entry.run, after: seq, limit: 10_000 }),
  ]);
  const past = [starts, looks].flatMap((entries) => entries.findLast((one) => one.seq < seq) ?? []);
  const { decision } = Projection.foldAll(Projection.empty(portfolio, 'DRY RUN'), [
    ...past,
    entry,
    ...happenings,
  ]).shown;
  if (decision === undefined) return undefined;
  return { ...decision, ...(earlier === undefined ? {} : { earlier }), ...(later === undefined ? {} : { later }) };
}

/** Tell the run of this name; undefined where there is none. */
export async function recallRun(archive: Archive, run: string): Promise<Run | undefined> {
  const { journal, portfolio } = archive;
  const [decided] = await journal.read({ portfolio, run, kinds: ['Decided'], limit: 1 });
  return decided === undefined ? undefined : (await recall(archive, decided.seq))?.run;
}

type Around = { readonly earlier?: number; readonly entry?: Entry; readonly later?: number };

/** Find a decision and its neighbours, looking further back only while nothing is found near by. */
async function around(archive: Archive, seq: number): Promise<Around> {
  const { journal, portfolio } = archive;
  for (let span = 16; ; span *= 16) {
    const after = Math.max(0, seq - 1 - span);
    const limit = Math.min(10_000, span + 2);
    const entries = await journal.read({ portfolio, kinds: ['Decided'], after, limit });
    const index = entries.findIndex((one) => one.seq === seq);
    const entry = entries[index];
    if (entry === undefined) return {};
    if (index === 0 && after > 0 && limit < 10_000) continue;
    const earlier = entries[index - 1]?.seq;
    const later = entries[index + 1]?.seq;
    return { entry, ...(earlier === undefined ? {} : { earlier }), ...(later === undefined ? {} : { later }) };
  }
}
