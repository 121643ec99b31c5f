// Break the guards in every small way and see whether a test notices:
// `npm run -s mutation:contracts -- [--only Settler,Policy] [--sample N] [--seed TEXT] [--lanes N]`.
// What was tried is kept in reports/, by everything it depends on: a run that is ended goes on where it was.

import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../runForge.ts';
import * as Lane from './Lane.ts';
import { type Mutant, mutantsOf } from './Mutant.ts';
import { parse } from './parse.ts';
import { type Outcome, summarise } from './Summary.ts';

/**
 * Where the guards are: custody, settling, policy, prices, signals, rules, the optimistic proposer and their arithmetic.
 * Not the desk, the adapters, the fillers and votes, which guard nothing of the vault's, nor the lens, which only tells.
 */
const GUARDS =
  /^(?!AsyncDesk|AsyncRequests|Lens)(\w+|(custody|settling|rules|sources|math)\/\w+|governance\/OptimisticProposer)\.sol$/;
const KEPT = join(root, 'reports', 'mutation-contracts.jsonl');
const options = {
  only: { type: 'string', default: '' },
  sample: { type: 'string', default: '1000000' },
  seed: { type: 'string', default: 'trimtab' },
  lanes: { type: 'string', default: '1' },
} as const;

const { only, sample, seed, lanes } = parseArgs({ options }).values;
process.env['FOUNDRY_PROFILE'] = 'quick';
// A mutant is noticed by the first example or by none: what the nightly tests look for with many is another matter.
process.env['FOUNDRY_FUZZ_RUNS'] ??= '64';
process.env['FOUNDRY_INVARIANT_RUNS'] ??= '8';

const mutants = chosen(only.split(',').filter(Boolean)).slice(0, Number(sample));
const known = recall();
const untried = mutants.filter(({ id }) => !known.has(id));
const doubtful = mutants.filter(({ id }) => known.get(id) === 'doubtful');
const left = untried.length + doubtful.length;
process.stderr.write(`${mutants.length} mutants, ${left} of them to be tried\n`);
if (left > 0) await Promise.all(Array.from({ length: Number(lanes) }, (_, number) => work(number)));
const summary = summarise(mutants, recall());
process.stdout.write(`${JSON.stringify(summary)}\n`);
process.exitCode = summary.score >= 0.85 ? 0 : 1;

/** Every mutant of the named sources, in an order that the seed draws. */
function chosen(names: readonly string[]): readonly Mutant[] {
  const sources = readdirSync(join(root, 'contracts', 'src'), { recursive: true }).map(String);
  const drawn = ({ id }: Mutant) =>
    createHash('sha256')
      .update(seed + id)
      .digest('hex');
  return sources
    .filter((source) => GUARDS.test(source))
    .filter((source) => names.length === 0 || names.some((name) => source.endsWith(`${name}.sol`)))
    .flatMap((source) => {
      const content = readFileSync(join(root, 'contracts', 'src', source));
      return mutantsOf(`src/${source}`, content, parse(content.toString()));
    })
    .sort((a, b) => (drawn(a) < drawn(b) ? -1 : 1));
}

/** What is cheap comes first: for every mutant the tests near it; then, for those that no such test noticed, the others. */
async function work(number: number): Promise<void> {
  const lane = await Lane.open(number);
  const failure = await Lane.baseline(lane);
  if (failure !== undefined) throw new Error(`The tests fail without any mutant, so they tell nothing:\n${failure}`);
  for (let mutant = untried.shift(); mutant !== undefined; mutant = untried.shift()) {
    const fate = await Lane.attempt(lane, mutant, 'near');
    if (fate === 'doubtful') doubtful.push(mutant);
    keep(mutant, fate);
  }
  for (let mutant = doubtful.shift(); mutant !== undefined; mutant = doubtful.shift()) {
    keep(mutant, await Lane.attempt(lane, mutant, 'far'));
  }
}

function keep({ id, file, line, mutation }: Mutant, fate: Lane.Fate): void {
  mkdirSync(join(root, 'reports'), { recursive: true });
  appendFileSync(KEPT, `${JSON.stringify({ id, fate })}\n`);
  process.stderr.write(`${fate.padEnd(8)} ${file}:${line} ${mutation}\n`);
}

function recall(): ReadonlyMap<string, Lane.Fate> {
  if (!existsSync(KEPT)) return new Map();
  const lines = readFileSync(KEPT, 'utf8').split('\n').filter(Boolean);
  return new Map(lines.map((line) => JSON.parse(line) as Outcome).map(({ id, fate }) => [id, fate]));
}
