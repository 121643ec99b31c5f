// Moments and durations. Core never asks what time it is: time arrives in the snapshot.

/** Give a moment as {s} since 1970-01-01T00:00:00Z, an integer. */
export type Time = number;

/** Give a duration as {s}. */
export type Seconds = number;

/** A year of a market that never closes: 365 days, {s}. */
export const YEAR: Seconds = 365 * 86_400;

/** The latest moment that is believed {s}: a thousand years after 1970; what is beyond is a unit mistaken. */
const LATEST: Time = 1_000 * YEAR;

/** Say whether a number is a moment: whole seconds, neither before 1970 nor a thousand years after it. */
export function isTime(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && value <= LATEST;
}

/** Count the whole periods of `every` seconds between `from` and `at`; negative before `from`. */
export function period(at: Time, every: Seconds, from: Time): number {
  return Math.floor((at - from) / every);
}

/**
 * Count the days from 1970-01-01 to a date of the Gregorian calendar; undefined where there is no such date.
 * Integers (Hinnant, 2013, `days_from_civil`).
 */
export function dayOf(year: number, month: number, day: number): number | undefined {
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const leaps = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  return era * 146_097 + yearOfEra * 365 + leaps + dayOfYear - 719_468;
}

/** Name a day of the Gregorian calendar; `month` and `day` count from 1. */
export type Day = { readonly year: number; readonly month: number; readonly day: number };

/** Find the date of a day counted from 1970-01-01; the inverse of `dayOf`. Integers (Hinnant, 2013, `civil_from_days`). */
export function dateOf(days: number): Day {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const leaps = Math.floor(dayOfEra / 1_460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leaps) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1,
  };
}

/** Find the day of the week of a day counted from 1970-01-01, a Thursday: 0 is Sunday. */
export function weekdayOf(days: number): number {
  return (((days + 4) % 7) + 7) % 7;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Write a duration for a person: `45 s`, `12 min`, `3 h`, `2 d`; rounded to the nearest. */
export function duration(seconds: Seconds): string {
  const size = Math.abs(seconds);
  if (size < 120) return `${Math.round(seconds)} s`;
  if (size < 2 * 3_600) return `${Math.round(seconds / 60)} min`;
  if (size < 2 * 86_400) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.round(seconds / 86_400)} d`;
}
