// The main job: a vault on a real chain of this machine, kept on target through a crash. Start it, kill it, start it
// again: what was begun is finished once, and the replay goes on where the chain stands.

import { join, resolve } from 'node:path';
import { openEmbedded } from '@trimtab/adapters/journal';
import { checkConservation } from '@trimtab/adapters/local';
import type { Fill } from '@trimtab/engine';
import { Log, summarise } from '@trimtab/lab';
import * as Exit from '../Exit.ts';
import * as Office from '../Office.ts';
import { stringify } from '../Outcome.ts';
import type { Outcome } from '../Outcome.ts';
import { withClosing } from '../withClosing.ts';
import type { Closing } from '../withClosing.ts';
import { clock } from '../wire.ts';
import { audienceOf } from './Audience.ts';
import type { Scene } from './Audience.ts';
import { cast, parseTargets } from './Cast.ts';
import type { Role } from './Cast.ts';
import { demoKey } from './demoKey.ts';
import * as Folder from './Folder.ts';
import { listen } from './listen.ts';
import { openPage } from './openPage.ts';
import { play } from './play.ts';
import * as Relic from './Relic.ts';
import { load } from './Replay.ts';
import type { Replay } from './Replay.ts';
import { begin, build, inherit, journalOf } from './stage.ts';
import type { Stage } from './stage.ts';
import * as Tally from './Tally.ts';
import { CONFIG, writeConfig } from './writeConfig.ts';

/** Flags of `trimtab demo`. */
export type DemoOptions = {
  readonly headless?: true;
  readonly json?: true;
  readonly data?: string;
  readonly maxGap?: number;
  readonly port?: number;
  readonly speed?: number;
  readonly seed?: number;
  readonly fresh?: true;
  readonly targets?: string;
  readonly folder?: string;
};

/** Longest step of a price file that is not a hole, unless said otherwise: two days. {s} */
const MAX_GAP = 172_800;
/** Where `npm start` shows its page. */
const PORT = 4747;

/** Play the demo. Its figures are in `json`, its story is told meanwhile; done only if the vault ended inside its bands and every token was conserved. */
export function demo(options: DemoOptions): Promise<Outcome> {
  return withClosing((closing) => perform(options, closing));
}

async function perform(options: DemoOptions, closing: Closing): Promise<Outcome> {
  // Standard output is the story, except where it is promised to one JSON object.
  const tell = (line: string): void =>
    void (options.json === true ? process.stderr : process.stdout).write(`${line}\n`);
  const ending = listen();
  closing(async () => ending.close());
  const replay = await load(choiceOf(options));
  const roles = cast(replay, options.targets === undefined ? undefined : parseTargets(options.targets));
  tell(`SIMULATION on a chain of this machine: ${replay.label}`);
  const scene: Scene = { tell, ending, office: Office.open(clock.now()), done: 0, total: replay.history.times.length };
  const stage = await prepare(options, replay, roles, scene, closing);
  await writeConfig(stage, replay, roles, folderOf(options));
  const url = options.headless === true ? undefined : await openPage(stage, options.port ?? PORT, scene, closing);
  if (url !== undefined) {
    tell(`Page: ${url}`);
    tell(`Ask it meanwhile: npm run -s trimtab -- status --config ${join(folderOf(options), CONFIG)}`);
  }
  await play(stage, replay, roles, audienceOf(stage, replay, scene, options));
  if (ending.stopped()) return stoppedEarly(tell);
  const outcome = await conclude(stage, tell);
  // A program waits for the figures; nobody is there to press Ctrl-C.
  if (url !== undefined && options.json !== true) {
    tell(`The page stays on ${url} until you press Ctrl-C.`);
    await ending.signalled;
  }
  return outcome;
}

function stoppedEarly(tell: (line: string) => void): Outcome {
  const [what, fix] = ['Stopped before the end: no summary.', 'let it play to its end; the next start begins anew'];
  tell(`${what} The next start begins anew.`);
  return { exit: Exit.FAILED, text: '', json: { error: { name: 'Stopped', what, fix } } };
}

/** Take over what a killed rehearsal of the same kind left, or set everything up anew. */
async function prepare(
  options: DemoOptions,
  replay: Replay,
  roles: readonly Role[],
  scene: Scene,
  closing: Closing,
): Promise<Stage> {
  const folder = folderOf(options);
  const choice = stringify({
    label: replay.label,
    moments: replay.history.times.length,
    seed: options.seed ?? 1,
    roles,
  });
  await Folder.claim(folder);
  const left = await inherit(folder, options.fresh === true ? '' : choice);
  if (left === undefined) await Folder.clear(folder);
  else scene.tell('An earlier rehearsal was killed: carrying on from its journal and its chain.');
  const account = await demoKey(folder);
  // A new database and a new chain take seconds each, and do not need each other.
  const opening = openEmbedded(journalOf(folder), { answer: scene.office.answer }).then((journal) => {
    journal.watch(scene.office.hear);
    closing(() => journal.close());
    return journal;
  });
  const grounding = (
    left === undefined ? begin(replay, roles, { folder, choice, account }) : Promise.resolve(left)
  ).then((ground) => {
    closing(async () => {
      // Ended by itself or on request: the next one is a new one.
      await Relic.remove(folder);
      await ground.chain.stop();
    });
    return ground;
  });
  // Both are awaited whatever happens to either, so that what was opened is also closed.
  const [opened, grounded] = await Promise.allSettled([opening, grounding]);
  if (opened.status === 'rejected') throw opened.reason;
  if (grounded.status === 'rejected') throw grounded.reason;
  const [journal, ground] = [opened.value, grounded.value];
  return build(replay, roles, { account, journal, ground });
}

/** Count every token, print the figures, and say how it ended. */
async function conclude(stage: Stage, tell: (line: string) => void): Promise<Outcome> {
  const fills = stage.entries.flatMap(({ event }): readonly Fill[] =>
    event.kind === 'StepSettled' && event.fill !== undefined ? [event.fill] : [],
  );
  const conservation = await checkConservation(stage.deployment, stage.before, fills);
  const summary = summarise(Log.fromJournal(stage.entries));
  const tally = Tally.of(stage.entries, summary, conservation);
  for (const line of Tally.lines(tally, summary, stage.assets, conservation)) tell(line);
  return { exit: tally.withinBands && tally.conserved ? Exit.DONE : Exit.FAILED, text: '', json: tally };
}

function folderOf(options: DemoOptions): string {
  return resolve(options.folder ?? join('.trimtab', 'demo'));
}

function choiceOf(options: DemoOptions) {
  const folder = process.env['TRIMTAB_DATA'];
  return {
    seed: options.seed ?? 1,
    maxGap: options.maxGap ?? MAX_GAP,
    ...(folder === undefined || folder === '' ? {} : { folder }),
    ...(options.data === undefined ? {} : { file: options.data }),
  };
}
