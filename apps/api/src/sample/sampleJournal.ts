// A journal in memory for tests of what is shown. It keeps what it is given and answers the port's queries; it grants
// no lease, because nothing that is tested with it may write.

import type { Entry, Journal, Query } from '@trimtab/engine';

export type SampleJournal = Pick<Journal, 'read' | 'watch'> & {
  /** Add entries that are written elsewhere, and tell the watchers. */
  readonly arrive: (entries: readonly Entry[]) => void;
};

/** Keep these entries. */
export function sampleJournal(first: readonly Entry[]): SampleJournal {
  let kept = first;
  const watchers = new Set<(entries: readonly Entry[]) => void>();
  return {
    read: async (query) => select(kept, query),
    watch: (onEntries) => {
      watchers.add(onEntries);
      return () => watchers.delete(onEntries);
    },
    arrive: (entries) => {
      kept = [...kept, ...entries];
      for (const watcher of watchers) watcher(entries);
    },
  };
}

function select(entries: readonly Entry[], query: Query): readonly Entry[] {
  const { portfolio, after = 0, run, kinds, limit = 1_000, newest } = query;
  const found = entries.filter(
    (entry) =>
      entry.seq > after &&
      (portfolio === undefined || entry.portfolio === portfolio) &&
      (run === undefined || entry.run === run) &&
      (kinds === undefined || kinds.includes(entry.event.kind)),
  );
  return newest === 'newest' ? found.slice(-limit) : found.slice(0, limit);
}
