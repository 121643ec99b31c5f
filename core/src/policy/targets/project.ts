// The point of a polyhedron that is nearest to a given one: what every quadratic programme here comes down to. Exact in
// a finite number of steps, and where there is no such point it knows which of the faces leave none.

import { at, ForecastError } from '../../forecast/Numbers.ts';

/** State a'x ≥ bound, or a'x = bound, and what it means to a person. */
export type Row = {
  readonly kind: 'least' | 'equal';
  readonly normal: readonly number[];
  readonly bound: number;
  readonly name: string;
  /** What each unit by which a'x falls short of `bound` costs; the row must hold if absent. For `least` only. */
  readonly price?: number;
};

/** Give the nearest point and a multiplier for each row, those found on the way last; or the rows that cannot all hold. */
export type Projection =
  | { readonly kind: 'found'; readonly point: readonly number[]; readonly multipliers: readonly number[] }
  | { readonly kind: 'clash'; readonly rows: readonly Row[] };

/** Find one more row that a point breaks, where there are too many to list; undefined where it keeps to all. */
export type Search = (point: readonly number[]) => Row | undefined;

/** A row may be missed by this much, of one plus its bound's size. */
const MISS = 1e-12;
/** A normal is a combination of others where this share of it is left, squared. */
const DEPENDENT = 1e-18;

/** A row that holds with equality: `axis` is its own direction, at right angles to those before; `column` its parts along them. */
type Active = {
  readonly row: number;
  /** 1 where the multiplier counts from zero up, −1 where from the row's price (or, of a plane, from zero) down. */
  readonly sign: number;
  readonly axis: Vector;
  readonly column: readonly number[];
  multiplier: number;
};

/** Numbers side by side in memory: the inner loops run over nothing else. */
type Vector = Float64Array;

type State = {
  readonly rows: Row[];
  /** The normals of the rows. */
  readonly normals: Vector[];
  readonly point: Vector;
  active: Active[];
  /** Rows that are broken, and paid for in full. */
  readonly paid: Set<number>;
};

/**
 * Find the point that is nearest to `from`, ½‖x − from‖² plus the price of the rows that it breaks, by adding the row
 * most violated and dropping those that it makes superfluous: the dual method of Goldfarb and Idnani (1983), for the
 * identity as Hessian, with a ceiling on the multipliers of rows that have a price. Throws ForecastError on no end.
 */
export function project(from: readonly number[], known: readonly Row[], search?: Search): Projection {
  const state: State = {
    rows: [...known],
    normals: known.map(({ normal }) => new Float64Array(normal)),
    point: new Float64Array(from),
    active: [],
    paid: new Set(),
  };
  const rounds = 100 + 20 * (known.length + from.length);
  for (let round = 0; round < rounds; round++) {
    const worst = mostViolated(state) ?? searched(state, search);
    if (worst === undefined) return found(state);
    const clash = admit(state, worst);
    if (clash !== undefined) return { kind: 'clash', rows: clash.map((index) => at(state.rows, index)) };
  }
  throw new ForecastError('rows', `no end after ${rounds} rounds`, 'scale the problem to sizes near one');
}

function found(state: State): Projection {
  const { rows, point, active, paid } = state;
  const multipliers = rows.map(({ price }, index) => (paid.has(index) ? (price ?? 0) : 0));
  for (const { row, sign, multiplier } of active) multipliers[row] = at(multipliers, row) + sign * multiplier;
  settle(state);
  return { kind: 'found', point: [...point], multipliers };
}

/** Undo what rounding moved on a long way: put the point back onto each active row, along what is its alone. */
function settle({ rows, normals, point, active }: State): void {
  for (const { row, sign, axis, column } of active) {
    const short = at(rows, row).bound - dot(at(normals, row), point);
    add(point, axis, (sign * short) / at(column, column.length - 1));
  }
}

/** Find the row farthest from where it should be; planes before half-spaces, as they never leave again. */
function mostViolated({ rows, normals, point, active, paid }: State): number | undefined {
  let worst: number | undefined;
  let farthest = 0;
  for (let index = 0; index < rows.length; index++) {
    const { kind, bound } = at(rows, index);
    const normal = at(normals, index);
    const short = bound - dot(normal, point);
    const miss = kind === 'equal' ? Math.abs(short) : paid.has(index) ? -short : short;
    if (!(miss > MISS * (1 + Math.abs(bound)))) continue;
    if (active.some(({ row }) => row === index)) continue;
    if (kind === 'equal') return index;
    const distance = (miss * miss) / dot(normal, normal);
    if (!(distance > farthest)) continue;
    farthest = distance;
    worst = index;
  }
  return worst;
}

function searched({ rows, normals, point }: State, search: Search | undefined): number | undefined {
  const more = search?.([...point]);
  if (more === undefined) return undefined;
  normals.push(new Float64Array(more.normal));
  return rows.push(more) - 1;
}

