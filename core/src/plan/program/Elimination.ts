// The order in which tokens are eliminated from equations that springs between them make, and where what is left of the others fills in:
// found once for a program, as which markets there are does not change while prices are searched. In a network of few markets a token
// hardly anything is filled in, and a factorisation takes a small part of what one that knew nothing of the network would.

import { at } from '../../forecast/Numbers.ts';
import { real, whole } from './Flat.ts';
import type { Program } from './Program.ts';

/**
 * Hold an order of tokens, and the places below the diagonal of a factor that may hold something: by rows for the matrix, by columns for the
 * factor. Places are numbers in the order, not tokens.
 */
export type Elimination = {
  readonly size: number;
  /** The token that is eliminated at each place. */
  readonly order: Int32Array;
  /** The entries of row k are from rows[k] to rows[k + 1] − 1, in these columns, ascending. */
  readonly rows: Int32Array;
  readonly columns: Int32Array;
  /** The entries of column k are from starts[k] to starts[k + 1] − 1, in these rows, ascending. */
  readonly starts: Int32Array;
  readonly below: Int32Array;
  /** The entry among the rows that each spring pulls at: those of the pairs, then those of the baskets' links. */
  readonly slots: Int32Array;
  /** Products that a factorisation takes. */
  readonly work: number;
  readonly matrix: Float64Array;
  readonly diagonal: Float64Array;
  readonly lower: Float64Array;
  readonly inverse: Float64Array;
  readonly row: Float64Array;
  readonly ends: Int32Array;
};

/** A pivot below this share of what it was is rounding: along a direction without curvature prices stay where they are. */
const ROUNDING = 1e-15;
const BITS = 32;

/** Find an order for a program; none where it would take more than so many products. */
export function of({ tokens, pairs, baskets }: Program, most: number): Elimination | undefined {
  const order = orderOf(tokens, [...linksOf(pairs), ...linksOf(baskets)], most);
  if (order === undefined) return undefined;
  const places = new Int32Array(tokens);
  for (const [place, token] of order.tokens.entries()) places[token] = place;
  const columns = order.after.map((after) => after.map((token) => whole(places, token)).toSorted((a, b) => a - b));
  const rows: number[][] = columns.map(() => []);
  for (const [column, below] of columns.entries()) for (const row of below) rows[row]?.push(column);
  const starts = ends(columns);
  const entries = whole(starts, tokens);
  const flat = { rows: ends(rows), columns: Int32Array.from(rows.flat()) };
  const slotOf = (a: number, b: number) => {
    const [row, column] = [Math.max(whole(places, a), whole(places, b)), Math.min(whole(places, a), whole(places, b))];
    return flat.columns.indexOf(column, whole(flat.rows, row));
  };
  return {
    size: tokens,
    order: Int32Array.from(order.tokens),
    ...flat,
    starts,
    below: Int32Array.from(columns.flat()),
    slots: Int32Array.from([...linksOf(pairs), ...linksOf(baskets)], ([a, b]) => slotOf(a, b)),
    work: order.work,
    matrix: new Float64Array(entries),
    diagonal: new Float64Array(tokens),
    lower: new Float64Array(entries),
    inverse: new Float64Array(tokens),
    row: new Float64Array(tokens),
    ends: new Int32Array(tokens),
  };
}

type Link = readonly [number, number];

function linksOf({ one, other }: { readonly one: Int32Array; readonly other: Int32Array }): readonly Link[] {
  return Array.from(one, (token, index) => [token, whole(other, index)] as const);
}

function ends(lists: readonly (readonly number[])[]): Int32Array {
  const starts = new Int32Array(lists.length + 1);
  for (const [index, list] of lists.entries()) starts[index + 1] = whole(starts, index) + list.length;
  return starts;
}

