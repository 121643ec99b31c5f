import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Transfer from './Transfer.ts';

const PLACES = 4;
const place = fc.nat({ max: PLACES - 1 });
const rate = fc.integer({ min: 0, max: 50 }).map((points) => points / 1e4);
const crossing = fc
  .record({
    from: place,
    step: fc.integer({ min: 1, max: PLACES - 1 }),
    rate,
    fixed: fc.nat({ max: 40 }),
    capacity: fc.nat({ max: 90_000 }),
  })
  .map(({ from, step, ...rest }): Transfer.Crossing => ({ ...rest, from, to: (from + step) % PLACES }));
/** A ring of wide and dear crossings, so that there is always some way. */
const ring = Array.from({ length: PLACES }, (_, from): Transfer.Crossing => ({
  from,
  to: (from + 1) % PLACES,
  rate: 0.01,
  fixed: 50,
  capacity: Infinity,
}));
const drawn = fc.record({
  supplies: fc
    .array(fc.integer({ min: -50_000, max: 50_000 }), { minLength: PLACES - 1, maxLength: PLACES - 1 })
    .map((some) => [...some, -some.reduce((total, one) => total + one, 0)]),
  crossings: fc.array(crossing, { maxLength: 5 }).map((some) => [...some, ...ring]),
});

describe('a transfer', () => {
  test('levels every place, keeps to the room there is, and costs what it uses', () => {
    fc.assert(
      fc.property(drawn, ({ supplies, crossings }) => {
        for (const find of [Transfer.cheapest, Transfer.throughAll]) {
          const { flows } = find(supplies, crossings);
          const left = [...supplies];
          for (const [index, { from, to, capacity }] of crossings.entries()) {
            left[from]! -= flows[index]!;
            left[to]! += flows[index]!;
            expect(flows[index]).toBeGreaterThanOrEqual(0);
            expect(flows[index]).toBeLessThanOrEqual(capacity);
          }
          for (const rest of left) expect(Math.abs(rest)).toBeLessThanOrEqual(1e-6);
        }
        const { cost, flows, bound } = Transfer.cheapest(supplies, crossings);
        const paid = flows.reduce(
          (total, flow, index) => total + flow * crossings[index]!.rate + (flow > 0 ? crossings[index]!.fixed : 0),
          0,
        );
        expect(cost).toBeCloseTo(paid, 9);
        expect(bound).toBeLessThanOrEqual(cost);
        expect(cost).toBeLessThanOrEqual(Transfer.throughAll(supplies, crossings).cost + 1e-9);
      }),
    );
  });

  test('without fixed costs leaves no round on which taking back and sending otherwise would save', () => {
    fc.assert(
      fc.property(drawn, ({ supplies, crossings }) => {
        const free = crossings.map((one) => ({ ...one, fixed: 0 }));
        const { flows } = Transfer.cheapest(supplies, free);
        const cost = supplies.map(() => supplies.map(() => Infinity));
        for (const [index, { from, to, rate: charge, capacity }] of free.entries()) {
          if (flows[index]! < capacity) cost[from]![to] = Math.min(cost[from]![to]!, charge);
          if (flows[index]! > 0) cost[to]![from] = Math.min(cost[to]![from]!, -charge);
        }
        for (const middle of supplies.keys()) {
          for (const from of supplies.keys()) {
            for (const to of supplies.keys())
              cost[from]![to] = Math.min(cost[from]![to]!, cost[from]![middle]! + cost[middle]![to]!);
          }
        }
        for (const at of supplies.keys()) expect(cost[at]![at]).toBeGreaterThanOrEqual(-1e-12);
      }),
    );
  });

  test('costs no more with one more crossing, and of many no less than its bound', () => {
    fc.assert(
      fc.property(drawn, fc.array(crossing, { minLength: 9, maxLength: 9 }), ({ supplies, crossings }, more) => {
        const few = Transfer.cheapest(supplies, crossings);
        const one = Transfer.cheapest(supplies, [...crossings, more[0]!]);
        expect(one.cost).toBeLessThanOrEqual(few.cost + 1e-9);
        const many = Transfer.cheapest(supplies, [...crossings, ...more]);
        expect(many.bound).toBeLessThanOrEqual(many.cost + 1e-9);
        expect(many.bound).toBeLessThanOrEqual(few.cost + 1e-9);
      }),
    );
  });
});
