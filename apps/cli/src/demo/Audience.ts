// Everybody who watches a rehearsal: the terminal, the progress bar, and the clock that keeps it watchable.

import { setTimeout } from 'node:timers/promises';
import * as Fault from '../Fault.ts';
import type { Office } from '../Office.ts';
import { progress } from '../progress.ts';
import * as Lines from '../Lines.ts';
import type { Ending } from './listen.ts';
import type { Audience } from './play.ts';
import type { Replay } from './Replay.ts';
import type { Stage } from './stage.ts';

/** What is going on, for whoever shows it. */
export type Scene = {
  readonly tell: (line: string) => void;
  readonly ending: Ending;
  /** Takes what is asked of the engine from outside. */
  readonly office: Office;
  done: number;
  readonly total: number;
};

/** A whole replay takes this long on the clock unless a speed is asked for. {s} */
const SHOW = 45;

/** Seat everybody. Without a page nobody waits: the replay runs as fast as the machine allows. */
export function audienceOf(
  stage: Stage,
  replay: Replay,
  scene: Scene,
  options: { readonly headless?: true; readonly speed?: number },
): Audience {
  const { times } = replay.history;
  const bar = progress(times.length, 'replay');
  const speed = options.speed ?? ((times.at(-1) ?? 0) - (times[0] ?? 0)) / SHOW;
  const began = performance.now();
  let first: number | undefined;
  const lines = Lines.narrator(stage.assets);
  return {
    onTurn: (turn, at) => {
      bar.aside(() => lines(turn, 'SIMULATION', at).forEach(scene.tell));
    },
    onTick: async (done, total) => {
      scene.done = done;
      bar.to(done);
      if (done === total) bar.done();
      first ??= times[done - 1] ?? 0;
      if (options.headless === true && options.speed === undefined) return;
      const due = began + (((times[done - 1] ?? 0) - first) / speed) * 1_000;
      const early = due - performance.now();
      if (early > 0) await Promise.race([setTimeout(early), scene.ending.signalled]);
    },
    onError: (error) => bar.aside(() => scene.tell(`${Fault.line(error)} The journal is read again.`)),
    requests: scene.office.orders,
    orders: [],
    stopped: scene.ending.stopped,
  };
}
