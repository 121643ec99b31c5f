// Moments and durations. Core never asks what time it is: time arrives in the snapshot.

/** Give a moment as {s} since 1970-01-01T00:00:00Z, an integer. */
export type Time = number;

/** Give a duration as {s}. */
export type Seconds = number;

/** A year of a market that never closes: 365 days, {s}. */
export const YEAR: Seconds = 365 * 86_400;
