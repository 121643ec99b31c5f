// What is new between two states, so that the page is told only that. Unchanged parts are recognised by being the
// same object: the fold never copies what it does not change.

import type { Change, State } from './contract.ts';

/** Find what turns `before` into `after`; applyChange is the inverse. */
export function between(before: State, after: State): Change {
  return {
    id: after.id,
    ...(after.status === before.status ? {} : { status: after.status }),
    ...(after.assets === before.assets ? {} : { assets: after.assets }),
    ...(after.drift === before.drift ? {} : { drift: after.drift }),
    ...(after.inputs === before.inputs ? {} : { inputs: after.inputs }),
    ...(after.costs === before.costs ? {} : { costs: after.costs }),
    ...(after.decision === before.decision || after.decision === undefined ? {} : { decision: after.decision }),
    ...(after.history === before.history ? {} : { history: tail(before.history, after.history) }),
    ...(after.decisions === before.decisions ? {} : { decisions: tail(before.decisions, after.decisions) }),
    ...(after.runs === before.runs ? {} : { runs: tail(before.runs, after.runs) }),
  };
}

function tail<Item>(before: readonly Item[], after: readonly Item[]): { from: number; items: Item[] } {
  const differs = after.findIndex((item, i) => item !== before[i]);
  const from = differs === -1 ? after.length : differs;
  return { from, items: after.slice(from) };
}
