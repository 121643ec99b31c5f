// An owner for tests to compete with and to kill: takes a folder, tells its parent how that went, and stays.

import * as Owner from './Owner.ts';

/** Tell whether the folder was taken, or the name of the error. */
export type Outcome = 'owner' | 'FolderOwned';

const [, , folder] = process.argv;
if (folder === undefined || process.send === undefined) throw new Error('run this as a child process with a folder');

process.send(
  await Owner.take(folder, () => Promise.resolve()).then(
    (): Outcome => 'owner',
    (error: Error) => error.name as Outcome,
  ),
);
// The channel to the parent keeps this process alive until it is killed or the parent is gone.
process.on('message', () => {});
process.on('disconnect', () => process.exit());
