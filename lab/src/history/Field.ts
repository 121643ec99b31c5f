// Fields of a price file, read strictly: exact decimals, whole seconds, one direction of time.

import { Time } from '@trimtab/core';
import type { Price, Seconds } from '@trimtab/core';
import { BadHistory } from './BadHistory.ts';

/** Say where a value stands, for messages. */
export type Place = { readonly file: string; readonly line: number };

/** The first day of the oldest chain, 2009-01-03. */
const FIRST: Time = 1_230_940_800;
/** 2100-01-01. */
const LAST: Time = 4_102_444_800;
/** A date; with `T` or a space a time in whole seconds; with that an offset. */
const ISO = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:\.0+)?(Z|[+-]\d\d:?\d\d)?)?$/;
/** A token worth more than this is a mistake. {USD/tok} */
const DEAREST = 10n ** 12n;

/**
 * Read a price, D18{USD/tok}. Digits beyond the eighteenth decimal are cut off; nobody holds the price, so nobody
 * loses an atom. Throws BadHistory unless 1e-18 <= price <= 1e12.
 */
export function priceDown(text: string, place: Place): Price {
  const fix = 'correct the price or remove the row';
  if (text === '') throw bad(place, text, 'is missing where a price is needed', fix);
  if (text.startsWith('-')) throw bad(place, text, 'is negative, and a price cannot be', fix);
  const price = decimalDown(text, 18);
  if (price === undefined) throw bad(place, text, 'is not a decimal number', 'write the price like 1809.25');
  if (price === 0n) throw bad(place, text, 'is zero to 18 decimals', fix);
  if (price > DEAREST * 10n ** 18n) throw bad(place, text, `is above ${DEAREST} USD`, fix);
  return price;
}

/** Read an integer of at most 78 digits. Throws BadHistory. */
export function integer(text: string, place: Place): bigint {
  if (/^-?\d{1,78}$/.test(text)) return BigInt(text);
  throw bad(place, text, 'is not an integer', 'correct the value or remove the row');
}

/**
 * Read a plain decimal, with or without an exponent, scaled by 10^decimals; finer digits are cut off.
 * Undefined for anything else.
 */
export function decimalDown(text: string, decimals: number): bigint | undefined {
  const [, units, fraction = '', exponent = '0'] =
    /^(\d{1,30})(?:\.(\d{1,60}))?(?:[eE]([+-]?\d{1,2}))?$/.exec(text) ?? [];
  if (units === undefined) return undefined;
  const shift = decimals + Number(exponent) - fraction.length;
  const digits = BigInt(units + fraction);
  return shift >= 0 ? digits * 10n ** BigInt(shift) : digits / 10n ** BigInt(-shift);
}

/**
 * Read a moment: unix seconds, or ISO 8601 (a date alone is its midnight; UTC unless an offset is written).
 * Throws BadHistory on anything else, on a fraction of a second, and outside 2009-01-03..2100-01-01.
 */
export function moment(text: string, place: Place): Time {
  const fix = 'write the time like 2023-08-17T21:44:00Z or as unix seconds';
  if (/^\d{13,}$/.test(text)) throw bad(place, text, 'is finer than a second', 'divide the times by 1000');
  const at = /^\d{9,11}$/.test(text) ? Number(text) : iso(text);
  if (at === undefined) throw bad(place, text, 'is not a time in whole seconds', fix);
  if (at < FIRST || at > LAST) throw bad(place, text, 'is before 2009 or after 2099', fix);
  return at;
}

/** Require that a row comes after the one before it, and not too long after. Throws BadHistory. */
export function follows(previous: Time | undefined, at: Time, text: string, place: Place, maxGap: Seconds): void {
  if (previous === undefined) return;
  if (at === previous) throw bad(place, text, 'is the time of the row before', 'keep one of the two rows');
  if (at < previous) {
    throw bad(place, text, `is ${previous - at} s before the row above`, 'sort the rows by time, oldest first');
  }
  if (at - previous > maxGap) {
    throw bad(
      place,
      text,
      `leaves a gap of ${at - previous} s where at most ${maxGap} s is allowed`,
      'fill in the missing rows, replay a shorter span, or allow a longer gap',
    );
  }
}

/** Say whether a moment lies on a day, `YYYY-MM-DD` in UTC. Throws BadHistory if the day is none. */
export function onDay(at: Time, day: string, place: Place): boolean {
  const start = moment(day, place);
  return at >= start && at < start + 86_400;
}

/** Make the error for a choice that matches no row. */
export function none(file: string, value: string, fix: string): BadHistory {
  return bad({ file, line: 1 }, value, 'matches no row of the file', fix);
}

/** Make the error for a bad value. */
export function bad({ file, line }: Place, value: string, why: string, fix: string): BadHistory {
  return new BadHistory({ file, line, value, why, fix });
}

function iso(text: string): Time | undefined {
  const [, date = '', time = '00:00', zone = 'Z'] = ISO.exec(text) ?? [];
  const day = dayOf(date);
  const second = secondOf(time);
  const offset = offsetOf(zone);
  if (day === undefined || second === undefined || offset === undefined) return undefined;
  return day * 86_400 + second - offset;
}

/** Read `2023-08-17` as days since 1970. */
function dayOf(text: string): number | undefined {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  return Time.dayOf(year, month, day);
}

/** Read `21:44` or `21:44:59` as seconds since midnight. */
function secondOf(text: string): Seconds | undefined {
  const [hour = 0, minute = 0, second = 0] = text.split(':').map(Number);
  return hour > 23 || minute > 59 || second > 59 ? undefined : hour * 3_600 + minute * 60 + second;
}

/** Read `Z` or `+05:30` as seconds ahead of UTC. */
function offsetOf(zone: string): Seconds | undefined {
  if (zone === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(-2));
  if (hours > 14 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 3_600 + minutes * 60);
}
