// How a search through ladders comes to see them as they are. It begins with their steps blurred and with holdings kept off their limits, so
// that everything is smooth and nothing is decided by a hair (Frisch, 1955; Fiacco, McCormick, 1968), and looks more narrowly each time
// it has settled. Steps that turn out to be traded in part are held near where they are (Rockafellar, 1976).

import { real, whole } from './Flat.ts';
import type { Frame } from './Goal.ts';
import * as Ladders from './Ladders.ts';
import { look as lookAt } from './Look.ts';
import { obtainable } from './obtainable.ts';
import * as Point from './Point.ts';
import type { Program } from './Program.ts';

/** Hold how narrowly a search looks {value}, what it is about {value}, which tokens can be had, and how often it has looked as closely as it can. */
export type Focus = { readonly scale: number; readonly had: Int32Array; width: number; closest: number };

/** Of what a search is about {1}: how wide it looks first and last, and by what it narrows. */
const WIDEST = 1e-4;
const CLOSEST = 1e-17;
const NARROWER = 1 / 8;
/** What any step is taken to hold at first, as a multiple of what a search is about. */
const SIZE = 10;
/**
 * How far a step goes for a price that changes by its own size, as a multiple of what is traded: the farther, the fewer looks are needed,
 * and the more a price's last digit moves. Where holdings must not end below their limits by that, it falls with the width.
 */
const [NEAR, FAR] = [10, 1e4];
/** By how much it grows where a search looks as closely as it can and there still is a gap, and how often. */
const [FARTHER, FARTHEST] = [10, 4];
const DIGITS = 1e-14;
/** The price of a token that can not be had, as a multiple of its first: none is tendered. */
const PRICELESS = 1e9;
/** Raised by a little more than what is missing, so that the last digit does not matter. */
const LIFTED = 1 + 1e-9;
/** A price beyond this multiple of its first runs away, as no flow keeps off all limits so far: to look more narrowly is the cure. */
const ASTRAY = 100;

/** Begin a search at a point whose unknowns are set. */
export function begin(point: Point.Point, program: Program, frame: Frame): Focus {
  const scale = scaleOf(frame, program);
  if (program.ladders.count === 0) return { scale, width: 0, had: new Int32Array(0), closest: 0 };
  const focus: Focus = { scale, width: WIDEST * scale, had: obtainable(program, frame), closest: 0 };
  const { q, lambda } = point;
  for (let j = 0; j < frame.size; j++) {
    if (whole(focus.had, j) === 0) lambda[j] = PRICELESS;
    else if (whole(frame.tracked, j) === 0) {
      lambda[j] = real(lambda, j) + 0.1 * (real(frame.base, j) - real(q, j) + real(lambda, j));
    }
  }
  raise(point, focus.had, program, frame);
  point.answer.blur.width.fill(0);
  look(focus, point, program, frame, frame.first);
  return focus;
}

/** Raise prices of tokens that can not be had until no market among them gains, if that is possible. */
function raise({ q, lambda }: Point.Point, had: Int32Array, { pairs }: Program, frame: Frame): void {
  const priceOf = (j: number) => real(frame.first, j) * (real(frame.base, j) - real(q, j) + real(lambda, j));
  const lift = (j: number, price: number) => {
    const less = price - priceOf(j);
    if (whole(had, j) === 0 && less > 0) lambda[j] = real(lambda, j) + (less / real(frame.first, j)) * LIFTED;
  };
  for (let round = 0; round < (had.includes(0) ? frame.size : 0); round++) {
    for (let index = 0; index < pairs.count; index++) {
      const [one, other] = [whole(pairs.one, index), whole(pairs.other, index)];
      lift(one, real(pairs.low, index) * priceOf(other));
      if (real(pairs.high, index) < Infinity) lift(other, priceOf(one) / real(pairs.high, index));
    }
  }
}

/** Look more narrowly if a point has settled, or is stuck; tell whether anything changed. */
export function sharpen(
  focus: Focus,
  point: Point.Point,
  program: Program,
  frame: Frame,
  state: 'going' | 'stuck',
): boolean {
  if (program.ladders.count === 0) return false;
  const enough = focus.width * (program.ladders.one.length + frame.size);
  if (state === 'going' && !isAstray(point, frame) && !Point.isSettled(point, frame, enough)) return false;
  if (isClosest(focus)) focus.closest += 1;
  else focus.width *= NARROWER;
  look(focus, point, program, frame, point.prices);
  return true;
}

/** Tell whether a search looks as narrowly as it ever will. */
export function isClosest({ width, scale }: Focus): boolean {
  return width <= CLOSEST * scale;
}

function isAstray({ lambda }: Point.Point, { inside }: Frame): boolean {
  return lambda.some((value, j) => value > ASTRAY && real(inside, j) > 0);
}

function look(focus: Focus, { answer }: Point.Point, program: Program, frame: Frame, prices: Float64Array): void {
  const { width, scale, had } = focus;
  const { size, tracked, inside } = frame;
  const volume = Math.max(real(answer.volume, 0), WIDEST * scale);
  const off = Math.max(width, 0.1 * DIGITS * volume);
  for (let j = 0; j < size; j++) inside[j] = whole(tracked, j) === 0 && whole(had, j) === 1 ? off : 0;
  const far = FAR * volume * FARTHER ** Math.min(focus.closest, FARTHEST);
  // At the end turns serve the flow, which must keep limits to the last digit, and the bound.
  const exact = frame.count < size && focus.closest % 2 === 0;
  const reach = exact ? Math.min(FAR * volume, Math.max(NEAR * volume, width / DIGITS)) : far;
  const to = { width, reach, size: SIZE * scale, idle: DIGITS * volume, had };
  lookAt(program.ladders, program.pairs, prices, answer, to);
}

/** Say what a search is about {value}: what is held, or about what a ladder holds. */
function scaleOf({ held, first }: Frame, { ladders, pairs }: Program): number {
  const total = held.reduce((all, one) => all + Math.abs(one), 0);
  return total > 0 ? total : Ladders.depth(ladders, pairs, first);
}
