// One step down the dual function. Where the step that the markets' derivatives promise does not descend, most of the markets kept their
// promise and a few did not, having entered a range or left their idle band on the way. Those are taken by what they did, and the step
// is found anew: that finds the kink that stopped it, where shortening the step would stop all tokens at the first kink of any.

import { real, whole } from './Flat.ts';
import * as Goal from './Goal.ts';
import { FALL, land, landing, newtonStep, room, type Far, type Step } from './newtonStep.ts';
import * as Point from './Point.ts';
import * as Program from './Program.ts';
import * as Springs from './Springs.ts';

/** Hold what a search needs room for: made once for a program and used again and again. */
export type Workspace = {
  readonly program: Program.Program;
  readonly points: readonly [Point.Point, Point.Point];
  readonly step: Step;
  readonly springs: Springs.Springs;
  /** What holdings are asked to end with above their limits {value}. */
  readonly margin: Float64Array;
  /** How far chords are trusted {1}: the one number that is in it. */
  readonly caution: Float64Array;
};

/**
 * Say how often a step is found anew by what markets do at a trial's end, then by their chords, before it is shortened; and which trials
 * count: all of them find out of kinks that take turns, but prices are held by markets that have nothing to do with it any more.
 */
export type Effort = { readonly ends: number; readonly chords: number; readonly trials: 'last' | 'all' };
export const LITTLE: Effort = { ends: 3, chords: 1, trials: 'last' };
export const MUCH: Effort = { ends: 6, chords: 3, trials: 'all' };

/** What came of a step. */
export type Tried = { readonly fell: boolean; readonly looks: number; readonly rounds: number };

/** A step must descend by this share of what its slope promises. */
const STEEP = 1e-4;
/** A step that turns its slope into at most this much of its opposite {1} descends, where rounding hides that within so many allowances. */
const FLAT = 0.5;
const HIDDEN = 100;
/** A step along which this much of the slope {1} is left was too careful. */
const CAREFUL = 0.9;
/** Where a whole step was too careful, the next is held back by this share of it {1}. */
const EASIER = 0.25;
/** And where one took more looks than this, held back by as much more again. */
const EASY = 2;
/** Of what the dual function is made of, how much rounding can change {1}. */
const ROUNDING = 2e-14;
/** A step shorter than this {1} is none. */
const SHORTEST = 1e-9;
/** How much of the slope a step leaves {1}. */
const PRECISE = 3e-2;
/** A step is found anew so often as limits cease to bind on its way. */
const LANDINGS = 8;

/** Make room to search a program. */
export function workspace(program: Program.Program): Workspace {
  const [one, other] = [Point.of(program), Point.of(program)];
  // Both look at ladders in the same way.
  const { blur } = one.answer;
  return {
    program,
    points: [one, { ...other, answer: { ...other.answer, blur } }],
    step: room(program),
    springs: Springs.of(program),
    margin: new Float64Array(program.tokens),
    caution: Float64Array.of(1),
  };
}

/** Begin a search: nothing is asked beyond the limits, and nothing is known of how steps turn out. */
export function begin({ points, margin, caution, step }: Workspace): Workspace['points'] {
  margin.fill(0);
  caution[0] = 1;
  step.firm[0] = 1;
  step.ease[0] = 1;
  return points;
}

/** Put `there` a step below `here` (Armijo, 1966), in at most so many looks at the markets. */
export function descend(
  here: Point.Point,
  there: Point.Point,
  frame: Goal.Frame,
  space: Workspace,
  most: number,
  effort: Effort = LITTLE,
): Tried {
  const { program, step, springs, margin, caution } = space;
  const allowance = ROUNDING * (Math.abs(Point.merit(here)) + real(here.answer.volume, 0));
  Springs.set(springs, program, here.answer);
  let far: Far = 'stop';
  let rounds = stepFrom(here, space, frame, far);
  let length = longest(here, space, frame);
  let looks = 0;
  while (looks < most) {
    looks += 1;
    move(here, there, step, length, frame);
    Point.evaluate(there, program, frame, margin);
    const slope = slopeAlong(here, here, there);
    const after = slopeAlong(there, here, there);
    const rise = Point.merit(there) - Point.merit(here);
    const descends = (slope < 0 || looks === 1) && rise <= STEEP * slope + allowance;
    // Near the end rounding hides descent, and slopes still show it (Hager, Zhang, 2005).
    if (descends || (after <= -FLAT * slope && rise <= HIDDEN * allowance)) {
      adapt(space, looks, length, after / slope);
      return { fell: true, looks, rounds };
    }
    if (looks > effort.ends + effort.chords) {
      if (slope < 0) {
        length *= shorter(slope, after);
        if (length < SHORTEST) break;
        continue;
      }
      // Prices that stopped on the way lead up: then none does.
      if (far === 'shorten') break;
      far = 'shorten';
    } else Springs.stiffen(springs, program, trialOf(here, there, step), guess(looks, effort, real(caution, 0)));
    rounds += stepFrom(here, space, frame, far);
    length = longest(here, space, frame);
  }
  return { fell: false, looks, rounds };
}

