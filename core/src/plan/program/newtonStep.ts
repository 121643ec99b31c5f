// Newton's step on the dual function. Its second derivatives are those of a network of springs between tokens, one for each market
// that trades, and a stiffness towards the target: conjugate gradients (Hestenes, Stiefel, 1952) need nothing but to run over the springs,
// and with each token's own stiffness as preconditioner take few rounds, as most tokens are a few markets from any other. The condition on q
// that its mean by the weights stays zero is kept by projecting the preconditioned residual (Gould, Hribar, Nocedal, 2001).

import * as Direct from './directStep.ts';
import { add, real, whole } from './Flat.ts';
import { counted, resist, type Frame } from './Goal.ts';
import { normStep } from './normStep.ts';
import type { Point } from './Point.ts';
import type { Program } from './Program.ts';
import * as Springs from './Springs.ts';

/** Hold a vector of the two kinds of unknowns: q, and the price {1} of each token whose limit binds. */
type Vector = { readonly q: Float64Array; readonly price: Float64Array };

/** Hold a step and the room to find it in. */
export type Step = {
  readonly move: Vector;
  /** 1 where the price of a token is an unknown of its own, as its limit binds. */
  readonly binds: Int32Array;
  /** 1 where the limit of a token ceases to bind on the way: what it added to the price goes, whatever else moves. */
  readonly lands: Int32Array;
  /** By how much more than its slope each unknown is held back {1}: the one number that is in it. */
  readonly firm: Float64Array;
  /** By what share of that {1}, once steps have proved too careful: the one number that is in it. */
  readonly ease: Float64Array;
  /** Added to the second derivatives, and what is left of a token's slope by its own second derivative. */
  readonly damping: Vector;
  readonly inverse: Vector;
  readonly residual: Vector;
  readonly scaled: Vector;
  readonly along: Vector;
  readonly image: Vector;
  readonly relative: Float64Array;
  /** What of a relative price a change by a share of its first price is {1}: none where no spring pulls, whatever the price. */
  readonly scale: Float64Array;
  readonly direct: Direct.Direct;
};

/** Rounds at most, as a multiple of the unknowns: rounding takes more than the one for each that would do without it. */
const PATIENCE = 4;

/** Make room for a step. */
export function room(program: Program): Step {
  const size = program.tokens;
  const reals = () => new Float64Array(size);
  const vector = (): Vector => ({ q: reals(), price: reals() });
  return {
    move: vector(),
    binds: new Int32Array(size),
    lands: new Int32Array(size),
    firm: Float64Array.of(1),
    ease: Float64Array.of(1),
    damping: vector(),
    inverse: vector(),
    residual: vector(),
    scaled: vector(),
    along: vector(),
    image: vector(),
    relative: reals(),
    scale: reals(),
    direct: Direct.room(program),
  };
}

/** Find the step from a point to a share `precise` of its slope, and count the rounds that it took. */
export function newtonStep(
  step: Step,
  springs: Springs.Springs,
  point: Point,
  frame: Frame,
  margin: Float64Array,
  precise: number,
): number {
  begin(step, springs, point, frame, margin);
  if (frame.norm !== undefined) {
    normStep(step, frame, () => bend(step, springs, frame));
    return 0;
  }
  if (Direct.isQuicker(step.direct, whole(springs.count, 0))) {
    Direct.directStep(step, step.direct, springs, frame);
    return 0;
  }
  const { move, residual, scaled, along, image } = step;
  move.q.fill(0);
  move.price.fill(0);
  let left = scale(step, frame);
  const enough = left * precise ** 2;
  along.q.set(scaled.q);
  along.price.set(scaled.price);
  let rounds = 0;
  while (left > enough && rounds < PATIENCE * frame.size) {
    rounds += 1;
    bend(step, springs, frame);
    const curved = product(along, image);
    if (!(curved > 0)) break;
    const length = left / curved;
    advance(move, along, length);
    advance(residual, image, -length);
    const now = scale(step, frame);
    turn(along, scaled, now / left);
    left = now;
  }
  return rounds;
}

/**
 * Mark the limits that would be the first to cease to bind on the way of a step, and every price that would fall too far, and tell whether
 * there are any: the step must be found anew with those as far as they go, as what they kept from others goes to these, and shortening it
 * would stop all prices for the sake of one.
 */
export function land(
  { move, binds, lands }: Step,
  { lambda }: Point,
  { base, size, inside }: Frame,
  far: Far,
): boolean {
  // What is kept off its limit keeps a price.
  const falls = (j: number) =>
    whole(binds, j) === 1 && real(inside, j) === 0 ? -real(move.price, j) - real(move.q, j) : 0;
  let first = 1;
  let some = false;
  for (let j = 0; j < size; j++) {
    if (real(base, j) > 0) {
      if (real(lambda, j) < first * falls(j)) first = real(lambda, j) / falls(j);
    } else if (far === 'stop' && FALL * real(lambda, j) < falls(j)) {
      lands[j] = 1;
      some = true;
    }
  }
  if (first === 1) return some;
  for (let j = 0; j < size; j++)
    if (real(base, j) > 0 && falls(j) > 0 && real(lambda, j) <= first * falls(j)) lands[j] = 1;
  return true;
}

/** Say what becomes of a price that would fall too far: it stops there, wherever that leads, or the whole step is shortened later. */
export type Far = 'stop' | 'shorten';

/** What is worth nothing by itself must keep a price: it falls by this share {1} at most. */
export const FALL = 0.8;

/** Tell by what share {1} the price that a limit adds falls where a step lands it. */
export function landing({ base }: Frame, j: number): number {
  return real(base, j) > 0 ? 1 : FALL;
}

