import { beforeAll, describe, expect, test } from 'vitest';
import { FixedPoint } from '@trimtab/core';
import type { Price } from '@trimtab/core';
import { open, turn } from '@trimtab/engine';
import type { Entry } from '@trimtab/engine';
import { settleDown } from '../backtest/rehearse.ts';
import { basket } from '../scenarios/basket.ts';
import { simulate } from '../world/simulate.ts';
import * as Log from './Log.ts';
import { summarise } from './summarise.ts';

const { spec, strategy } = basket({ count: 3, seed: 4 });
const opening = { strategy, mode: 'SIMULATION', holder: 'lab', version: 'test', leaseSeconds: 1e9 } as const;
const fallen = (share: bigint): readonly Price[] =>
  spec.prices.map((price, i) => (i === 0 ? (price * share) / 1_000n : price));

/** Rebalance after a fall; between proving a purchase of the fallen asset and mining it, somebody lifts its price by 0.2 %. */
async function taken(): Promise<readonly Entry[]> {
  const sim = simulate(spec);
  sim.tick(spec.at + 3_600, fallen(500n));
  sim.inject({ kind: 'revert', why: 'a first try' });
  let desk = await settleDown(sim.world, await open(sim.world, opening));
  sim.tick(spec.at + 7_200, fallen(250n));
  for (let lifted = false; !lifted;) {
    const step = await turn(sim.world, desk);
    desk = step.desk;
    const state = desk.run?.steps.findIndex((s) => s.kind === 'signed') ?? -1;
    const planned = desk.run?.plan.steps[state];
    if (step.kind === 'waiting' && planned?.kind === 'swap' && planned.buy === spec.assets[0]?.id) {
      sim.tick(
        sim.world.clock.now() + 12,
        fallen(250n).map((p, i) => (i === 0 ? (p * 1_003n) / 1_000n : p)),
      );
      lifted = true;
    } else if (step.kind === 'waiting') await sim.world.clock.sleep(12);
  }
  await settleDown(sim.world, desk);
  return sim.world.journal.read({ limit: 10_000 });
}

describe('a log folded from the journal', () => {
  let entries: readonly Entry[];
  let log: Log.Log;
  beforeAll(async () => {
    entries = await taken();
    log = Log.fromJournal(entries);
  });

  test('has a cycle and a sight for each decision, and a rebalance for each run that traded', () => {
    const decided = entries.filter((e) => e.event.kind === 'Decided');
    expect([log.cycles, log.sights.length]).toEqual([decided.length, decided.length]);
    // One run reverted before any fill; two traded.
    expect(log.rebalances).toBe(2);
    expect(log.sights.every((s) => s.positions.length === 3)).toBe(true);
  });

  test('has paid for every receipt, the reverted one too, rounded up', () => {
    const receipts = entries.flatMap(({ event }) =>
      (event.kind === 'StepSettled' || event.kind === 'StepFailed') && event.receipt !== undefined
        ? [event.receipt]
        : [],
    );
    const wei = receipts.map((r) => r.gasUsed * r.gasPrice);
    expect(log.spent.map((s) => s.cost)).toEqual(
      wei.map((w) => FixedPoint.mulDivUp(w, spec.gas.native, FixedPoint.ONE)),
    );
    expect(entries.filter((e) => e.event.kind === 'StepFailed')).toHaveLength(1);
  });

  test('knows what was proved of each trade, and what others took before it was mined', () => {
    const proved = entries.flatMap(({ event }) =>
      event.kind === 'StepSigned' && event.receives > 0n ? [event.receives] : [],
    );
    expect(log.trades.map((t) => t.proved)).toEqual(proved);
    const lost = log.trades.filter((t) => t.received < t.proved);
    expect(lost.map((t) => t.buy)).toContain(spec.assets[0]?.id);
    const { mev } = summarise(log).costs;
    expect(mev > 0n).toBe(true);
  });

  test('cannot be folded from the middle of a run', () => {
    const middle = entries.findIndex((e) => e.event.kind === 'StepSettled');
    expect(() => Log.fromJournal(entries.slice(middle))).toThrow(/never decided/);
    expect(() => Log.fromJournal(entries.slice(2))).toThrow(RangeError);
  });

  test('takes no sight of a picture that lacks a price', () => {
    const seen = entries.find((e) => e.event.kind === 'Observed')?.event;
    const decided = entries.find((e) => e.event.kind === 'Decided')?.event;
    if (seen?.kind !== 'Observed' || decided?.kind !== 'Decided') throw new Error('the journal starts otherwise');
    const { drift } = decided.decision;
    expect(Log.sight(seen.snapshot, drift)?.positions.map((p) => p.atoms)).toEqual(spec.held);
    expect(Log.sight({ ...seen.snapshot, prices: seen.snapshot.prices.slice(1) }, drift)).toBeUndefined();
    const coming = [{ id: 'x', asset: spec.assets[0]?.id ?? '', atoms: 5n, due: 0 }];
    expect(Log.sight({ ...seen.snapshot, inFlight: coming }, drift)?.positions[0]?.atoms).toBe(
      (spec.held[0] ?? 0n) + 5n,
    );
  });
});
