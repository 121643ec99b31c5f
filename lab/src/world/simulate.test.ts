import { beforeAll, describe, expect, test } from 'vitest';
import type { Strategy } from '@trimtab/core';
import { open, turn } from '@trimtab/engine';
import type { Desk, Entry, Event, World } from '@trimtab/engine';
import { rehearse, settleDown } from '../backtest/rehearse.ts';
import type { Moment } from '../backtest/rehearse.ts';
import * as Random from '../Random.ts';
import type { Log } from '../report/Log.ts';
import { summarise } from '../report/summarise.ts';
import { basket } from '../scenarios/basket.ts';
import { Crashed } from './Fault.ts';
import { simulate } from './simulate.ts';
import type { Simulation } from './simulate.ts';
import type { Spec } from './Spec.ts';

const opening = (strategy: Strategy) =>
  ({ strategy, mode: 'SIMULATION', holder: 'lab', version: 'test', leaseSeconds: 1e9 }) as const;

/** Walk every price but the dollar's at random, an hour and two percent a step. */
function* walk(spec: Spec, seed: number, steps: number): Generator<Moment> {
  const random = Random.stream(seed, 'walk');
  let fair = spec.prices;
  for (let k = 1; k <= steps; k++) {
    fair = fair.map((price, i) =>
      i === fair.length - 1 ? price : BigInt(Math.round(Number(price) * Math.exp(0.02 * Random.normal(random)))),
    );
    yield { at: spec.at + k * 3_600, fair };
  }
}

/** A world one hour after its first asset lost half: the next turn rebalances. */
function fallen(): { readonly sim: Simulation; readonly spec: Spec; readonly strategy: Strategy } {
  const { spec, strategy } = basket({ count: 3, seed: 4 });
  const sim = simulate(spec);
  sim.tick(
    spec.at + 3_600,
    spec.prices.map((price, i) => (i === 0 ? price / 2n : price)),
  );
  return { sim, spec, strategy };
}

async function entriesOf(world: World): Promise<readonly Entry[]> {
  return world.journal.read({ limit: 10_000 });
}

const ofKind = <K extends Event['kind']>(entries: readonly Entry[], kind: K): Extract<Event, { kind: K }>[] =>
  entries.flatMap(({ event }) => (event.kind === kind ? [event as Extract<Event, { kind: K }>] : []));

async function heldOf(world: World): Promise<readonly bigint[]> {
  return (await world.custody.holdings(await world.venue.head())).holdings.map((h) => h.atoms);
}

describe('rehearsing', () => {
  let runs: readonly Log[];
  beforeAll(async () => {
    const run = async (): Promise<Log> => {
      const { spec, strategy } = basket({ count: 5, seed: 1 });
      return rehearse(simulate(spec), opening(strategy), walk(spec, 7, 400));
    };
    runs = [await run(), await run()];
  });

  test('the same seed gives the same log, to the atom', () => {
    expect(runs[1]).toEqual(runs[0]);
  });

  test('keeps the portfolio near its targets at a cost', () => {
    const summary = summarise(runs[0] as Log);
    expect(summary.rebalances).toBeGreaterThan(2);
    expect(summary.withinBands).toBe(true);
    // Bands are a quarter of 20 %; a two-percent hour can pass them by that much before the next look.
    expect(summary.drift.max).toBeLessThan(0.05 + 0.02);
    expect(summary.costs.gas > 0n && summary.costs.fees > 0n).toBe(true);
    expect(summary.shortfall > 0n).toBe(true);
  });

  test.each([
    [2, 600],
    [50, 30],
    [200, 30],
  ])('works for %i assets', async (count, steps) => {
    const { spec, strategy } = basket({ count, seed: 2 });
    const log = await rehearse(simulate(spec), opening(strategy), walk(spec, 3, steps));
    expect(summarise(log).withinBands).toBe(true);
    expect(log.rebalances).toBeGreaterThan(0);
  });
});

describe('a rebalance', () => {
  test('moves the vault by exactly its fills, and the market by as much the other way', async () => {
    const { sim, spec, strategy } = fallen();
    const desk = await settleDown(sim.world, await open(sim.world, opening(strategy)));
    const fills = ofKind(await entriesOf(sim.world), 'StepSettled').flatMap(({ fill }) => fill ?? []);
    expect(fills.length).toBeGreaterThan(0);
    const expected = spec.assets.map(({ id }, i) =>
      fills.reduce(
        (atoms, f) => atoms + (f.buy === id ? f.received : 0n) - (f.sell === id ? f.sold : 0n),
        spec.held[i] ?? 0n,
      ),
    );
    expect(await heldOf(sim.world)).toEqual(expected);
    expect(desk.run).toBeUndefined();
  });

  test('killed before or after any port call, ends with the same holdings and each step settled once', async () => {
    const calm = fallen();
    const started = await open(calm.sim.world, opening(calm.strategy));
    const first = calm.sim.calls();
    await settleDown(calm.sim.world, started);
    const calls = calm.sim.calls() - first;
    const expected = await heldOf(calm.sim.world);
    const steps = ofKind(await entriesOf(calm.sim.world), 'StepSettled').length;
    expect(calls).toBeGreaterThan(20);
    for (let call = 1; call <= calls; call++) {
      for (const when of ['before', 'after'] as const) {
        const { sim, strategy } = fallen();
        const desk = await open(sim.world, opening(strategy));
        sim.inject({ kind: 'crash', call, when });
        await expect(settleDown(sim.world, desk)).rejects.toThrow(Crashed);
        await expect(sim.world.venue.head()).rejects.toThrow(Crashed);
        const world = sim.revive();
        await settleDown(world, await open(world, opening(strategy)));
        expect([call, when, await heldOf(world)]).toEqual([call, when, expected]);
        const settled = ofKind(await entriesOf(world), 'StepSettled');
        expect(new Set(settled.map((e) => `${e.run}/${e.step}`)).size).toBe(settled.length);
        expect(settled.length).toBe(steps);
      }
    }
  });
});

