// Numbers as people write them: with a unit, in text. A bare `5` could be five percent, five points or five basis
// points, so a value without its unit is refused with the three ways to write it.

import { Time } from '@trimtab/core';
import type { Bps, Seconds, Usd } from '@trimtab/core';

/** Hold what a reader made of a text: its value, or why it has none and what to write instead. */
export type Read<T> = { readonly kind: 'read'; readonly value: T } | Unread;
export type Unread = { readonly kind: 'unread'; readonly why: string; readonly fix: string };

/** Bound a reader's answer, both ends included. `shown` is how a message spells the bounds. */
export type Bounds = { readonly least: number; readonly most: number; readonly shown: string };

const DURATIONS: { readonly [unit: string]: Seconds } = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };

export const read = <T>(value: T): Read<T> => ({ kind: 'read', value });
export const unread = (why: string, fix: string): Unread => ({ kind: 'unread', why, fix });

/**
 * Read a share of the whole, `60%` or `33.3333%`, in millionths of a percent: 1e8 = 100 %, so that sums are exact.
 */
export function percent(text: string): Read<number> {
  const [digits, unit] = split(text);
  if (unit === 'pp') return unread('is in percentage points, but a share is needed', `write ${digits}%`);
  if (unit !== '%') return unread('has no percent sign', `write a share such as ${digits === '' ? '60' : digits}%`);
  const scaled = decimal(digits, 6);
  if (scaled === undefined) return unread('is not a number with at most 6 decimals', 'write a share such as 33.3333%');
  if (scaled > 100_000_000n) return unread('is more than the whole', 'write a share from 0% to 100%');
  return read(Number(scaled));
}

/** Read a half-width in percentage points of the portfolio, `2.5pp`, in basis points. */
export function points(text: string, bounds: Bounds): Read<Bps> {
  const [digits, unit] = split(text);
  if (unit === '%') {
    return unread(
      'could mean points of the portfolio or a share of the target',
      `write ${digits}pp for ±${digits} points of the portfolio, or put ${digits}% under \`relative\``,
    );
  }
  if (unit !== 'pp') return unread('has no unit', `write percentage points such as ${digits === '' ? '5' : digits}pp`);
  return bpsIn(digits, 2, bounds, 'write percentage points such as 2.5pp');
}

/** Read a share in basis points, written `30bps` or `0.3%`. */
export function bps(text: string, bounds: Bounds): Read<Bps> {
  const [digits, unit] = split(text);
  if (unit === 'pp') return unread('is in percentage points, but a share is needed', `write ${digits}%`);
  if (unit === 'bps') return bpsIn(digits, 0, bounds, 'write whole basis points such as 30bps');
  if (unit === '%') return bpsIn(digits, 2, bounds, 'write a share such as 25%');
  return unread('has no unit', `write a share with its unit, such as ${bounds.shown.split(' ')[0]}`);
}

/** Read dollars, `50 USD`, as D18{USD}. Nobody loses an atom: more decimals than 18 are refused. */
export function usd(text: string): Read<Usd> {
  const [digits, unit] = split(text);
  if (unit !== 'USD')
    return unread('is not in dollars', `write an amount such as ${digits === '' ? '50' : digits} USD`);
  const atoms = decimal(digits, 18);
  if (atoms === undefined) return unread('is not an amount', 'write an amount such as 50 USD');
  if (atoms > 10n ** 30n) return unread('is more than 1,000,000,000,000 USD', 'write a smaller amount');
  return read(atoms);
}

/** Read a duration, `30s`, `10m`, `4h`, `7d` or `2w`, in {s}. */
export function seconds(text: string, bounds: Bounds): Read<Seconds> {
  const [digits, unit] = split(text);
  const each = Object.hasOwn(DURATIONS, unit) ? DURATIONS[unit] : undefined;
  const count = decimal(digits, 0);
  if (each === undefined || count === undefined) {
    return unread(
      'is not a whole number of seconds, minutes, hours, days or weeks',
      'write a duration such as 30s, 10m, 4h, 7d or 2w',
    );
  }
  return within(Number(count) * each, bounds);
}

/** Read a whole number, `8453`. */
export function whole(text: string, bounds: Bounds): Read<number> {
  const value = decimal(text, 0);
  if (value === undefined) return unread('is not a whole number', `write a whole number, ${bounds.shown}`);
  return within(Number(value), bounds);
}

/** Read a moment in UTC, `2026-01-31` or `2026-01-31T14:00:00Z`, in {s} since 1970. */
export function moment(text: string): Read<Time> {
  const parts = /^(\d{4})-(0[1-9]|1[0-2])-(\d\d)(?:T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?Z)?$/.exec(text)?.slice(1);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] =
    parts?.map((part) => Number(part ?? 0)) ?? [];
  const days = Time.dayOf(year, month, day);
  if (year < 1970 || days === undefined) {
    return unread('is not a moment in UTC since 1970', 'write a moment such as 2026-01-31 or 2026-01-31T14:00:00Z');
  }
  return read(days * 86_400 + hour * 3_600 + minute * 60 + second);
}

/** Read an address of an account or contract, in lower case. */
export function address(text: string): Read<string> {
  if (/^0x[0-9a-fA-F]{40}$/.test(text)) return read(text.toLowerCase());
  return unread('is not an address', 'write 0x and 40 hexadecimal digits');
}

/** Spell basis points as percentage points or percent: 250 → `2.5`. */
export function hundredths(value: Bps): string {
  return String(value / 100);
}

function bpsIn(digits: string, decimals: number, bounds: Bounds, fix: string): Read<Bps> {
  const value = decimal(digits, decimals);
  if (value === undefined) return unread('is not a number, or is finer than a basis point (0.01 %)', fix);
  return within(Number(value), bounds);
}

function within(value: number, bounds: Bounds): Read<number> {
  if (value >= bounds.least && value <= bounds.most) return read(value);
  return unread(`is outside ${bounds.shown}`, `write a value within ${bounds.shown}`);
}

/** Part a number from its unit: `50 USD` → ['50', 'USD']. What is no number comes back as all unit. */
function split(text: string): readonly [string, string] {
  const [, digits = '', unit = ''] = /^([+-]?[\d_.,]*)\s*(.*)$/.exec(text) ?? [];
  return [digits, unit];
}

/** Read a plain non-negative decimal, scaled by 10^decimals; absent if it is anything else or finer than that. */
function decimal(text: string, decimals: number): bigint | undefined {
  const [, units, fraction = ''] = /^(\d{1,30})(?:\.(\d+))?$/.exec(text) ?? [];
  if (units === undefined || fraction.length > decimals) return undefined;
  return BigInt(units + fraction.padEnd(decimals, '0'));
}
