import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Time from './Time.ts';

// Four hundred years to each side: every kind of leap year, and days before the epoch.
const day = fc.integer({ min: -150_000, max: 150_000 });

describe('a calendar', () => {
  test('names each day as the language itself does, and finds it again', () => {
    fc.assert(
      fc.property(day, (days) => {
        const date = new Date(days * 86_400_000);
        const named = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
        expect(Time.dateOf(days)).toEqual(named);
        expect(Time.dayOf(named.year, named.month, named.day)).toBe(days);
        expect(Time.weekdayOf(days)).toBe(date.getUTCDay());
      }),
    );
  });

  test('has as many days in each month as lie between it and the next', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_600, max: 2_400 }), fc.integer({ min: 1, max: 12 }), (year, month) => {
        const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
        expect(Time.dayOf(year, month, last)).toBeDefined();
        expect(Time.dayOf(year, month, last + 1)).toBeUndefined();
        expect(Time.dayOf(year, month, 0)).toBeUndefined();
      }),
    );
  });

  test('knows which centuries have a leap day', () => {
    const leap = [1_600, 1_700, 1_900, 1_996, 1_999, 2_000, 2_100].filter((year) => Time.dayOf(year, 2, 29));
    expect(leap).toEqual([1_600, 1_996, 2_000]);
  });
});

describe('a period', () => {
  test('is counted from its start on, also backwards', () => {
    fc.assert(
      fc.property(fc.nat(10 ** 9), fc.integer({ min: 1, max: 10 ** 6 }), day, (from, every, count) => {
        expect(Time.period(from + count * every, every, from)).toBe(count);
        expect(Time.period(from + count * every - 1, every, from)).toBe(count - 1);
      }),
    );
  });
});

describe('a duration', () => {
  test.each([
    [0, '0 s'],
    [119, '119 s'],
    [-119, '-119 s'],
    [120, '2 min'],
    [-120, '-2 min'],
    [149, '2 min'],
    [150, '3 min'],
    [7_199, '120 min'],
    [7_200, '2 h'],
    [86_400, '24 h'],
    [172_799, '48 h'],
    [172_800, '2 d'],
    [-172_800, '-2 d'],
    [Time.YEAR, '365 d'],
  ])('of %d s reads %s', (seconds, text) => {
    expect(Time.duration(seconds)).toBe(text);
  });
});
