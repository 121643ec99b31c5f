// A writer for tests to kill: appends to the journal in a folder, telling its parent each acknowledged `seq`.

import { openEmbedded } from './openEmbedded.ts';

const [, , folder, portfolio] = process.argv;
if (folder === undefined || portfolio === undefined || process.send === undefined)
  throw new Error('run this as a child process with a folder and a portfolio');

const journal = await openEmbedded(folder);
const lease = await journal.lease(portfolio, 'killed', 60);
for (let step = 0; ; step += 1) {
  const entries = await journal.append(lease, [{ kind: 'StepSent', run: 'r1', step, attempt: 0 }]);
  process.send(entries.at(-1)?.seq);
}
