// Drift over time in bounded space. However long the history, it is told in at most CAPACITY points of equal
// length of time, and each point is the worst moment of its time: a breach is never thinned away.

import type { Seconds } from '@trimtab/core';
import type { Drift, Point } from './contract.ts';

export const CAPACITY = 480;

/** Hold the worst moment of every bucket of `bucket` seconds, then the latest moment as it is. */
export type History = { readonly bucket: Seconds; readonly points: readonly Point[] };

export const EMPTY: History = { bucket: 1, points: [] };

/** Take a moment out of a decision's drift, rounded to a ten-thousandth of a percentage point. */
export function pointOf(at: number, drift: readonly Drift[]): Point {
  return {
    at,
    weights: drift.map((one) => round(one.weight)),
    targets: drift.map((one) => round(one.target)),
    bands: drift.map((one) => (one.band === undefined ? null : [round(one.band[0]), round(one.band[1])])),
  };
}

/** Add the latest moment. Moments at or after it are forgotten first: the chain was rewritten, or looked at twice. */
export function add(history: History, point: Point): History {
  const known = history.points.at(-1);
  const before = known !== undefined && known.at >= point.at ? dropFrom(history, point.at) : history;
  const points = merge(before.points, before.bucket);
  return thin({ bucket: before.bucket, points: [...points, point] });
}

function dropFrom(history: History, at: number): History {
  return { ...history, points: history.points.filter((point) => point.at < at) };
}

/** Double the buckets until they fit; the latest point stays outside them. */
function thin(history: History): History {
  if (history.points.length <= CAPACITY) return history;
  const bucket = history.bucket * 2;
  const latest = history.points.slice(-1);
  const points = history.points.slice(0, -1).reduce<readonly Point[]>((kept, p) => merge([...kept, p], bucket), []);
  return thin({ bucket, points: [...points, ...latest] });
}

/** Let the worse of the last two points stand for both where they fall into one bucket. */
function merge(points: readonly Point[], bucket: Seconds): readonly Point[] {
  const [a, b] = points.slice(-2);
  if (a === undefined || b === undefined) return points;
  if (Math.floor(a.at / bucket) !== Math.floor(b.at / bucket)) return points;
  return [...points.slice(0, -2), excess(a) >= excess(b) ? a : b];
}

/** Measure the worst asset of a moment in half-widths of its band (in whole weight where it has none). */
function excess(point: Point): number {
  return point.weights.reduce((worst, weight, i) => {
    const band = point.bands[i];
    const half = band ? (band[1] - band[0]) / 2 : 1;
    return Math.max(worst, Math.abs(weight - (point.targets[i] ?? 0)) / Math.max(half, 1e-6));
  }, 0);
}

function round(weight: number): number {
  return Math.round(weight * 1e6) / 1e6;
}
