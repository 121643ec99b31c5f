// The breaker in words: on what evidence anybody may stop a vault.

import { privileged, type Said, type Scene, type Speaker } from './Effect.ts';
import { change, fieldsOf, same } from './words.ts';

export const sayBreaker: Readonly<Record<string, Speaker>> = {
  setBand: (scene) =>
    evidence(
      scene,
      'bandOf',
      ['vault', 'token'],
      'band',
      `outside which prices ${scene.show(scene.args['token'])} stops`,
    ),
  setDrop: (scene) => evidence(scene, 'dropOf', ['vault'], 'drop', 'what drop of its worth stops'),
};

/** Wider stops too late and narrower too soon: which is safer nobody can tell from the figures. */
async function evidence(
  { args, show, ask, read }: Scene,
  getter: string,
  key: readonly string[],
  field: string,
  what: string,
): Promise<Said> {
  const answer = await ask(
    read.call.target,
    'Breaker',
    getter,
    key.map((name) => args[name]),
  );
  const wanted = Object.entries(fieldsOf(args[field]));
  // A getter gives the fields of a struct in order, without their names.
  const present = Array.isArray(answer) ? (answer as readonly unknown[]) : [];
  const lines = wanted.flatMap(([name, value], index) =>
    same(present[index], value) ? [] : [change(name, present[index], value, show)],
  );
  const changes = lines.length === 0 ? ['nothing changes'] : lines;
  return privileged(`decides ${what} ${show(args['vault'])}`, ...changes);
}
