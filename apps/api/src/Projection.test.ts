import type { Event } from '@trimtab/engine';
import { describe, expect, test } from 'vitest';
import * as Projection from './Projection.ts';
import { PORTFOLIO, sampleEntries } from './sample/index.ts';

const start = Projection.empty(PORTFOLIO, 'SIMULATION');

describe('the projection', () => {
  test('says that it waits before it has seen anything', () => {
    expect(start.shown.status.sentence).toBe('Waiting for the first look at the vault.');
  });

  test('never adds the costs of one mode to those of another', () => {
    const rehearsed = sampleEntries({ cycles: 400 });
    const live = after(rehearsed, { kind: 'Started', mode: 'LIVE', strategy: strategyOf(rehearsed), version: '0.1.0' });
    expect(BigInt(Projection.foldAll(start, rehearsed).shown.costs.total)).toBeGreaterThan(0n);
    expect(Projection.foldAll(start, live).shown.costs).toMatchObject({ mode: 'LIVE', total: '0', rebalances: 0 });
  });

  test('shows a halt with who and why until it is resumed', () => {
    const entries = after(sampleEntries({ cycles: 3 }), { kind: 'Halted', by: 'owner', why: 'moving to a new key' });
    const halted = Projection.foldAll(start, entries);
    expect(halted.shown.status.sentence).toBe(
      'Halted by owner: moving to a new key. Nothing is traded until it is resumed.',
    );
    const resumed = Projection.foldAll(halted, after(entries, { kind: 'Resumed', by: 'owner', why: 'done' }));
    expect(resumed.shown.status.halted).toBeUndefined();
    expect(resumed.shown.status.state).toBe('on-target');
  });

  test('shows each step of a rebalance as it goes', () => {
    const entries = sampleEntries({ cycles: 400 });
    const decided = entries.findIndex((entry) => entry.event.kind === 'Decided' && entry.event.run !== undefined);
    const states = [1, 2, 3, 4, 5].map(
      (more) => Projection.foldAll(start, entries.slice(0, decided + more)).shown.runs[0]?.steps[0]?.state,
    );
    expect(states).toEqual(['waiting', 'intended', 'signed', 'sent', 'settled']);
    const during = Projection.foldAll(start, entries.slice(0, decided + 6)).shown.status;
    expect(during.state).toBe('rebalancing');
    expect(during.sentence).toMatch(/^Rebalancing: step 2 of 4, selling \w+ for \w+, slice 1 of 3\.$/);
  });

  test('charges the gas of a step that failed', () => {
    const entries = sampleEntries({ cycles: 400 });
    const signed = entries.findIndex((entry) => entry.event.kind === 'StepSent');
    const settled = entries.find((entry) => entry.event.kind === 'StepSettled');
    if (settled?.event.kind !== 'StepSettled') throw new Error('the script settles no step');
    const { run, step, receipt } = settled.event;
    const failed = after(entries.slice(0, signed + 1), {
      kind: 'StepFailed',
      run,
      step,
      why: 'below its floor',
      receipt,
    });
    const { costs } = Projection.foldAll(start, failed).shown;
    expect(BigInt(costs.gas)).toBeGreaterThan(0n);
    expect(costs.total).toBe(costs.gas);
  });

  test('marks a price as stale once it is older than its heartbeat and the grace', () => {
    const entries = sampleEntries({ cycles: 1 });
    const observed = entries.find((entry) => entry.event.kind === 'Observed');
    if (observed?.event.kind !== 'Observed') throw new Error('the script observes nothing');
    const { snapshot } = observed.event;
    const at = snapshot.at - 3_600;
    const ages = [60, 61].map((beyond) => {
      const prices = snapshot.prices.map((reading) => ({ ...reading, heartbeat: 3_600, at: at - beyond }));
      const event: Event = { kind: 'Observed', cycle: 2, snapshot: { ...snapshot, prices } };
      return Projection.foldAll(start, after(entries, event)).shown.inputs.find((input) => input.kind === 'price')
        ?.state;
    });
    expect(ages).toEqual(['STREAM', 'STALE']);
  });
});

type Entries = ReturnType<typeof sampleEntries>;

function after(entries: Entries, event: Event): Entries {
  const last = entries.at(-1);
  if (last === undefined) throw new Error('nothing to come after');
  return [...entries, { ...last, seq: last.seq + 1, event }];
}

function strategyOf(entries: Entries): Extract<Event, { kind: 'Started' }>['strategy'] {
  const event = entries[0]?.event;
  if (event?.kind !== 'Started') throw new Error('the script does not start');
  return event.strategy;
}
