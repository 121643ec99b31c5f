// Two deviations that move together, landed at once by whoever is asked where they leave an ellipse.

import { Random } from '@trimtab/lab';

type Two = readonly [number, number];
type Square = readonly [Two, Two];

/** State how deviations move {1/yr}, the ellipse δ'Mδ = 1, the penalty's curvature {1/yr}, the cost of a trade {1} and where it leads. */
export type Basket = {
  readonly covariance: Square;
  readonly matrix: Square;
  readonly curvature: Square;
  readonly fixed: number;
  readonly land: (deviations: Two) => readonly number[];
};

/** Hold the mean time between trades {yr}, and the cost and its penalty part {1/yr}. */
export type Paid = { readonly meanTime: number; readonly cost: number; readonly penalty: number };

/** Steps of the mean time between trades, which is 1/tr(CM). */
const STEPS = 250;
const LATE = 0.5826;

/** Play `cycles` trades. The edge stands nearer by the distance at which it is seen late (Broadie, Glasserman and Kou, 1997). */
export function simulateBasket(
  { covariance, matrix, curvature, fixed, land }: Basket,
  cycles: number,
  seed: number,
): Paid {
  const random = Random.stream(seed, 'basket');
  const [[c11, c12], [, c22]] = covariance;
  const pace = c11 * matrix[0][0] + 2 * c12 * matrix[0][1] + c22 * matrix[1][1];
  const step = 1 / pace / STEPS;
  const l11 = Math.sqrt(c11 * step);
  const l21 = (c12 * step) / l11;
  const l22 = Math.sqrt(c22 * step - l21 ** 2);
  let [x, y, time, squares] = [0, 0, 0, 0];
  for (let cycle = 0; cycle < cycles; cycle++) {
    let inside = true;
    while (inside) {
      const z = Random.normal(random);
      // A step counts with the mean of its ends, which is what is left of a trapezoid.
      squares += form(curvature, x, y) / 2;
      x += l11 * z;
      y += l21 * z + l22 * Random.normal(random);
      squares += form(curvature, x, y) / 2;
      time += step;
      inside = form(matrix, x, y) < 1 - LATE * steepness(matrix, covariance, x, y) * Math.sqrt(step);
    }
    const landed = land([x, y]);
    [x, y] = [landed[0] ?? NaN, landed[1] ?? NaN];
  }
  const penalty = (squares * step) / 2 / time;
  return { meanTime: time / cycles, penalty, cost: penalty + (fixed * cycles) / time };
}

function form([[a, b], [c, d]]: Square, x: number, y: number): number {
  return a * x ** 2 + (b + c) * x * y + d * y ** 2;
}

/** The deviation {1/√yr} of δ'Mδ itself: |√C·2Mδ|. */
function steepness(matrix: Square, covariance: Square, x: number, y: number): number {
  const one = 2 * (matrix[0][0] * x + matrix[0][1] * y);
  const other = 2 * (matrix[1][0] * x + matrix[1][1] * y);
  return Math.sqrt(form(covariance, one, other));
}
