import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dateOf, dayOf, weekdayOf } from '../../money/Time.ts';
import { StrategyError } from '../Field.ts';
import * as Schedule from './Schedule.ts';

/** Hold one field of a line and the numbers that it was made to name. */
type Part = { readonly text: string; readonly names: ReadonlySet<number> };

const START = Date.UTC(2023, 9, 1) / 1_000;
const MINUTES = 4 * 366 * 1_440;

function read(expression: string): Schedule.Schedule {
  return Schedule.parse({ path: 'when.expression', value: expression });
}

/** Make an item of a field together with what it names, by counting and not by the parser's rules. */
function item(low: number, high: number, words: readonly string[]): fc.Arbitrary<Part> {
  const all = Array.from({ length: high - low + 1 }, (_, index) => low + index);
  const one = fc.integer({ min: low, max: high });
  const word = (value: number): fc.Arbitrary<string> =>
    fc.constantFrom(String(value), String(value).padStart(2, '0'), words[value] ?? String(value));
  const every = (values: readonly number[], step: number) => new Set(values.filter((_, index) => index % step === 0));
  const step = fc.integer({ min: 1, max: 12 });
  return fc.oneof(
    one.chain((value) => word(value).map((text) => ({ text, names: new Set([value]) }))),
    fc.tuple(one, one, step, fc.boolean()).map(([a, b, stride, stepped]) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      const span = all.filter((value) => value >= from && value <= to);
      return { text: `${from}-${to}${stepped ? `/${stride}` : ''}`, names: every(span, stepped ? stride : 1) };
    }),
    step.map((stride) => ({ text: `*/${stride}`, names: every(all, stride) })),
  );
}

function part(low: number, high: number, words: readonly string[] = []): fc.Arbitrary<Part> {
  const listed = fc.array(item(low, high, words), { minLength: 1, maxLength: 3 }).map((items) => ({
    text: items.map(({ text }) => text).join(','),
    names: new Set(items.flatMap(({ names }) => [...names])),
  }));
  const all = new Set(Array.from({ length: high - low + 1 }, (_, index) => low + index));
  return fc.oneof(fc.constant({ text: '*', names: all }), listed);
}

