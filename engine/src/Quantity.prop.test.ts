import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Quantity from './Quantity.ts';

const EVERY = { least: 0, most: Number.MAX_SAFE_INTEGER, shown: 'anything' };

test('a share survives being written and read, to the millionth of a percent', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100_000_000 }), (share) => {
      const text = `${Math.floor(share / 1e6)}.${String(share % 1e6).padStart(6, '0')}%`;
      expect(Quantity.percent(text)).toEqual({ kind: 'read', value: share });
    }),
  );
});

test('a moment agrees with the platform calendar', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('1970-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }), (date) => {
      const text = `${date.toISOString().slice(0, 19)}Z`;
      expect(Quantity.moment(text)).toEqual({ kind: 'read', value: Date.parse(text) / 1_000 });
    }),
  );
});

test('no day outside the calendar is read', () => {
  for (const text of [
    '2023-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '1969-12-31',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:00:00',
  ]) {
    expect(Quantity.moment(text).kind).toBe('unread');
  }
});

test('whatever the text, a reader answers with a bounded value or with a fix', () => {
  const bounds = { least: 10, most: 500, shown: '10bps to 5%' };
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.tuple(fc.double(), fc.constantFrom('%', 'bps', 'pp', 'm', ' USD')).map(([n, u]) => `${n}${u}`),
      ),
      (text) => {
        for (const answer of [
          Quantity.bps(text, bounds),
          Quantity.points(text, bounds),
          Quantity.seconds(text, bounds),
          Quantity.whole(text, bounds),
        ]) {
          const good =
            answer.kind === 'unread'
              ? answer.fix !== ''
              : answer.value >= 10 && answer.value <= 500 && Number.isInteger(answer.value);
          expect(good).toBe(true);
        }
      },
    ),
  );
});

test('durations multiply by their unit', () => {
  expect(
    [Quantity.seconds('90s', EVERY), Quantity.seconds('2w', EVERY)].map(
      (answer) => answer.kind === 'read' && answer.value,
    ),
  ).toEqual([90, 1_209_600]);
});
