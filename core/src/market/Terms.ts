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

/** Refuse an integer outside [low, high]. Throws MarketError. */
export function checkBetween(value: bigint, low: bigint, high: bigint, path: string): void {
  if (value >= low && value <= high) return;
  throw new MarketError(path, `${value}`, `give an integer in [${low}, ${high}]`);
}

/** Refuse a float that is no whole number in [low, high]. Throws MarketError. */
export function checkInteger(value: number, low: number, high: number, path: string): void {
  if (Number.isSafeInteger(value) && value >= low && value <= high) return;
  throw new MarketError(path, `${String(value)}`, `give a whole number in [${low}, ${high}]`);
}

/** Refuse a list that does not have one entry for each of `count`. Throws MarketError. */
export function checkLength(list: readonly unknown[], count: number, path: string): void {
  if (list.length === count) return;
  throw new MarketError(path, `${list.length} values`, `give ${count}`);
}

/** Refuse assets of which one is listed twice, or which are fewer than two. Throws MarketError. */
export function checkAssets(assets: readonly string[]): void {
  const [one, other] = assets;
  const twice = assets.length === 2 ? one === other : new Set(assets).size !== assets.length;
  if (assets.length >= 2 && !twice) return;
  throw new MarketError('assets', assets.join(', '), 'name at least two assets, each once');
}

/** Refuse assets that are not exactly two. Throws MarketError. */
export function checkPair(assets: readonly string[]): void {
  checkLength(assets, 2, 'assets');
  checkAssets(assets);
}

/** Refuse a fee that is no whole number of millionths in [0, 1e6). Throws MarketError. */
export function checkPpm(value: number, path: string): void {
  if (Number.isSafeInteger(value) && value >= 0 && value < 1_000_000) return;
  throw new MarketError(path, `${String(value)}`, 'give a whole number of millionths in [0, 1000000)');
}

/** Report a `kind` that nothing here knows. */
export function unknown(path: string, { kind }: { readonly kind: unknown }): MarketError {
  return new MarketError(path, String(kind), 'give a kind that is known');
}

/** Report terms or a state from which nothing can be priced: where, what stands there, and the fix. */
export class MarketError extends Error {
  override readonly name = 'MarketError';
  readonly next = 'halt';
  readonly path: string;
  readonly found: string;
  readonly fix: string;
  constructor(path: string, found: string, fix: string) {
    super(`market at ${path}: ${found} found; ${fix}`);
    this.path = path;
    this.found = found;
    this.fix = fix;
  }
}
