import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Plan, Step } from '@trimtab/core';
import type { Entry, Event } from './Event.ts';
import * as Run from './Run.ts';

const swap: Step = {
  kind: 'swap',
  sell: 'a',
  buy: 'b',
  sold: 10n,
  expected: 9n,
  floor: 8n,
  routes: [],
  deadline: 1,
  cost: { fee: 0n, impact: 0n, gas: 0n, bridge: 0n, mev: 0n },
  why: 'test',
};
const plan = (steps: number): Plan => ({
  why: 'test',
  steps: Array.from({ length: steps }, () => swap),
  skips: [],
  passed: [],
  cost: { fee: 0n, impact: 0n, gas: 0n, bridge: 0n, mev: 0n },
  turnover: 0n,
  value: 1n,
  proof: { objective: 0, idle: 0, bound: 0, gap: 0, gapBps: 0, looks: 0, solves: 0, shadows: [] },
});
const receipt = { block: { number: 1n, hash: '0x1' }, at: 7, gasUsed: 1n, gasPrice: 1n };

/** Do what `next` asks, as an honest world would. */
function obey(run: Run.Run, next: Run.Next): Event {
  switch (next.kind) {
    case 'intend':
      return { kind: 'StepIntended', run: run.id, step: next.step, key: `${next.step}` };
    case 'sign':
      return {
        kind: 'StepSigned',
        run: run.id,
        step: next.step,
        attempt: 0,
        receives: 9n,
        signed: { raw: '0x', hash: `0x${next.step}`, from: '0x', nonce: next.step },
      };
    case 'send':
      return { kind: 'StepSent', run: run.id, step: next.step, attempt: next.attempt };
    case 'find':
      return { kind: 'StepSettled', run: run.id, step: next.step, attempt: 0, receipt };
    case 'close':
      return { kind: 'RunClosed', run: run.id, outcome: next.outcome, why: next.why };
    case 'closed':
      throw new Error('nothing left to do');
  }
}
const entry = (seq: number, event: Event): Entry => ({
  seq,
  portfolio: 'p',
  epoch: 1,
  at: seq,
  hash: '',
  event,
  ...('run' in event && event.run !== undefined ? { run: event.run } : {}),
});

function complete(steps: number): Entry[] {
  const decision = {
    kind: 'act',
    why: '',
    plan: plan(steps),
    value: 1n,
    proof: { objective: 0, idle: 0, bound: 0, gap: 0, gapBps: 0, looks: 0, solves: 0, shadows: [] },
    drift: [],
    intent: { kind: 'hold', why: '' },
    trigger: '',
  } as const;
  const entries = [entry(0, { kind: 'Decided', cycle: 0, run: 'c0', decision })];
  for (let run = Run.fold(entries); run !== undefined && run.closed === undefined; run = Run.fold(entries)) {
    entries.push(entry(entries.length, obey(run, Run.next(run))));
  }
  return entries;
}

describe('a run', () => {
  test('does each thing for each step once, in order, and closes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 6 }), (steps) => {
        const kinds = complete(steps).map((e) => e.event.kind);
        const each = ['StepIntended', 'StepSigned', 'StepSent', 'StepSettled'];
        expect(kinds).toEqual(['Decided', ...Array.from({ length: steps }, () => each).flat(), 'RunClosed']);
      }),
    );
  });

  test('killed after any entry, stands where it stood: the fold of a prefix asks for exactly the entry that followed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.nat(), (steps, cut) => {
        const all = complete(steps);
        const kept = 1 + (cut % (all.length - 1));
        const run = Run.fold(all.slice(0, kept));
        expect(run && obey(run, Run.next(run))).toEqual(all[kept]?.event);
      }),
    );
  });

  test('keeps every signing of a step, because any of them may have landed', () => {
    const entries = complete(1).slice(0, 4);
    const replaced: Event = {
      kind: 'StepSigned',
      run: 'c0',
      step: 0,
      attempt: 1,
      receives: 9n,
      signed: { raw: '0x', hash: '0xb', from: '0x', nonce: 0 },
    };
    const run = Run.fold([...entries, entry(9, replaced)]);
    expect(run && Run.attemptsOf(run, 0).map((a) => a.signed.hash)).toEqual(['0x0', '0xb']);
    expect(run && Run.next(run)).toEqual({ kind: 'send', step: 0, attempt: 1 });
  });

  test('is abandoned after a failed step, with the reason', () => {
    const entries = [
      ...complete(2).slice(0, 2),
      entry(9, { kind: 'StepFailed', run: 'c0', step: 0, why: 'floor missed' }),
    ];
    const run = Run.fold(entries);
    expect(run && Run.next(run)).toEqual({ kind: 'close', outcome: 'abandoned', why: 'floor missed' });
  });

  test('ignores what other runs did', () => {
    const mine = complete(1).slice(0, 2);
    const other = entry(9, { kind: 'StepFailed', run: 'c9', step: 0, why: 'not mine' });
    expect(Run.fold([...mine, other])).toEqual(Run.fold(mine));
  });
});
