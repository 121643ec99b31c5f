// How many of the mutants were noticed, and which were not.

import type { Fate } from './Lane.ts';
import type { Mutant } from './Mutant.ts';

/** Keep what became of one mutant. */
export type Outcome = { readonly id: string; readonly fate: Fate };

/** Report a run. `score` is killed ÷ (killed + survived + doubtful): what has not been noticed yet counts against it. */
export type Summary = {
  readonly killed: number;
  readonly survived: number;
  readonly doubtful: number;
  readonly invalid: number;
  readonly untried: number;
  readonly score: number;
  readonly survivors: readonly (Pick<Mutant, 'file' | 'line' | 'mutation'> & Pick<Outcome, 'fate'>)[];
};

/** Count the fates of these mutants. Those that do not compile say nothing about tests. */
export function summarise(mutants: readonly Mutant[], fates: ReadonlyMap<string, Fate>): Summary {
  const count = (fate: Fate | undefined) => mutants.filter(({ id }) => fates.get(id) === fate).length;
  const [killed, survived, doubtful] = [count('killed'), count('survived'), count('doubtful')];
  const survivors = mutants
    .map(({ id, file, line, mutation }) => ({ file, line, mutation, fate: fates.get(id) ?? 'invalid' }))
    .filter(({ fate }) => fate === 'survived' || fate === 'doubtful')
    .sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
  const alive = survived + doubtful;
  const score = killed === 0 ? 0 : killed / (killed + alive);
  return { killed, survived, doubtful, invalid: count('invalid'), untried: count(undefined), score, survivors };
}
