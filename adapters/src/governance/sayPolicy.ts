// The policy in words: what gets looser, what tighter, who comes and who goes.

import { heaviest, privileged, safer, type Scene, type Said, type Speaker, type Weight } from './Effect.ts';
import { change, fieldsOf, figure, same } from './words.ts';

/** Fields of which more is safer; of all others less is. */
const MORE_IS_SAFER = new Set(['cooldown', 'quarantined']);
/** Fields of which zero is no limit at all where they stand in a token's class. */
const ZERO_IS_NO_LIMIT = new Set(['maxFloorDiscBps', 'maxFillBps']);

export const sayPolicy: Readonly<Record<string, Speaker>> = {
  loosen: (scene) => bounds(scene, 'sets the bounds of'),
  tighten: (scene) => bounds(scene, 'tightens the bounds of'),
  setRoles,
  setStrategist: (scene) => oneRole(scene, 'strategist', scene.args['strategist']),
  dismissStrategist: (scene) => oneRole(scene, 'strategist', undefined),
  allowRule: ({ args, show }) =>
    privileged(`lets the rule ${show(args['rule'])} move ${show(args['vault'])}: its code decides where to`),
  forbidRule: ({ args, show }) => safer(`forbids the rule ${show(args['rule'])} for ${show(args['vault'])}`),
  setTrigger: async ({ args, show, ask, read }) => {
    const present = await ask(read.call.target, 'Policy', 'triggerOf', [args['vault']]);
    return privileged(
      `sets what must be ready for ${show(args['vault'])} to move`,
      change('trigger', present, args['rule'], show),
    );
  },
  setClass,
  quarantine: ({ args, show }) => safer(`stops ${show(args['vault'])} from buying ${show(args['token'])}`),
  setCap: async (scene) => {
    const { args, show, ask, read } = scene;
    const present = await ask(read.call.target, 'Policy', 'capOf', [args['vault'], args['adapter']]);
    return compare(
      scene,
      `sets how far ${show(args['vault'])} may go into ${show(args['adapter'])}`,
      present,
      args['cap'],
    );
  },
  setRiskCap: async (scene) => {
    const { args, show, ask, read } = scene;
    const present = await ask(read.call.target, 'Policy', 'riskCapOf', [args['vault'], args['riskId']]);
    const from = present === undefined ? undefined : { maxBps: present };
    return compare(scene, `sets how much of ${show(args['vault'])} may bear risk ${String(args['riskId'])}`, from, {
      maxBps: args['maxBps'],
    });
  },
  register: ({ args, show }) =>
    privileged(
      `registers ${show(args['vault'])} with its first roles, bounds and rules`,
      ...['roles', 'bounds', 'rules'].map((name) => `${name}: ${figure(name, args[name], show)}`),
    ),
};

async function bounds(scene: Scene, what: string): Promise<Said> {
  const { args, show, ask, read } = scene;
  const present = await ask(read.call.target, 'Policy', 'boundsOf', [args['vault']]);
  return compare(scene, `${what} ${show(args['vault'])}`, present, args['bounds']);
}

async function setClass(scene: Scene): Promise<Said> {
  const { args, show, ask, read } = scene;
  const present = await ask(read.call.target, 'Policy', 'classOf', [args['vault'], args['token']]);
  const title = `sets what counts for ${show(args['token'])} in ${show(args['vault'])}`;
  return compare(scene, title, present, args['class'], { zeroIsNoLimit: true });
}

type Reading = { readonly zeroIsNoLimit?: true };

/** Tell every field that changes, and which way. Without the present values nothing can be called tighter. */
function compare({ show }: Scene, title: string, from: unknown, to: unknown, reading: Reading = {}): Said {
  const [present, wanted] = [from === undefined ? undefined : fieldsOf(from), fieldsOf(to)];
  const lines: string[] = [];
  const weights: Weight[] = [];
  for (const [name, value] of Object.entries(wanted)) {
    const before = present?.[name];
    if (same(before, value)) continue;
    const way = wayOf(name, before, value, reading);
    weights.push(way === 'TIGHTER' ? 'safer' : 'privileged');
    lines.push(`${change(name, before, value, show)}${way === undefined ? '' : ` (${way})`}`);
  }
  if (lines.length === 0) return { weight: 'plain', words: [title, 'nothing changes'] };
  const unseen = present === undefined ? ['the present values are not known here: nothing says what gets looser'] : [];
  return { weight: heaviest(weights), words: [title, ...lines, ...unseen] };
}

/** A missing exit floor sells nothing, which is the tightest; every other one changes what the vault counts for. */
function wayOf(name: string, from: unknown, to: unknown, reading: Reading): 'LOOSER' | 'TIGHTER' | undefined {
  if (from === undefined) return undefined;
  if (name === 'exitFloorD18') return Number(to) === 0 ? 'TIGHTER' : 'LOOSER';
  const [before, after] = [limitOf(name, from, reading), limitOf(name, to, reading)];
  return MORE_IS_SAFER.has(name) === after > before ? 'TIGHTER' : 'LOOSER';
}

/** A missing limit is the loosest. */
function limitOf(name: string, value: unknown, { zeroIsNoLimit }: Reading): number {
  const number = Number(value);
  if (zeroIsNoLimit === true && number === 0 && ZERO_IS_NO_LIMIT.has(name)) return Infinity;
  return number;
}

async function setRoles({ args, show, ask, read }: Scene): Promise<Said> {
  const present = fieldsOf(await ask(read.call.target, 'Policy', 'rolesOf', [args['vault']]));
  const lines = Object.entries(fieldsOf(args['roles']))
    .filter(([name, account]) => !same(present[name], account))
    .map(([name, account]) => change(name, present[name], account, show));
  return privileged(
    `names who decides over ${show(args['vault'])}`,
    ...(lines.length === 0 ? ['nobody changes'] : lines),
  );
}

async function oneRole({ args, show, ask, read }: Scene, role: string, to: unknown): Promise<Said> {
  const present = fieldsOf(await ask(read.call.target, 'Policy', 'rolesOf', [args['vault']]))[role];
  if (to === undefined) {
    return safer(`dismisses the ${role} of ${show(args['vault'])}${present === undefined ? '' : `, ${show(present)}`}`);
  }
  return privileged(`names the ${role} of ${show(args['vault'])}`, change(role, present, to, show));
}