describe('faults', () => {
  const rebalance = async (sim: Simulation, strategy: Strategy): Promise<Desk> => {
    let desk = await open(sim.world, opening(strategy));
    for (;;) {
      try {
        return await settleDown(sim.world, desk);
      } catch (error) {
        expect(error).toMatchObject({ name: 'Unreachable', next: 'retry' });
        desk = await open(sim.world, opening(strategy));
      }
    }
  };

  test.each(['lost-reply', 'lost-request'] as const)('a %s has one effect in the end', async (kind) => {
    const { sim, strategy } = fallen();
    sim.inject({ kind });
    await rebalance(sim, strategy);
    const calm = fallen();
    await rebalance(calm.sim, calm.strategy);
    expect(await heldOf(sim.world)).toEqual(await heldOf(calm.sim.world));
  });

  test('a network that forgets is told again', async () => {
    const { sim, strategy } = fallen();
    const desk = await open(sim.world, opening(strategy));
    const { sleep } = sim.world.clock;
    let forgotten = 0;
    const clock = {
      ...sim.world.clock,
      sleep: async (s: number) => {
        if (forgotten++ === 0) sim.inject({ kind: 'dropped' });
        await sleep(s);
      },
    };
    const after = await settleDown({ ...sim.world, clock }, desk);
    expect(after.run).toBeUndefined();
    expect(ofKind(await entriesOf(sim.world), 'RunClosed').map((e) => e.outcome)).toContain('done');
  });

  test('a revert is recorded with its gas, and the next cycle decides afresh', async () => {
    const { sim, strategy } = fallen();
    sim.inject({ kind: 'revert', why: 'out of luck' });
    await rebalance(sim, strategy);
    const entries = await entriesOf(sim.world);
    expect(ofKind(entries, 'StepFailed')).toMatchObject([{ why: 'out of luck', receipt: { gasUsed: 110_000n } }]);
    expect(ofKind(entries, 'RunClosed').map((e) => e.outcome)).toEqual(['abandoned', 'done']);
  });

  test('a transaction stuck under a spike of gas is replaced at its own nonce, and lands once', async () => {
    const { sim, spec, strategy } = fallen();
    let desk = await open(sim.world, opening(strategy));
    for (let waiting = false; !waiting;) {
      const taken = await turn(sim.world, desk);
      desk = taken.desk;
      waiting = taken.kind === 'waiting';
    }
    const fair = spec.prices.map((price, i) => (i === 0 ? price / 2n : price));
    sim.tick(sim.world.clock.now() + 12, fair, 5n * spec.gas.price);
    await settleDown(sim.world, desk);
    const entries = await entriesOf(sim.world);
    const signings = ofKind(entries, 'StepSigned').filter((e) => e.step === 0);
    expect(signings.map((e) => [e.attempt, e.signed.nonce])).toEqual([
      [0, 0],
      [1, 0],
    ]);
    expect(ofKind(entries, 'StepSettled').filter((e) => e.step === 0)).toMatchObject([{ attempt: 1 }]);
    expect(ofKind(entries, 'RunClosed').map((e) => e.outcome)).toEqual(['done']);
  });

  test('somebody else with our key halts the engine and tells people', async () => {
    const { sim, strategy } = fallen();
    const desk = await open(sim.world, opening(strategy));
    const send = sim.world.venue.send;
    const venue = {
      ...sim.world.venue,
      send: async (...args: Parameters<typeof send>) => {
        await send(...args);
        sim.inject({ kind: 'foreign' });
      },
    };
    const after = await settleDown({ ...sim.world, venue }, desk);
    expect(after.halted).toMatch(/used by other bytes/);
    expect(sim.alerts()).toMatchObject([{ severity: 'halt' }]);
  });

  test('a silent feed is seen by the guard, and heard again when it speaks', async () => {
    const { sim, spec, strategy } = fallen();
    const silent = spec.assets[0]?.id ?? '';
    const crash = spec.prices.map((price, i) => (i === 0 ? price / 2n : price));
    sim.inject({ kind: 'stale', asset: silent });
    sim.tick(spec.at + 20_000, crash);
    const desk = await rebalance(sim, strategy);
    const decisions = async () => ofKind(await entriesOf(sim.world), 'Decided').map((e) => e.decision);
    expect((await decisions()).at(-1)).toMatchObject({
      kind: 'refuse',
      refusals: expect.arrayContaining([expect.objectContaining({ limit: 'staleness' })]) as unknown,
    });
    sim.inject({ kind: 'fresh', asset: silent });
    sim.tick(spec.at + 24_000, crash);
    await settleDown(sim.world, desk);
    expect((await decisions()).map((d) => d.kind)).toContain('act');
  });

  test('time does not run back, and lists must match', () => {
    const { sim, spec } = fallen();
    expect(() => sim.tick(spec.at, spec.prices)).toThrow(RangeError);
    expect(() => sim.tick(spec.at + 9_000, [])).toThrow(/give one each/);
    expect(() => simulate({ ...spec, held: [1n] })).toThrow(/1 held for 3 assets/);
  });
});