/** Move until `row` holds or is paid for, dropping what blocks the way; undefined once done, else the rows that forbid it. */
function admit(state: State, row: number): readonly number[] | undefined {
  const { kind, bound, price = Infinity } = at(state.rows, row);
  const normal = at(state.normals, row);
  const down = kind === 'equal' ? dot(normal, state.point) > bound : state.paid.has(row);
  const sign = down ? -1 : 1;
  const toward = times(normal, sign);
  const size = dot(toward, toward);
  let multiplier = 0;
  for (;;) {
    const { column, rest } = resolve(state.active, toward);
    const shares = substitute(state.active, column);
    const left = dot(rest, rest);
    const free = left > DEPENDENT * size;
    const full = free ? Math.max(0, sign * bound - dot(toward, state.point)) / left : Infinity;
    const block = nearestBlock(state, shares, Math.min(full, price - multiplier));
    if (block.step === Infinity) return [row, ...involved(state.active, shares)];
    if (free) add(state.point, rest, block.step);
    for (let index = 0; index < shares.length; index++)
      at(state.active, index).multiplier -= block.step * at(shares, index);
    multiplier += block.step;
    if (block.kind === 'none') {
      if (block.step < full) return toggle(state.paid, row);
      const length = Math.sqrt(left);
      const axis = times(rest, 1 / length);
      state.active = [...state.active, { row, sign, axis, column: [...column, length], multiplier }];
      return undefined;
    }
    if (block.kind === 'ceiling') toggle(state.paid, at(state.active, block.index).row);
    state.active = without(state, block.index);
  }
}

function toggle(paid: Set<number>, row: number): undefined {
  if (!paid.delete(row)) paid.add(row);
}

type Block =
  | { readonly kind: 'none'; readonly step: number }
  | { readonly kind: 'zero' | 'ceiling'; readonly step: number; readonly index: number };

/** Find how far the step may go before an active multiplier would leave its range, and which. */
function nearestBlock({ active, rows }: State, shares: readonly number[], wanted: number): Block {
  let block: Block = { kind: 'none', step: wanted };
  for (let index = 0; index < active.length; index++) {
    const { row, multiplier } = at(active, index);
    const { kind, price } = at(rows, row);
    const share = at(shares, index);
    if (kind === 'equal' || Math.abs(share) <= 1e-12) continue;
    if (share > 0 && multiplier / share < block.step) {
      block = { kind: 'zero', step: Math.max(0, multiplier / share), index };
    }
    if (share < 0 && price !== undefined && (price - multiplier) / -share < block.step) {
      block = { kind: 'ceiling', step: Math.max(0, (price - multiplier) / -share), index };
    }
  }
  return block;
}

function involved(active: readonly Active[], shares: readonly number[]): readonly number[] {
  return active.filter((_, index) => Math.abs(at(shares, index)) > 1e-9).map(({ row }) => row);
}

/** Split a vector into its parts along the active axes and the rest, twice: once is not exact for nearly parallel ones. */
function resolve(
  active: readonly Active[],
  vector: Vector,
): { readonly column: readonly number[]; readonly rest: Vector } {
  const rest = new Float64Array(vector);
  const column = active.map(({ axis }) => take(rest, axis));
  return { column: active.map(({ axis }, index) => at(column, index) + take(rest, axis)), rest };
}

/** Take the part along an axis out of a vector, and say how much it was. */
function take(rest: Vector, axis: Vector): number {
  const part = dot(axis, rest);
  add(rest, axis, -part);
  return part;
}

/** Turn parts along the axes into shares of the active normals: back substitution through their columns. */
function substitute(active: readonly Active[], parts: readonly number[]): readonly number[] {
  const shares = [...parts];
  for (let k = active.length - 1; k >= 0; k--) {
    const { column } = at(active, k);
    const share = (shares[k] ?? NaN) / (column[k] ?? NaN);
    shares[k] = share;
    for (let i = 0; i < k; i++) shares[i] = (shares[i] ?? NaN) - share * (column[i] ?? NaN);
  }
  return shares;
}

/** Take one active row out; the axes after it are found again. */
function without({ active, normals }: State, index: number): Active[] {
  const kept = active.slice(0, index);
  for (const one of active.slice(index + 1)) {
    const { column, rest } = resolve(kept, times(at(normals, one.row), one.sign));
    const length = Math.sqrt(dot(rest, rest));
    kept.push({ ...one, axis: times(rest, 1 / length), column: [...column, length] });
  }
  return kept;
}

function dot(one: Vector, other: Vector): number {
  let total = 0;
  for (let index = 0; index < one.length; index++) total += (one[index] ?? NaN) * (other[index] ?? NaN);
  return total;
}

function times(one: Vector, factor: number): Vector {
  const product = new Float64Array(one.length);
  add(product, one, factor);
  return product;
}

function add(to: Vector, what: Vector, factor: number): void {
  for (let index = 0; index < to.length; index++) to[index] = (to[index] ?? NaN) + factor * (what[index] ?? NaN);
}
