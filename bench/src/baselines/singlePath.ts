// The best single path: every way of at most three markets is asked for the whole amount, and the one that pays most after gas wins.

import type { Path } from './Paths.ts';
import type { Rebalance, State } from './Rebalance.ts';
import type { Pair } from './match.ts';
import * as Split from './Split.ts';

/** Send a whole trade along the path that brings most after gas; undefined where none takes it. */
export function singlePath(task: Rebalance, state: State, pair: Pair, paths: readonly Path[]): Split.Split | undefined {
  return Split.best(paths.map((path) => Split.carry(task, state, pair.buy, [{ path, sold: pair.atoms }])));
}
