// Lists of measured numbers, checked before a formula sees them: a NaN that enters a covariance would leave it as a
// silent NaN in every weight. What is refused is named by its place.

/** Refuse a list that is too short or holds anything but finite numbers. Throws ForecastError. */
export function check(values: readonly number[], path: string, least: number): void {
  if (!Array.isArray(values)) throw new ForecastError(path, 'no list', 'give a list of numbers');
  if (values.length < least) {
    throw new ForecastError(path, `${values.length} values`, `give at least ${least}`);
  }
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (!Number.isFinite(value)) {
      throw new ForecastError(
        `${path}[${index}]`,
        `${String(value)}`,
        'leave the observation out or give a finite number',
      );
    }
  }
}

/** Refuse a list that is too short or holds anything but finite numbers above zero. Throws ForecastError. */
export function checkPositive(values: readonly number[], path: string, least: number): void {
  check(values, path, least);
  const bad = values.findIndex((value) => value <= 0);
  if (bad >= 0) throw new ForecastError(`${path}[${bad}]`, `${at(values, bad)}`, 'give a number above zero');
}

/** Refuse two lists of different length. Throws ForecastError. */
export function checkSameLength(one: readonly unknown[], other: readonly unknown[], path: string): void {
  if (one.length === other.length) return;
  throw new ForecastError(path, `${other.length} values beside ${one.length}`, 'give one value for each');
}

/** Refuse a number that is not strictly between two bounds. Throws ForecastError. */
export function checkInside(value: number, low: number, high: number, path: string): void {
  if (value > low && value < high) return;
  throw new ForecastError(path, `${String(value)}`, `give a number above ${low} and below ${high}`);
}

/** Take one value of a list. Throws ForecastError where there is none. */
export function at<Value>(values: readonly Value[], index: number): Value {
  const value = values[index];
  if (value === undefined) throw new ForecastError(`[${index}]`, 'nothing', `give an index below ${values.length}`);
  return value;
}

/** Add up numbers. */
export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Average numbers; the list is not empty. */
export function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

/** Average squares about the mean with n − 1: the unbiased variance. At least two values. */
export function variance(values: readonly number[]): number {
  const centre = mean(values);
  return sum(values.map((value) => (value - centre) ** 2)) / (values.length - 1);
}

/** Report data or a setting from which nothing can be estimated: where, what stands there, and the fix. */
export class ForecastError extends Error {
  override readonly name = 'ForecastError';
  readonly next = 'halt';
  readonly path: string;
  constructor(path: string, found: string, fix: string) {
    super(`forecast at ${path}: ${found} found; ${fix}`);
    this.path = path;
  }
}