/** Eliminate whichever token has fewest neighbours left, which then are neighbours of each other (Tinney, Walker, 1967). */
function orderOf(size: number, links: readonly Link[], most: number) {
  const near = nearOf(size, links);
  const left = new Set(near.keys());
  const degrees = near.map((list) => count(list));
  const [tokens, after]: [number[], (readonly number[])[]] = [[], []];
  let work = 0;
  while (left.size > 0) {
    let next = -1;
    for (const token of left) if (next < 0 || at(degrees, token) < at(degrees, next)) next = token;
    const around = [...left].filter((other) => has(at(near, next), other));
    work += (around.length * (around.length + 3)) / 2;
    if (work > most) return undefined;
    left.delete(next);
    tokens.push(next);
    after.push(around);
    for (const other of around) {
      join(at(near, other), at(near, next), other, next);
      degrees[other] = count(at(near, other));
    }
  }
  return { tokens, after, work };
}

/** Mark each token's neighbours, one bit a token. */
function nearOf(size: number, links: readonly Link[]): readonly Int32Array[] {
  const near = Array.from({ length: size }, () => new Int32Array(Math.ceil(size / BITS)));
  const mark = (list: Int32Array, token: number) => {
    list[token >> 5] = whole(list, token >> 5) | (1 << (token & 31));
  };
  for (const [a, b] of links) {
    mark(at(near, a), b);
    mark(at(near, b), a);
  }
  return near;
}

function has(list: Int32Array, token: number): boolean {
  return ((whole(list, token >> 5) >> (token & 31)) & 1) === 1;
}

/** Add the neighbours of a token that goes to those of another, neither of the two among them. */
function join(list: Int32Array, more: Int32Array, own: number, gone: number): void {
  for (let word = 0; word < list.length; word++) list[word] = whole(list, word) | whole(more, word);
  for (const token of [own, gone]) list[token >> 5] = whole(list, token >> 5) & ~(1 << (token & 31));
}

/** Count bits. */
function count(list: Int32Array): number {
  let total = 0;
  for (let word = 0; word < list.length; word++) {
    for (let bits = whole(list, word); bits !== 0; bits &= bits - 1) total += 1;
  }
  return total;
}

/**
 * Factorise the matrix that is laid out into L·D·L', row by row (Davis, 2005): below the diagonal L by columns, in `inverse` one over D.
 */
export function factorise(elimination: Elimination): void {
  const { size, rows, columns, starts, below, matrix, diagonal, lower, inverse, row, ends: filled } = elimination;
  for (let k = 0; k < size; k++) {
    const [from, to] = [whole(rows, k), whole(rows, k + 1)];
    filled[k] = whole(starts, k);
    for (let slot = from; slot < to; slot++) row[whole(columns, slot)] = real(matrix, slot);
    let pivot = real(diagonal, k);
    const enough = ROUNDING * pivot;
    for (let slot = from; slot < to; slot++) {
      const column = whole(columns, slot);
      const end = whole(filled, column);
      filled[column] = end + 1;
      const entry = real(row, column);
      row[column] = 0;
      lower[end] = 0;
      if (entry === 0) continue;
      for (let place = whole(starts, column); place < end; place++) {
        const other = whole(below, place);
        row[other] = real(row, other) - real(lower, place) * entry;
      }
      const share = entry * real(inverse, column);
      lower[end] = share;
      pivot -= share * entry;
    }
    inverse[k] = pivot > enough ? 1 / pivot : 0;
  }
}

/** Solve for tokens' unknowns in place. */
export function solve({ size, order, starts, below, lower, inverse, row }: Elimination, x: Float64Array): void {
  for (let k = 0; k < size; k++) row[k] = real(x, whole(order, k));
  for (let k = 0; k < size; k++) {
    const value = real(row, k);
    if (value === 0) continue;
    for (let place = whole(starts, k); place < whole(starts, k + 1); place++) {
      const other = whole(below, place);
      row[other] = real(row, other) - real(lower, place) * value;
    }
  }
  for (let k = size - 1; k >= 0; k--) {
    let value = real(row, k) * real(inverse, k);
    for (let place = whole(starts, k); place < whole(starts, k + 1); place++) {
      value -= real(lower, place) * real(row, whole(below, place));
    }
    row[k] = value;
    x[whole(order, k)] = value;
  }
  row.fill(0);
}
