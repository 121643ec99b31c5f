import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Brownian from './Brownian.ts';
import { ForecastError } from './Numbers.ts';

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });

describe('a corridor', () => {
  const corridor = fc.record({
    up: between(0.01, 2),
    down: between(0.01, 2),
    drift: between(-3, 3),
    volatility: between(0.05, 2),
  });

  test('turned upside down is left the other way, after the same time', () => {
    fc.assert(
      fc.property(corridor, ({ up, down, drift, volatility }) => {
        const [one, other] = [
          Brownian.exit({ up, down, drift, volatility }),
          Brownian.exit({ up: down, down: up, drift: -drift, volatility }),
        ];
        expect(one.up + other.up).toBeCloseTo(1, 9);
        expect(other.time / one.time).toBeCloseTo(1, 6);
      }),
    );
  });

  test('a drift of almost nothing changes almost nothing', () => {
    fc.assert(
      fc.property(corridor, fc.constantFrom(1e-4, -1e-4, 1e-7, -1e-7), ({ up, down, volatility }, slope) => {
        const still = Brownian.exit({ up, down, drift: 0, volatility });
        const moving = Brownian.exit({ up, down, drift: (slope * volatility ** 2) / 2, volatility });
        expect(still.time).toBeCloseTo((up * down) / volatility ** 2, 9);
        expect(moving.time / still.time).toBeCloseTo(1, 3);
        expect(moving.up).toBeCloseTo(still.up, 3);
      }),
    );
  });

  test('obeys Wald: what it ends at on average is its drift times its time', () => {
    fc.assert(
      fc.property(corridor, (own) => {
        const { up, time } = Brownian.exit(own);
        expect(own.up * up - own.down * (1 - up)).toBeCloseTo(own.drift * time, 6);
      }),
    );
  });

  test('looked at less often is left later', () => {
    fc.assert(
      fc.property(corridor, between(0.0001, 0.1), (own, step) => {
        const { time } = Brownian.exit(own);
        expect(Brownian.exit(Brownian.watchedEvery(step, own)).time).toBeGreaterThanOrEqual(time * (1 - 1e-9));
        expect(Brownian.watchedEvery(0, own)).toEqual(own);
      }),
    );
  });

  test('discounted by nothing is the chance to leave either way, by more is worth less', () => {
    fc.assert(
      fc.property(corridor, between(0.01, 2), (own, rate) => {
        const [still, later] = [Brownian.discounted(own, 0), Brownian.discounted(own, rate)];
        expect(still.up).toBeCloseTo(Brownian.exit(own).up, 6);
        expect(still.up + still.down).toBeCloseTo(1, 6);
        expect(later.up).toBeLessThanOrEqual(still.up + 1e-9);
        expect(later.down).toBeLessThanOrEqual(still.down + 1e-9);
      }),
    );
  });

  test('discounted by a little loses its time; at a rate that is too low it is worth more than any number', () => {
    const calm = corridor.filter(
      ({ up, down, drift, volatility }) => (Math.abs(drift) * (up + down)) / volatility ** 2 < 20,
    );
    fc.assert(
      fc.property(calm, ({ up, down, drift, volatility }) => {
        const own = { up, down, drift, volatility };
        const { time } = Brownian.exit(own);
        const whole = (rate: number) => Brownian.discounted(own, rate).up + Brownian.discounted(own, rate).down;
        const small = 1e-4 / time;
        expect((whole(-small) - whole(small)) / (2 * small) / time).toBeCloseTo(1, 3);
        const lowest = -(((volatility * Math.PI) / (up + down)) ** 2 + (drift / volatility) ** 2) / 2;
        expect(whole(lowest * 1.001)).toBe(Infinity);
        expect(whole(lowest * 0.999)).toBeLessThan(Infinity);
      }),
    );
  });

  test('is seen farther out with the root of the time between looks, alike on both sides', () => {
    fc.assert(
      fc.property(corridor, between(1e-6, 1), (own, step) => {
        const shift = (every: number) => Brownian.watchedEvery(every, own).up - own.up;
        expect(shift(4 * step) / shift(step)).toBeCloseTo(2, 6);
        expect(Brownian.watchedEvery(step, own).down - own.down).toBeCloseTo(shift(step), 12);
      }),
    );
  });

  test('is refused at a rate or a step that is no number', () => {
    const good = { up: 1, down: 1, drift: 0, volatility: 1 };
    expect(() => Brownian.discounted(good, Number.NaN)).toThrow('forecast at rate');
    expect(() => Brownian.discounted({ ...good, down: 0 }, 1)).toThrow('forecast at down');
    expect(() => Brownian.watchedEvery(-1, good)).toThrow('forecast at step');
  });

  test.each([
    ['up', { up: 0 }],
    ['down', { down: Number.NaN }],
    ['volatility', { volatility: 0 }],
    ['drift', { drift: Infinity }],
  ])('is refused at %s', (path, own) => {
    let caught: unknown;
    try {
      Brownian.exit({ up: 1, down: 1, drift: 0, volatility: 1, ...own });
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(ForecastError);
    expect((caught as ForecastError).path).toBe(path);
  });
});
