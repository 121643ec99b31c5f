// Where a value stands on a drawing.

export type Scale = { readonly from: number; readonly to: number; readonly length: number };

/** Place a value along a scale, in pixels. A scale of no extent puts everything in its middle. */
export function place(scale: Scale, value: number): number {
  const extent = scale.to - scale.from;
  return extent === 0 ? scale.length / 2 : ((value - scale.from) / extent) * scale.length;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [1, 5, 15, 30].flatMap((n) => n * MINUTE);
const LONGER = [1, 3, 6, 12].map((n) => n * HOUR);
const LONGEST = [1, 2, 7, 30, 90, 365].map((n) => n * DAY);

/** Choose round moments inside a scale of {s}, at most `most` of them. */
export function moments(scale: Scale, most: number): number[] {
  const extent = scale.to - scale.from;
  const all = [...STEPS, ...LONGER, ...LONGEST];
  const step = all.find((one) => extent / one <= most) ?? Math.ceil(extent / most / DAY) * DAY;
  return from(scale, step);
}

/** Choose round weights inside a scale of {1}, at most six of them. */
export function weights(scale: Scale): number[] {
  const extent = scale.to - scale.from;
  const step = [0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5].find((one) => extent / one <= 6) ?? 1;
  return from(scale, step);
}

function from(scale: Scale, step: number): number[] {
  const first = Math.ceil(scale.from / step);
  const count = Math.floor(scale.to / step) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => (first + i) * step);
}
