// The loop that keeps the engine running, against a world whose clock only it moves.

import { describe, expect, test } from 'vitest';
import { open, supervise } from '@trimtab/engine';
import type { Entry, Event, Request, Supervision, World } from '@trimtab/engine';
import { basket } from '../scenarios/basket.ts';
import { simulate } from './simulate.ts';
import type { Simulation } from './simulate.ts';

const LEASE = 30;

/** A world one hour after its first asset lost half, and the desk of an engine in it. */
async function fallen() {
  const { spec, strategy } = basket({ count: 3, seed: 4 });
  const sim = simulate(spec);
  const fair = spec.prices.map((price, i) => (i === 0 ? price / 2n : price));
  sim.tick(spec.at + 3_600, fair);
  const opening = { strategy, mode: 'SIMULATION', holder: 'one', version: 'test', leaseSeconds: LEASE } as const;
  return { sim, desk: await open(sim.world, opening) };
}

/** Supervise until `stopped` says so; everything else is quiet unless told otherwise. */
function options(more: Partial<Supervision> & Pick<Supervision, 'stopped'>): Supervision {
  const quiet = { requests: () => [], onTurn: () => undefined, onError: () => undefined };
  return { every: 300, poll: 2, leaseSeconds: LEASE, ...quiet, ...more };
}

async function eventsOf({ world }: Simulation): Promise<readonly Event[]> {
  return (await world.journal.read({ limit: 10_000 })).map(({ event }: Entry) => event);
}

const count = (events: readonly Event[], kind: Event['kind']): number => events.filter((e) => e.kind === kind).length;

/** Stop once the world's clock has run this long. {s} */
function after(world: World, seconds: number): () => boolean {
  const end = world.clock.now() + seconds;
  return () => world.clock.now() >= end;
}

describe('supervising', () => {
  test('keeps its lease through rests that are longer than the lease', async () => {
    const { sim, desk } = await fallen();
    const enough = after(sim.world, 1_000);
    let refused = 0;
    let asked = 0;
    const rival = async (): Promise<void> => {
      asked += 1;
      await sim.world.journal.lease(sim.world.custody.portfolio, 'two', LEASE).catch(() => (refused += 1));
    };
    const sleep = async (seconds: number): Promise<void> => {
      await sim.world.clock.sleep(seconds);
      await rival();
    };
    await supervise({ ...sim.world, clock: { ...sim.world.clock, sleep } }, desk, options({ stopped: enough }));
    expect(asked).toBeGreaterThan(900);
    expect(refused).toBe(asked);
  });

  test('journals an order although the first attempt to write it failed', async () => {
    const { sim, desk } = await fallen();
    const orders: Request[] = [{ kind: 'halt', by: 'owner', why: 'holiday' }];
    let failures = 0;
    const append: World['journal']['append'] = (lease, events) => {
      if (events.some(({ kind }) => kind === 'Halted') && failures++ === 0)
        return Promise.reject(new Error('database away'));
      return sim.world.journal.append(lease, events);
    };
    const world = { ...sim.world, journal: { ...sim.world.journal, append } };
    const last = await supervise(
      world,
      desk,
      options({ stopped: after(sim.world, 60), requests: () => orders.splice(0) }),
    );
    expect(failures).toBe(2);
    expect(last.halted).toBe('holiday');
    const events = await eventsOf(sim);
    expect(count(events, 'Halted')).toBe(1);
    expect(count(events, 'StepSigned')).toBe(0);
  });

  test('hears an order within a second of a long rest', async () => {
    const { sim, desk } = await fallen();
    const asked = sim.world.clock.now() + 100;
    const orders: Request[] = [{ kind: 'halt', by: 'owner', why: 'now' }];
    const requests = (): readonly Request[] => (sim.world.clock.now() >= asked ? orders.splice(0) : []);
    let heard = Number.POSITIVE_INFINITY;
    const append: World['journal']['append'] = (lease, events) => {
      if (events.some(({ kind }) => kind === 'Halted')) heard = Math.min(heard, sim.world.clock.now());
      return sim.world.journal.append(lease, events);
    };
    const world = { ...sim.world, journal: { ...sim.world.journal, append } };
    await supervise(world, desk, options({ stopped: after(sim.world, 200), requests }));
    expect(heard - asked).toBeLessThanOrEqual(2);
  });

  test('journals an order that came while it was stopping', async () => {
    const { sim, desk } = await fallen();
    const orders: Request[] = [];
    let stop = false;
    const stopped = (): boolean => {
      if (stop && orders.length === 0) orders.push({ kind: 'halt', by: 'owner', why: 'last words' });
      return stop;
    };
    const last = await supervise(
      sim.world,
      desk,
      options({ stopped, requests: () => (stop ? orders.splice(0) : []), onTurn: () => (stop = true) }),
    );
    expect(last.halted).toBe('last words');
  });

  test('halts once when somebody else signs with the key, tells people once, and trades again when resumed', async () => {
    const { sim, desk } = await fallen();
    const orders: Request[] = [];
    let stolen = false;
    const send: World['venue']['send'] = async (signed) => {
      if (!stolen) sim.inject({ kind: 'foreign' });
      stolen = true;
      await sim.world.venue.send(signed).catch(() => undefined);
    };
    const world = { ...sim.world, venue: { ...sim.world.venue, send } };
    const common = { every: 10, requests: () => orders.splice(0) };
    const halted = await supervise(world, desk, options({ ...common, stopped: after(sim.world, 600) }));
    const events = await eventsOf(sim);
    expect(halted.halted).toBeDefined();
    expect([count(events, 'Halted'), count(events, 'RunClosed'), count(events, 'StepSettled')]).toEqual([1, 1, 0]);
    expect(sim.alerts().filter(({ severity }) => severity === 'halt')).toHaveLength(1);
    orders.push({ kind: 'resume', by: 'owner', why: 'new key' });
    const resumed = await supervise(world, halted, options({ ...common, stopped: after(sim.world, 600) }));
    expect(resumed.halted).toBeUndefined();
    expect(count(await eventsOf(sim), 'StepSettled')).toBeGreaterThan(1);
  });

  test('waits longer and longer after rebalances that are abandoned for the same reason, and tells people', async () => {
    const { sim, desk } = await fallen();
    const prove: World['venue']['prove'] = async (step, attempt) =>
      step.kind === 'swap'
        ? { kind: 'failed', why: 'nobody pays', next: 'abort' }
        : sim.world.venue.prove(step, attempt);
    const closings: number[] = [];
    const onTurn: Supervision['onTurn'] = ({ kind }) =>
      void (kind === 'closed' && closings.push(sim.world.clock.now()));
    const world = { ...sim.world, venue: { ...sim.world.venue, prove } };
    await supervise(world, desk, options({ every: 60, stopped: after(sim.world, 3_000), onTurn }));
    const gaps = closings.slice(1).map((at, i) => at - (closings[i] ?? 0));
    expect(gaps.length).toBeGreaterThan(3);
    expect(gaps.every((gap, i) => i === 0 || gap >= (gaps[i - 1] ?? 0) || gap >= 300)).toBe(true);
    expect(Math.max(...gaps)).toBeGreaterThanOrEqual(240);
    expect(sim.alerts().filter(({ severity }) => severity === 'warn').length).toBeGreaterThan(0);
  });
});