const months = ['', 'jan', 'Feb', 'mar', 'APR', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdays = ['sun', 'Mon', 'tue', 'wed', 'thu', 'FRI', 'sat'];
const line = fc.tuple(part(0, 59), part(0, 23), part(1, 31), part(1, 12, months), part(0, 6, weekdays));

/** Walk four years minute by minute, by the platform's own calendar, and note the minutes that a line names. */
function walk([minute, hour, day, month, weekday]: readonly [Part, Part, Part, Part, Part]): readonly number[] {
  const ticks: number[] = [];
  const star = day.text.startsWith('*') || weekday.text.startsWith('*');
  for (let first = 0; first < MINUTES; first += 1_440) {
    const date = new Date((START + first * 60) * 1_000);
    const days = day.names.has(date.getUTCDate());
    const weeks = weekday.names.has(date.getUTCDay());
    if (!month.names.has(date.getUTCMonth() + 1) || !(star ? days && weeks : days || weeks)) continue;
    for (let one = 0; one < 1_440; one++) {
      if (hour.names.has(Math.floor(one / 60)) && minute.names.has(one % 60)) ticks.push(START + (first + one) * 60);
    }
  }
  return ticks;
}

/** Count the ticks, which ascend, that are not after a moment. */
function countUpTo(ticks: readonly number[], at: number): number {
  let [low, high] = [0, ticks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ticks[middle] ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

describe('a schedule', () => {
  test('names exactly the minutes that a walk through four years meets', () => {
    const moments = fc.array(fc.integer({ min: 0, max: MINUTES * 60 - 1 }), { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(line, moments, (parts, offsets) => {
        const expression = parts.map(({ text }) => text).join(' ');
        const ticks = walk(parts);
        fc.pre(ticks.length > 0);
        const schedule = read(expression);
        const edges = ticks.slice(0, 20).flatMap((tick) => [tick - 1, tick, tick + 59]);
        for (const at of [...offsets.map((offset) => START + offset), ...edges]) {
          const place = countUpTo(ticks, at);
          const [before, after] = [ticks[place - 1], ticks[place]];
          // Beyond the walk's ends only the schedule knows.
          expect(Schedule.next(schedule, at)).toBe(after ?? Schedule.next(schedule, at));
          expect(Schedule.previous(schedule, at)).toBe(before ?? Schedule.previous(schedule, at));
        }
      }),
      { numRuns: 60 },
    );
  });

  test('meets every tick when it is walked from one to the next', () => {
    const parts = [stepping('*/7', 0, 59, 7), stepping('*/5', 0, 23, 5), star(1, 31), star(1, 12), star(0, 6)] as const;
    const schedule = read(parts.map(({ text }) => text).join(' '));
    const met: number[] = [];
    for (let at = Schedule.next(schedule, START - 1); at !== undefined && at < START + MINUTES * 60;) {
      met.push(at);
      at = Schedule.next(schedule, at);
    }
    expect(met).toEqual(walk(parts));
  });

  test.each([
    ['0 9 * * mon-fri', '2024-03-01T09:00:00Z', '2024-03-04T09:00:00Z'],
    ['30 4 1,15 * 5', '2024-03-01T04:30:00Z', '2024-03-08T04:30:00Z'],
    ['0 0 29 2 *', '2024-02-29T00:00:00Z', '2028-02-29T00:00:00Z'],
    ['0 0 29 2 */7', '2032-02-29T00:00:00Z', '2060-02-29T00:00:00Z'],
    ['0 0 1 jan *', '2025-01-01T00:00:00Z', '2026-01-01T00:00:00Z'],
    ['0 12 * * 7', '2024-03-03T12:00:00Z', '2024-03-10T12:00:00Z'],
    ['59 23 31 * *', '2024-01-31T23:59:00Z', '2024-03-31T23:59:00Z'],
  ])('%s follows %s with %s', (expression, first, second) => {
    const [from, to] = [first, second].map((text) => Date.parse(text) / 1_000) as [number, number];
    expect(Schedule.previous(read(expression), to - 1)).toBe(from);
    expect(Schedule.next(read(expression), from)).toBe(to);
  });

  test.each([
    ['', 'when.expression'],
    ['* * * *', 'when.expression'],
    ['0 0 * * * *', 'when.expression'],
    ['@daily', 'when.expression'],
    ['60 * * * *', 'when.expression.minute'],
    ['-1 * * * *', 'when.expression.minute'],
    ['1.5 * * * *', 'when.expression.minute'],
    ['5-1 * * * *', 'when.expression.minute'],
    ['*/0 * * * *', 'when.expression.minute'],
    ['5/10 * * * *', 'when.expression.minute'],
    [', * * * *', 'when.expression.minute'],
    ['1,,2 * * * *', 'when.expression.minute'],
    ['* 24 * * *', 'when.expression.hour'],
    ['* mon * * *', 'when.expression.hour'],
    ['* * 0 * *', 'when.expression.day'],
    ['* * 32 * *', 'when.expression.day'],
    ['* * L * *', 'when.expression.day'],
    ['* * 30 2 *', 'when.expression.day'],
    ['* * 31 4,6,9,11 *', 'when.expression.day'],
    ['* * * 13 *', 'when.expression.month'],
    ['* * * mon *', 'when.expression.month'],
    ['* * * * 8', 'when.expression.weekday'],
    ['* * * * fri-mon', 'when.expression.weekday'],
    ['* * * * __proto__', 'when.expression.weekday'],
    [7, 'when.expression'],
  ])('%s is refused at %s', (value, path) => {
    let caught: unknown;
    try {
      Schedule.parse({ path: 'when.expression', value });
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(StrategyError);
    expect((caught as StrategyError).path).toBe(path);
  });
});

test('a search ends also from moments that are none, where a day later is the same number', () => {
  const leap = read('0 0 29 2 *');
  for (const at of [NaN, Infinity, -Infinity]) {
    expect([Schedule.previous(leap, at), Schedule.next(leap, at)]).toEqual([undefined, undefined]);
  }
  for (const at of [1e22, -1e22]) {
    for (const found of [Schedule.previous(leap, at), Schedule.next(leap, at)]) {
      expect(found === undefined || Math.abs(found / at - 1) < 1e-9).toBe(true);
    }
  }
});

describe('the calendar', () => {
  test('agrees with the platform’s, and is its own inverse', () => {
    fc.assert(
      fc.property(fc.integer({ min: -800_000, max: 3_000_000 }), (days) => {
        const date = new Date(days * 86_400_000);
        const { year, month, day } = dateOf(days);
        expect([year, month, day]).toEqual([date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]);
        expect(weekdayOf(days)).toBe(date.getUTCDay());
        expect(dayOf(year, month, day)).toBe(days);
      }),
      { numRuns: 2_000 },
    );
  });
});

function stepping(text: string, low: number, high: number, step: number): Part {
  const names = new Set<number>();
  for (let value = low; value <= high; value += step) names.add(value);
  return { text, names };
}

function star(low: number, high: number): Part {
  return stepping('*', low, high, 1);
}
