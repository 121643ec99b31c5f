// Where the page catches up. The server finds what changed (Change.between); this is its exact inverse.

import type { Change, State } from './contract.ts';

/** Bring a state up to date with a change: `applyChange(before, Change.between(before, after))` equals `after`. */
export function applyChange(state: State, change: Change): State {
  const { history, decisions, runs, ...sections } = change;
  return {
    ...state,
    ...sections,
    history: spliced(state.history, history),
    decisions: spliced(state.decisions, decisions),
    runs: spliced(state.runs, runs),
  };
}

type Tail<Item> = { readonly from: number; readonly items: readonly Item[] };

function spliced<Item>(list: Item[], tail: Tail<Item> | undefined): Item[] {
  return tail === undefined ? list : [...list.slice(0, tail.from), ...tail.items];
}
