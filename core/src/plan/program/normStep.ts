// Newton's step where deviations count together: its equations are full, whatever markets there are, so they are written out and solved.

import { solveSemidefinite } from '../network/solveSemidefinite.ts';
import { dot } from '../../forecast/Matrix.ts';
import { at } from '../../forecast/Numbers.ts';
import { real, whole } from './Flat.ts';
import type { Frame } from './Goal.ts';
import type { Step } from './newtonStep.ts';

/** Solve for a step that is set up; `bend` multiplies the second derivatives into `along`. */
export function normStep(step: Step, { size, weights, tracked }: Frame, bend: () => void): void {
  const { along, image, residual, move, binds } = step;
  const unknowns = [
    ...places(size, (j) => whole(tracked, j) === 1).map((j) => ({ j, kind: 'q' as const })),
    ...places(size, (j) => whole(binds, j) === 1).map((j) => ({ j, kind: 'price' as const })),
  ];
  const rows = unknowns.map(({ j, kind }) => {
    along.q.fill(0);
    along.price.fill(0);
    along[kind][j] = 1;
    bend();
    return unknowns.map((other) => real(image[other.kind], other.j));
  });
  const hold = unknowns.map(({ j, kind }) => (kind === 'q' ? real(weights, j) : 0));
  // The mean of q by the weights stays zero: a matrix that resists it answers both sides, and is never singular along it.
  const most = Math.max(...rows.map((row, index) => at(row, index)));
  const firm = rows.map((row, j) => row.map((value, k) => value + most * at(hold, j) * at(hold, k)));
  const answer = solveSemidefinite(
    firm,
    unknowns.map(({ j, kind }) => real(residual[kind], j)),
  );
  const tilt = solveSemidefinite(firm, hold);
  const own = dot(hold, tilt);
  const share = own > 0 ? dot(hold, answer) / own : 0;
  move.q.fill(0);
  move.price.fill(0);
  for (const [index, { j, kind }] of unknowns.entries()) move[kind][j] = at(answer, index) - share * at(tilt, index);
}

function places(size: number, wanted: (j: number) => boolean): readonly number[] {
  return Array.from({ length: size }, (_, j) => j).filter(wanted);
}
