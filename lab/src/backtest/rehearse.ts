// A back-test is a rehearsal: the engine itself, in a simulated world, over prices that happened or might.

import type { Price, Time } from '@trimtab/core';
import { open, turn } from '@trimtab/engine';
import type { Desk, Entry, Opening, World } from '@trimtab/engine';
import * as Log from '../report/Log.ts';
import type { Simulation } from '../world/simulate.ts';

/** One step of the market: prices in the order of the world's assets, and the gas price where it changes. */
export type Moment = { readonly at: Time; readonly fair: readonly Price[]; readonly gasPrice?: bigint };

/** Blocks that a run may wait within one moment before the market moves on without it. */
const PATIENCE = 40;

/**
 * Run the engine over moments in ascending order and report what its journal says. At each moment it takes turns until
 * it holds. Moments that a rebalance has outlasted are skipped: time does not run back for them.
 */
export async function rehearse(simulation: Simulation, opening: Opening, moments: Iterable<Moment>): Promise<Log.Log> {
  const { world } = simulation;
  let desk = await open(world, opening);
  for (const { at, fair, gasPrice } of moments) {
    if (at < world.clock.now()) continue;
    simulation.tick(at, fair, gasPrice);
    desk = await settleDown(world, desk);
  }
  return Log.fromJournal(await readAll(world));
}

/** Take turns until the engine holds, refuses or is halted, making blocks while it waits. */
export async function settleDown(world: World, start: Desk): Promise<Desk> {
  let desk = start;
  for (let waits = 0; waits < PATIENCE;) {
    const taken = await turn(world, desk);
    desk = taken.desk;
    if (taken.kind === 'halted' || (taken.kind === 'decided' && desk.run === undefined)) return desk;
    if (taken.kind !== 'waiting') continue;
    waits += 1;
    await world.clock.sleep(BREATH);
  }
  return desk;
}

/** Long enough for a block on any chain worth rehearsing. {s} */
const BREATH = 12;

async function readAll({ journal, custody }: World): Promise<readonly Entry[]> {
  const all: Entry[] = [];
  for (;;) {
    const page = await journal.read({ portfolio: custody.portfolio, after: all.at(-1)?.seq ?? 0, limit: 10_000 });
    if (page.length === 0) return all;
    all.push(...page);
  }
}
