// The numbers that a venue's terms are made of, checked before a formula sees them: a rate that is NaN would make
// every comparison false and every trade look free. What is refused is named by its place.

/** Refuse a float outside [low, high]. Throws MarketError. */
export function checkWithin(value: number, low: number, high: number, path: string): void {
  if (value >= low && value <= high) return;
  throw new MarketError(path, `${String(value)}`, `give a number in [${low}, ${high}]`);
}

/** Refuse a float that is not finite or not above zero. Throws MarketError. */
export function checkPositive(value: number, path: string): void {
  if (value > 0 && value < Infinity) return;
  throw new MarketError(path, `${String(value)}`, 'give a finite number above zero');
}

/** Refuse a float that is no whole number of zero or more. Throws MarketError. */
export function checkCount(value: number, path: string): void {
  if (Number.isSafeInteger(value) && value >= 0) return;
  throw new MarketError(path, `${String(value)}`, 'give a whole number, zero or more');
}

/** Refuse an integer below `least`. Throws MarketError. */
export function checkAtLeast(value: bigint, least: bigint, path: string): void {
  if (value >= least) return;
  throw new MarketError(path, `${value}`, `give at least ${least}`);
}

/** Refuse a fee that is no whole number of millionths in [0, 1e6). Throws MarketError. */
export function checkPpm(value: number, path: string): void {
  if (Number.isSafeInteger(value) && value >= 0 && value < 1_000_000) return;
  throw new MarketError(path, `${String(value)}`, 'give a whole number of millionths in [0, 1000000)');
}

/** Report terms or a state from which nothing can be priced: where, what stands there, and the fix. */
export class MarketError extends Error {
  override readonly name = 'MarketError';
  readonly next = 'halt';
  readonly path: string;
  constructor(path: string, found: string, fix: string) {
    super(`market at ${path}: ${found} found; ${fix}`);
    this.path = path;
  }
}
