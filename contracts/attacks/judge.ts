// What the rows are worth, given what ran. A defence that was never seen to fail without its guard, or that locks the
// honest out as well, is no defence: a row needs a control and an honest flow beside it.

import type { Proof, Row } from './Row.ts';

/** Tell how one test ended. `file` is relative to the root; `name` is the whole name, as its runner spells it. */
export type Ran = { readonly file: string; readonly name: string; readonly passed: boolean };

/** Tell what became of one row, and why. */
export type Verdict = {
  readonly id: string;
  readonly status: 'passed' | 'failed' | 'notApplicable';
  readonly note: string;
};

/** Judge every row by what forge and vitest ran. */
export function judge(rows: readonly Row[], forge: readonly Ran[], vitest: readonly Ran[]): readonly Verdict[] {
  return rows.map((row) =>
    judgeOne(
      row,
      forge.filter(({ file }) => idOf(file) === row.id),
      vitest,
    ),
  );
}

function judgeOne(row: Row, attacks: readonly Ran[], vitest: readonly Ran[]): Verdict {
  const { id, by, absent, proofs = [] } = row;
  if (attacks.length === 0 && absent !== undefined) return { id, status: 'notApplicable', note: absent };
  const faults = [
    ...(by === 'vitest' && attacks.length === 0 ? [] : faultsOfForge(attacks)),
    ...proofs.flatMap((proof) => faultsOfProof(proof, vitest)),
  ];
  if (faults.length > 0) return { id, status: 'failed', note: faults.join('; ') };
  return { id, status: 'passed', note: `${row.title}: ${attacks.length + proofs.length} tests` };
}

/** Name the row that a test file is about: `contracts/test/attack/A14.t.sol` is about A14. */
function idOf(file: string): string | undefined {
  return /\/attack\/(A\d\d)\w*\.t\.sol$/.exec(file)?.[1];
}

function faultsOfForge(ran: readonly Ran[]): readonly string[] {
  if (ran.length === 0) return ['no test'];
  const failed = ran.filter(({ passed }) => !passed).map(({ name }) => `${name} failed`);
  const kinds = new Set(ran.map(({ name }) => kindOf(name)));
  const missing = (['defence', 'control', 'honest'] as const).filter((kind) => !kinds.has(kind));
  return [...failed, ...missing.map((kind) => `no ${kind} test`)];
}

function kindOf(name: string): 'defence' | 'control' | 'honest' {
  const [, kind] = /^(?:test|testFuzz|invariant)_(control|honest)/.exec(name) ?? [];
  return kind === 'control' || kind === 'honest' ? kind : 'defence';
}

function faultsOfProof({ file, test }: Proof, ran: readonly Ran[]): readonly string[] {
  const found = ran.filter((one) => one.file === file && one.name.includes(test));
  if (found.length === 0) return [`no test "${test}" in ${file}`];
  return found.filter(({ passed }) => !passed).map(({ name }) => `${name} failed`);
}
