// A writer for tests to kill: opens the journal in a folder, tells its parent what it found there, then appends
// without end, telling each acknowledged `seq`.

import { openEmbedded } from './openEmbedded.ts';

/** Tell the newest entry found and what the proof of the history says, or an entry acknowledged. */
export type Told = { readonly found: number; readonly chain: string } | { readonly acknowledged: number };

const [, , folder, portfolio] = process.argv;
if (folder === undefined || portfolio === undefined || process.send === undefined)
  throw new Error('run this as a child process with a folder and a portfolio');

const journal = await openEmbedded(folder);
const newest = await journal.read({ portfolio, newest: 'newest', limit: 1 });
tell({ found: newest[0]?.seq ?? 0, chain: (await journal.verify(portfolio)).kind });
const lease = await journal.lease(portfolio, 'killed', 60);
for (let step = 0; ; step += 1) {
  const entries = await journal.append(lease, [{ kind: 'StepSent', run: 'r1', step, attempt: 0 }]);
  tell({ acknowledged: entries.at(-1)?.seq ?? 0 });
}

function tell(told: Told): void {
  process.send?.(told);
}
