// Which way a search takes its steps. Newton's method takes few looks at the markets where it finds out of every kink about a point, and hardly
// ever fails to with pools of two coins. Where it does, it is given up for a while: in small networks for what slopes alone teach, which
// is sure and takes a few looks for each unknown; in large ones, where those are many, first for Newton's method with a longer memory.

import { crawl } from './crawl.ts';
import * as Curvature from './Curvature.ts';
import { descend, LITTLE, MUCH, type Tried, type Workspace } from './descend.ts';
import type * as Goal from './Goal.ts';
import * as Point from './Point.ts';

/**
 * Hold how a search gets on: how many looks hard steps took; how many looks are left to another method, which that is, and what slopes have
 * taught; the dual function {value} at the last change of methods, and how many changes in a row have not lowered it.
 */
export type Gait = {
  method: 'newton' | 'thorough' | 'slopes';
  hard: number;
  left: number;
  curvature: Curvature.Curvature | undefined;
  merit: number;
  idle: number;
};

/** A step of more looks than this is hard; after so many looks of such, and one more for each unknown, the method changes. */
const EASY = 2;
const HARD = 20;
/** For so many looks, and one more for each unknown. */
const LOOKS = 40;
/** A network of more unknowns than this is large; beyond so many, what slopes teach does not fit. */
const LARGE = 100;
const MOST = 1_500;
/** What changes less than this {1} has not changed; after so many changes that bring nothing, no method gets on. */
const STILL = 1e-12;
const ENOUGH = 2;

/** Begin with Newton's method. */
export function begin(): Gait {
  return { method: 'newton', hard: 0, left: 0, curvature: undefined, merit: Infinity, idle: 0 };
}

/** Put `there` a step below `here`, in at most so many looks at the markets. */
export function step(
  gait: Gait,
  here: Point.Point,
  there: Point.Point,
  frame: Goal.Frame,
  space: Workspace,
  most: number,
): Tried {
  if (gait.left > 0) {
    const tried = otherwise(gait, here, there, frame, space, most);
    if (tried.fell || tried.looks >= most) return tried;
    return then(tried, descend(here, there, frame, space, most - tried.looks, LITTLE));
  }
  const tried = descend(here, there, frame, space, most, LITTLE);
  if (tried.looks > EASY) gait.hard += tried.looks;
  const gets = tried.fell && gait.hard < HARD + unknowns(frame);
  if (gets || !change(gait, here, frame, space) || tried.fell || tried.looks >= most) return tried;
  return then(tried, otherwise(gait, here, there, frame, space, most - tried.looks));
}

/** Give Newton's method up for a while; tell whether there is another that is not in use. */
export function change(gait: Gait, here: Point.Point, frame: Goal.Frame, { program }: Workspace): boolean {
  gait.hard = 0;
  // Ladders are looked at more and more closely instead.
  if (gait.left > 0 || unknowns(frame) > MOST || program.ladders.count > 0) return false;
  const merit = Point.merit(here);
  gait.idle = merit < gait.merit - STILL * Math.abs(merit) ? 0 : gait.idle + 1;
  gait.merit = merit;
  if (gait.idle >= ENOUGH) return false;
  gait.method = unknowns(frame) > LARGE && gait.method !== 'thorough' ? 'thorough' : 'slopes';
  gait.left = LOOKS + unknowns(frame);
  gait.curvature = undefined;
  return true;
}

/** Tell whether a method is in use that may begin with steps too small to tell. */
export function isPatient({ left }: Gait): boolean {
  return left > 0;
}

function unknowns({ count, size }: Goal.Frame): number {
  return count + size;
}

function then(first: Tried, second: Tried): Tried {
  return { fell: second.fell, looks: first.looks + second.looks, rounds: first.rounds + second.rounds };
}

function otherwise(
  gait: Gait,
  here: Point.Point,
  there: Point.Point,
  frame: Goal.Frame,
  space: Workspace,
  most: number,
): Tried {
  const taught = () => (gait.curvature ??= Curvature.of(here, frame));
  const tried =
    gait.method === 'thorough'
      ? descend(here, there, frame, space, most, MUCH)
      : crawl(taught(), here, there, frame, space, most);
  gait.left = tried.fell ? gait.left - tried.looks : 0;
  return tried;
}