describe('with a run open whose bytes the network forgot', () => {
  /** Stop an engine right after it sent its first step, and let the network forget it. */
  async function forgotten() {
    const { sim, desk } = await fallen();
    let sent = 0;
    const send: World['venue']['send'] = async (signed) => {
      sent += 1;
      await sim.world.venue.send(signed);
    };
    const world = { ...sim.world, venue: { ...sim.world.venue, send } };
    await supervise(world, desk, options({ stopped: () => sent > 0 }));
    sim.inject({ kind: 'dropped' });
    return { sim, world, strategy: desk.strategy, sent: () => sent };
  }

  test('a dry run signs and sends nothing', async () => {
    const { sim, world, strategy, sent } = await forgotten();
    const before = sent();
    const opening = { strategy, mode: 'DRY RUN', holder: 'one', version: 'test', leaseSeconds: LEASE } as const;
    const signings = count(await eventsOf(sim), 'StepSigned');
    await supervise(world, await open(world, opening), options({ stopped: after(world, 600) }));
    expect([sent(), count(await eventsOf(sim), 'StepSigned')]).toEqual([before, signings]);
  });

  test('a halted engine sends nothing until it is resumed, then finishes', async () => {
    const { sim, world, strategy, sent } = await forgotten();
    const before = sent();
    const opening = { strategy, mode: 'SIMULATION', holder: 'one', version: 'test', leaseSeconds: LEASE } as const;
    const orders: Request[] = [{ kind: 'halt', by: 'owner', why: 'holiday' }];
    const common = { requests: () => orders.splice(0) };
    const halted = await supervise(
      world,
      await open(world, opening),
      options({ ...common, stopped: after(world, 600) }),
    );
    expect(sent()).toBe(before);
    orders.push({ kind: 'resume', by: 'owner', why: 'back' });
    await supervise(world, halted, options({ ...common, stopped: after(world, 600) }));
    expect(sent()).toBeGreaterThan(before);
    expect(count(await eventsOf(sim), 'RunClosed')).toBeGreaterThan(0);
  });
});