/** Say what share {1} of a step to try next: where the slope would vanish if it were straight. */
function shorter(slope: number, after: number): number {
  return Math.min(0.7, Math.max(0.1, after > slope ? slope / (slope - after) : 0.5));
}

/** Learn from a step that fell, of which a share `left` {1} of the slope is left, how far chords are to be trusted and steps held back. */
function adapt({ caution, step }: Workspace, looks: number, length: number, left: number): void {
  const careful = left > CAREFUL;
  caution[0] = Math.min(1, real(caution, 0) * (looks > 1 && careful ? 0.5 : 2));
  const held = real(step.ease, 0);
  if (looks === 1 && length === 1 && careful) step.ease[0] = held * EASIER;
  else if (looks > EASY) step.ease[0] = Math.min(1, held / EASIER);
}

/** Say how to take markets after so many trials. */
function guess(looks: number, { ends, trials }: Effort, caution: number): Springs.Guess {
  return {
    kind: looks <= ends ? 'end' : 'chord',
    // Ends push, so that a way found with them need not lead down: chords begin anew.
    trials: looks === 1 || looks === ends + 1 ? 'last' : trials,
    caution: Math.min(1, caution * 2 ** (looks - 1)),
  };
}

/** Find the step from a point, and again while limits cease to bind on its way. Count the rounds. */
function stepFrom(here: Point.Point, { step, springs, margin }: Workspace, frame: Goal.Frame, far: Far): number {
  step.lands.fill(0);
  let rounds = newtonStep(step, springs, here, frame, margin, PRECISE);
  for (let landing = 0; landing < LANDINGS && land(step, here, frame, far); landing++) {
    rounds += newtonStep(step, springs, here, frame, margin, PRECISE);
  }
  return rounds;
}

function trialOf(here: Point.Point, there: Point.Point, { relative }: Step): Springs.Trial {
  for (let j = 0; j < relative.length; j++) relative[j] = real(there.prices, j) / real(here.prices, j) - 1;
  return { prices: here.prices, change: relative, here: here.answer, there: there.answer };
}

/**
 * Limit a step so that no price that must stay above zero falls to less than a fifth: that of a token that some market takes any amount of,
 * and that of one that is only passed through, which at zero no spring would pull up again. What is kept off its limit keeps a price.
 */
function longest({ prices, lambda }: Point.Point, { program, step }: Workspace, frame: Goal.Frame): number {
  const { kind, first, size, tracked, inside } = frame;
  const { move: by, binds, lands } = step;
  let length = 1;
  for (let j = 0; j < size; j++) {
    const fall = -real(by.price, j) - real(by.q, j);
    const room = fall > 0 ? 0.9 * real(lambda, j) : 10 * (1 + real(lambda, j));
    if (real(inside, j) > 0 && fall !== 0) length = Math.min(length, room / Math.abs(fall));
    const passes = kind === 'rebalance' && whole(tracked, j) === 0;
    if (whole(program.unbounded, j) === 0 && !passes) continue;
    const change =
      whole(binds, j) === 1
        ? real(by.price, j)
        : -real(by.q, j) - (whole(lands, j) === 1 ? landing(frame, j) * real(lambda, j) : 0);
    const price = real(prices, j) / real(first, j);
    if (change < 0) length = Math.min(length, (-FALL * (1 + 1e-9) * price) / change);
  }
  return length;
}

/** Put a point so far along a step; what a limit adds to a price does not fall below zero. */
function move(
  here: Point.Point,
  there: Point.Point,
  { move: by, binds }: Step,
  length: number,
  frame: Goal.Frame,
): void {
  for (let j = 0; j < frame.size; j++) {
    there.q[j] = real(here.q, j) + length * real(by.q, j);
    const free = whole(binds, j) === 1;
    const more = free ? real(by.price, j) + real(by.q, j) : -landing(frame, j) * real(here.lambda, j);
    there.lambda[j] = Math.max(0, real(here.lambda, j) + length * more);
  }
  Goal.centre(frame, there.q);
}

/** Multiply a point's slope into the way from `here` to `there`. */
function slopeAlong({ slopeQ, slopeLambda }: Point.Point, here: Point.Point, there: Point.Point): number {
  let total = 0;
  for (let j = 0; j < slopeQ.length; j++) {
    total += real(slopeQ, j) * (real(there.q, j) - real(here.q, j));
    total += real(slopeLambda, j) * (real(there.lambda, j) - real(here.lambda, j));
  }
  return total;
}
