import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyChange } from './applyChange.ts';
import * as Change from './Change.ts';
import { Change as ChangeShape, State } from './contract.ts';
import * as Projection from './Projection.ts';
import { PORTFOLIO, sampleEntries } from './sample/index.ts';

const scripts = fc.record({ cycles: fc.integer({ min: 1, max: 120 }), seed: fc.integer({ min: 0, max: 1_000_000 }) });
const runs = { numRuns: 40 };
const start = Projection.empty(PORTFOLIO, 'SIMULATION');

describe('the fold of a journal', () => {
  test('comes to the same in one go and in any pieces, and entries told twice change nothing', () => {
    fc.assert(
      fc.property(scripts, fc.array(fc.nat(400)), (script, cuts) => {
        const entries = sampleEntries(script);
        const whole = Projection.foldAll(start, entries);
        const pieces = cuts.reduce((p, cut) => Projection.foldAll(p, entries.slice(0, cut)), start);
        const again = Projection.foldAll(pieces, entries);
        expect(again).toEqual(whole);
        expect(Projection.foldAll(again, entries)).toBe(again);
      }),
      runs,
    );
  });

  test('always has the shape that the contract promises, whatever entries are missing', () => {
    fc.assert(
      fc.property(scripts, fc.integer({ min: 1, max: 7 }), fc.nat(6), (script, every, offset) => {
        const entries = sampleEntries(script).filter((entry) => (entry.seq + offset) % every !== 1);
        const { shown } = Projection.foldAll(start, entries);
        expect(State.parse(JSON.parse(JSON.stringify(shown)))).toEqual(shown);
      }),
      runs,
    );
  });

  test('is told completely by its changes', () => {
    fc.assert(
      fc.property(scripts, fc.array(fc.nat(400)), (script, cuts) => {
        const entries = sampleEntries(script);
        const end = entries.length;
        const stops = [...cuts.filter((cut) => cut < end).toSorted((a, b) => a - b), end];
        let page = start.shown;
        let server = start;
        for (const stop of stops) {
          const next = Projection.foldAll(server, entries.slice(0, stop));
          const change = ChangeShape.parse(JSON.parse(JSON.stringify(Change.between(server.shown, next.shown))));
          page = applyChange(page, change);
          server = next;
        }
        expect(page).toEqual(server.shown);
      }),
      runs,
    );
  });

  test('counts as spent exactly what the steps of its runs spent', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        const { shown } = Projection.foldAll(start, sampleEntries(script));
        const total = shown.runs.reduce((sum, run) => sum + BigInt(run.spent.total), 0n);
        expect(shown.costs.total).toBe(total.toString());
        expect(shown.costs.rebalances).toBe(shown.runs.filter((run) => run.state === 'done').length);
      }),
      runs,
    );
  });
});
