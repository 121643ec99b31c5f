// A convex quadratic programme over weights, small and dense: risk against return against the cost of getting there.
// What trading costs and how much of it there may be goes by its size, not its square; both fit the one solver as rows.

import { at, check, ForecastError } from '../../forecast/Numbers.ts';
import * as Cholesky from './Cholesky.ts';
import { project, type Row, type Search } from './project.ts';

/** Minimise ½x'Gx + q'x + cost·‖x − from‖₁ over the x that keep to every row and sell at most `most`. */
export type Program = {
  /** G, by rows; positive definite. */
  readonly curvature: readonly (readonly number[])[];
  /** q */
  readonly slope: readonly number[];
  readonly rows: readonly Row[];
  readonly trade?: Trade;
};

/** State what trading starts from, what a unit bought or sold costs, and how much may be sold: Σ max(0, from − x) ≤ most. */
export type Trade = { readonly from: readonly number[]; readonly cost: number; readonly most?: number };

/** Give the minimum and a multiplier for each row, or the names of the rows that cannot all hold. */
export type Solution =
  | { readonly kind: 'solved'; readonly point: readonly number[]; readonly multipliers: readonly number[] }
  | { readonly kind: 'clash'; readonly rows: readonly string[] };

/** More than this may be sold beyond what is allowed: rounding. */
const SLACK = 1e-11;

/** Solve a programme. Throws ForecastError where G is not positive definite or a number is not finite. */
export function solve({ curvature, slope, rows, trade }: Program): Solution {
  check(slope, 'slope', 1);
  for (const { name, normal, bound } of rows) check([...normal, bound], name, slope.length + 1);
  const factor = Cholesky.of(curvature, 'covariance');
  // With y = L'x, the lowest point of the whole parabola is −L⁻¹q, and the programme asks for what is nearest to it.
  const turn = (row: Row): Row => ({ ...row, normal: Cholesky.forward(factor, row.normal) });
  const back = (point: readonly number[]) => Cholesky.backward(factor, point);
  const paid = trade === undefined ? [] : sales(trade, slope.length);
  const lowest = Cholesky.forward(
    factor,
    slope.map((value) => -(value + (trade?.cost ?? 0))),
  );
  const { most } = trade ?? {};
  const search: Search = (point) => {
    const cut = most === undefined || trade === undefined ? undefined : soldTooMuch(back(point), trade.from, most);
    return cut === undefined ? undefined : turn(cut);
  };
  const found = project(lowest, [...rows, ...paid].map(turn), search);
  if (found.kind === 'clash') return { kind: 'clash', rows: [...new Set(found.rows.map(({ name }) => name))] };
  return { kind: 'solved', point: back(found.point), multipliers: found.multipliers.slice(0, rows.length) };
}

/** cost·|x − from| is cost·(x − from), which the slope holds, and twice the cost for each unit below `from`. */
function sales({ from, cost, most = Infinity }: Trade, length: number): readonly Row[] {
  check(from, 'from', length);
  if (Number.isNaN(most)) throw new ForecastError('most', 'NaN', 'give a number, or leave the cap out');
  if (!(cost >= 0 && cost < Infinity)) throw new ForecastError('cost', `${cost}`, 'give a cost of zero or more');
  if (cost === 0) return [];
  return from.map((bound, own) => ({
    kind: 'least',
    normal: from.map((_, index) => (index === own ? 1 : 0)),
    bound,
    name: 'the cost of trading',
    price: 2 * cost,
  }));
}

/** Find, of the 2ⁿ rows "what is sold of these is at most so much", the one that a point breaks most. */
function soldTooMuch(point: readonly number[], from: readonly number[], most: number): Row | undefined {
  const sold = from.map((value, index) => value > at(point, index));
  const normal = sold.map((is) => (is ? 1 : 0));
  const less = from.reduce((sum, value, index) => sum + at(normal, index) * (value - at(point, index)), 0);
  if (!(less > most + SLACK)) return undefined;
  const held = from.reduce((sum, value, index) => sum + at(normal, index) * value, 0);
  return { kind: 'least', normal, bound: held - most, name: 'the turnover cap' };
}
