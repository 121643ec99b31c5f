// Which tokens a flow can have at all: those that are held, and those that some market pays out for one that can be had. What can not be
// had can not be tendered, and a search that keeps off limits would never find its way between the two.

import { real, whole } from './Flat.ts';
import type { Frame } from './Goal.ts';
import type { Program } from './Program.ts';

/**
 * Mark the tokens {0, 1} that are held above their limits, or that lead on from them. Where nothing is held, all count that markets pay out
 * for others that count: a circle may gain.
 */
export function obtainable(program: Program, frame: Frame): Int32Array {
  const own = Int32Array.from(frame.held, (amount, j) => (amount > real(frame.least, j) ? 1 : 0));
  const some = own.includes(1);
  const marks = some ? own : new Int32Array(frame.size).fill(1);
  for (let changed = true; changed;) {
    changed = false;
    const paid = paidFor(program, marks);
    for (let j = 0; j < frame.size; j++) {
      const now = some ? Math.max(whole(marks, j), whole(paid, j)) : Math.min(whole(marks, j), whole(paid, j));
      changed ||= now !== whole(marks, j);
      marks[j] = now;
    }
  }
  return marks;
}

/** Mark what markets pay out for marked tokens. A market that is never idle at a low price pays nothing for its first coin. */
function paidFor({ pairs, baskets }: Program, marks: Int32Array): Int32Array {
  const paid = new Int32Array(marks.length);
  for (let index = 0; index < pairs.count; index++) {
    const [one, other] = [whole(pairs.one, index), whole(pairs.other, index)];
    if (whole(marks, one) === 1 && real(pairs.low, index) > 0) paid[other] = 1;
    if (whole(marks, other) === 1 && real(pairs.high, index) < Infinity) paid[one] = 1;
  }
  for (let link = 0; link < baskets.one.length; link++) {
    const [one, other] = [whole(baskets.one, link), whole(baskets.other, link)];
    if (whole(marks, one) === 1) paid[other] = 1;
    if (whole(marks, other) === 1) paid[one] = 1;
  }
  return paid;
}
