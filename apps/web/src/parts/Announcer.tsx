// What a screen reader is told without asking: a new decision, once, and nothing of what moves all the time.

import type { DecisionRow } from '@trimtab/api/contract';

const SAID = { hold: 'Holding', refuse: 'Refused', act: 'Rebalancing' } as const;

/** Say the newest decision. Holds in a row are said once: their words change with every look. */
export function Announcer({ decisions }: { readonly decisions: readonly DecisionRow[] }) {
  const newest = decisions.at(-1);
  const text = newest === undefined ? '' : newest.kind === 'act' ? `${SAID.act}: ${newest.why}` : SAID[newest.kind];
  return (
    <p className="unseen" role="status" aria-live="polite">
      {text}
    </p>
  );
}