/** Set up the unknowns, the slope to be undone, and what each token's own second derivative is. */
function begin(step: Step, springs: Springs.Springs, point: Point, frame: Frame, margin: Float64Array): void {
  const { binds, lands, damping, inverse, residual, image } = step;
  const hold = real(step.firm, 0) * real(step.ease, 0);
  const { stiff, size, weights } = frame;
  const pull = counted(frame, point.after);
  fallBack(step, springs, point, frame);
  for (let j = 0; j < size; j++) {
    const above = real(point.slopeLambda, j);
    const counts = whole(frame.tracked, j) === 1;
    const bound = whole(lands, j) === 0 && binding(point, frame, j, pull);
    binds[j] = bound ? 1 : 0;
    const holds = real(frame.least, j) + real(margin, j) - real(weights, j) * pull;
    const slope = bound ? real(point.wish, j) - holds : real(point.slopeQ, j);
    const scale = real(step.scale, j);
    const push = (real(springs.offset, j) + real(image.price, j)) * scale;
    residual.q[j] = counts ? (bound ? 0 : push) - slope : 0;
    residual.price[j] = bound ? -above - push : 0;
    damping.q[j] = bound ? 0 : hold * Math.abs(slope);
    const inside = real(frame.inside, j);
    const damped = inside > 0 ? inside / real(point.lambda, j) ** 2 : hold * Math.abs(above);
    damping.price[j] = bound ? damped : 0;
    const own = real(springs.own, j) * scale * scale;
    inverse.q[j] = counts ? 1 / (stiff + real(damping.q, j) + (bound ? 0 : own)) : 0;
    inverse.price[j] = bound ? reciprocal(own + real(damping.price, j)) : 0;
  }
}

/** Scale relative prices, and work out into `image` what springs pull with as limits cease to bind. */
function fallBack({ lands, scale, relative, image }: Step, springs: Springs.Springs, point: Point, frame: Frame): void {
  let some = false;
  for (let j = 0; j < frame.size; j++) {
    scale[j] = real(springs.own, j) > 0 ? real(frame.first, j) / real(point.prices, j) : 0;
    relative[j] = whole(lands, j) === 1 ? -landing(frame, j) * real(point.lambda, j) * real(scale, j) : 0;
    some ||= whole(lands, j) === 1;
  }
  if (some) Springs.pull(springs, relative, image.price);
  else image.price.fill(0);
}

/**
 * Tell whether a token's limit binds. Where a target counts the token it only does if the goal at its price would itself hold less: a
 * holding that trades overdraw while the goal wants more is brought back by its price.
 */
function binding(point: Point, { weights, least, tracked }: Frame, j: number, pull: number): boolean {
  if (real(point.lambda, j) > 0) return true;
  if (real(point.slopeLambda, j) >= 0) return false;
  return whole(tracked, j) === 0 || real(weights, j) * pull + real(point.wish, j) < real(least, j);
}

function reciprocal(value: number): number {
  return value > 0 ? 1 / value : 0;
}

/** Precondition the residual, keeping the condition on q, and measure it. */
function scale({ inverse, residual, scaled }: Step, { weights, size }: Frame): number {
  let [above, below] = [0, 0];
  for (let j = 0; j < size; j++) {
    const share = real(weights, j) * real(inverse.q, j);
    above += share * real(residual.q, j);
    below += share * real(weights, j);
  }
  const hold = below > 0 ? above / below : 0;
  let measure = 0;
  for (let j = 0; j < size; j++) {
    // What the condition takes up must not stay in the residual: its rounding would outgrow what is left.
    add(residual.q, j, -hold * real(weights, j));
    const q = real(inverse.q, j) * real(residual.q, j);
    const price = real(inverse.price, j) * real(residual.price, j);
    scaled.q[j] = q;
    scaled.price[j] = price;
    measure += q * real(residual.q, j) + price * real(residual.price, j);
  }
  return measure;
}

/** Multiply the second derivatives into `along`. */
function bend({ along, image, damping, binds, relative, scale }: Step, springs: Springs.Springs, frame: Frame): void {
  const { size } = frame;
  resist(frame, along.q, image.q);
  for (let j = 0; j < size; j++) {
    const move = whole(binds, j) === 1 ? real(along.price, j) : -real(along.q, j);
    relative[j] = move * real(scale, j);
  }
  Springs.pull(springs, relative, image.price);
  for (let j = 0; j < size; j++) {
    const pull = real(image.price, j) * real(scale, j);
    const bound = whole(binds, j) === 1;
    const own = real(image.q, j) + real(damping.q, j) * real(along.q, j);
    image.q[j] = bound ? own : own - pull;
    image.price[j] = bound ? pull + real(damping.price, j) * real(along.price, j) : 0;
  }
}

function product(one: Vector, other: Vector): number {
  let total = 0;
  for (let j = 0; j < one.q.length; j++) {
    total += real(one.q, j) * real(other.q, j) + real(one.price, j) * real(other.price, j);
  }
  return total;
}

/** Add `length` times a vector to another. */
function advance(to: Vector, by: Vector, length: number): void {
  for (let j = 0; j < to.q.length; j++) {
    add(to.q, j, length * real(by.q, j));
    add(to.price, j, length * real(by.price, j));
  }
}

/** Point a vector along another, keeping `share` of what it was. */
function turn(vector: Vector, along: Vector, share: number): void {
  for (let j = 0; j < vector.q.length; j++) {
    vector.q[j] = real(along.q, j) + share * real(vector.q, j);
    vector.price[j] = real(along.price, j) + share * real(vector.price, j);
  }
}
