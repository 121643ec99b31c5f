// Moments and durations. Core never asks what time it is: time arrives in the snapshot.

/** Give a moment as {s} since 1970-01-01T00:00:00Z, an integer. */
export type Time = number;

/** Give a duration as {s}. */
export type Seconds = number;

/** A year of a market that never closes: 365 days, {s}. */
export const YEAR: Seconds = 365 * 86_400;

/** Count the whole periods of `every` seconds between `from` and `at`; negative before `from`. */
export function period(at: Time, every: Seconds, from: Time): number {
  return Math.floor((at - from) / every);
}

/** Write a duration for a person: `45 s`, `12 min`, `3 h`, `2 d`; rounded to the nearest. */
export function duration(seconds: Seconds): string {
  const size = Math.abs(seconds);
  if (size < 120) return `${Math.round(seconds)} s`;
  if (size < 2 * 3_600) return `${Math.round(seconds / 60)} min`;
  if (size < 2 * 86_400) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.round(seconds / 86_400)} d`;
}
