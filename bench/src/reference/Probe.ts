// How a case is held against its vector. A case computes figures and names the place in `expected` that each belongs to; it
// never sees what is expected, and it passes only if every number there was compared.

/** Hold what a case starts from, what it must come to, how near, and who says so. */
export type Vector = {
  readonly title: string;
  readonly inputs: { readonly [name: string]: unknown };
  readonly expected: { readonly [name: string]: unknown };
  /** The tolerance in words, such as `formula rel 1e-10; simulator rel 3%`. */
  readonly tolerance: string;
  readonly source: string;
};

/** Say how near a figure must come: of the expected value's size, as such, or equal as text. */
export type Nearness = { readonly rel: number } | { readonly abs: number } | 'exact';

/** Give a case its inputs and take its figures. */
export type Probe = {
  readonly inputs: Vector['inputs'];
  /** Read a number out of the tolerance's own words, `3%` as 0.03; the pattern's first group holds it. Throws where the words do not match. */
  readonly tolerance: (pattern: RegExp) => number;
  /** Compare what stands at `path` of what is expected, keys joined with slashes such as `N12/0`; a list may be compared whole. */
  readonly equal: (path: string, figure: unknown, nearness: Nearness) => void;
  /** Compare an estimate: it may be off by three of its own standard errors, of which each may be a hundredth of the expected value. */
  readonly estimate: (path: string, figure: number, standardError: number) => void;
  /** Compare a figure with a formula that is expected in words at `path`, as the case has worked it out. */
  readonly formula: (path: string, figure: number, worked: number, nearness: Nearness) => void;
  /** Require something that is not a number at a place, such as a bound that holds. */
  readonly holds: (what: string, truth: boolean) => void;
};

/** Compute a case's figures through core's public functions. */
export type Case = (probe: Probe) => void;

/** Vectors are printed with ten digits: no figure says more than half a unit of the last. */
const DIGITS = 10;
/** An estimate that is less sure than this, relative to what is expected, could not fail. */
const SURE = 0.01;

/** Run a case against its vector; what is wrong comes back as sentences, none where it passes. */
export function run(vector: Vector, compute: Case): readonly string[] {
  const wrong: string[] = [];
  const untouched = new Set(leaves(vector.expected, ''));
  const compare = (
    path: string,
    figure: unknown,
    near: (figure: unknown, expected: unknown) => boolean,
    how: string,
  ) => {
    const places = leaves(at(vector.expected, path), path);
    if (places.length === 0) wrong.push(`${path}: nothing is expected there`);
    for (const place of places) {
      const expected = at(vector.expected, place);
      const found = at(figure, place.slice(path.length).replace(/^\//, ''));
      untouched.delete(place);
      if (!near(found, expected)) wrong.push(`${place}: ${String(found)}, not ${String(expected)} (${how})`);
    }
  };
  const probe: Probe = {
    inputs: vector.inputs,
    tolerance: (pattern) => read(vector.tolerance, pattern),
    equal: (path, figure, nearness) =>
      compare(path, figure, (one, other) => isNear(one, other, nearness), JSON.stringify(nearness)),
    estimate: (path, figure, standardError) => {
      if (!(standardError > 0)) wrong.push(`${path}: a standard error of ${standardError}`);
      const near = (one: unknown, other: unknown) =>
        standardError <= SURE * Math.abs(Number(other)) && Math.abs(Number(one) - Number(other)) <= 3 * standardError;
      compare(path, figure, near, `standard error ${standardError}`);
    },
    formula: (path, figure, worked, nearness) =>
      compare(
        path,
        figure,
        (_, words) => isFormula(words) && isNear(figure, worked, nearness),
        `worked out: ${worked}`,
      ),
    holds: (what, truth) => {
      if (!truth) wrong.push(`does not hold: ${what}`);
    },
  };
  compute(probe);
  return [...wrong, ...[...untouched].map((place) => `${place}: not compared`)];
}

function isNear(figure: unknown, expected: unknown, nearness: Nearness): boolean {
  // Words can only be typed off: a case compares what they say.
  if (isFormula(expected)) return false;
  if (nearness === 'exact' || typeof expected !== 'number') return String(figure) === String(expected);
  if (typeof figure !== 'number') return false;
  const gap = Math.abs(figure - expected);
  // An expected zero has no size to be relative to: what is meant is a zero, up to rounding.
  const near = 'abs' in nearness ? nearness.abs : expected === 0 ? 1e-12 : nearness.rel * Math.abs(expected);
  return gap <= Math.max(near, printed(expected));
}

/** Half a unit of the last digit that is printed of a value, and what two floats lose in coming that near. */
function printed(value: number): number {
  if (value === 0) return 0;
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(value))) + 1 - DIGITS);
  return unit / 2 + Number.EPSILON * Math.abs(value);
}

function isFormula(expected: unknown): boolean {
  return typeof expected === 'string' && !/^-?\d+$/.test(expected);
}

/** List the places of all numbers and words below a value. */
function leaves(value: unknown, path: string): readonly string[] {
  if (value === undefined) return [];
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, below]) => leaves(below, path === '' ? key : `${path}/${key}`));
}

function at(value: unknown, path: string): unknown {
  if (path === '') return value;
  return path
    .split('/')
    .reduce<unknown>(
      (one, key) => (typeof one === 'object' && one !== null ? Reflect.get(one, key) : undefined),
      value,
    );
}

function read(words: string, pattern: RegExp): number {
  const found = pattern.exec(words)?.[1];
  const value = found?.endsWith('%') === true ? Number(found.slice(0, -1)) / 100 : Number(found);
  if (!(value > 0)) throw new RangeError(`no tolerance ${String(pattern)} in "${words}"`);
  return value;
}
