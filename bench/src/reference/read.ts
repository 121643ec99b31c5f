// What a vector's inputs are, checked as they are read: a misspelt name must fail its case, not become undefined arithmetic.

/** Read a number. Throws RangeError on anything else. */
export function number(value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new RangeError(`${String(value)} is no finite number`);
}

/** Read a list of numbers. Throws RangeError on anything else. */
export function numbers(value: unknown): readonly number[] {
  return list(value).map(number);
}

/** Read a list of lists of numbers. Throws RangeError on anything else. */
export function matrix(value: unknown): readonly (readonly number[])[] {
  return list(value).map(numbers);
}

/** Read text. Throws RangeError on anything else. */
export function text(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new RangeError(`${String(value)} is no text`);
}

/** Read a list of anything. Throws RangeError on anything else. */
export function list(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new RangeError(`${String(value)} is no list`);
}

/** Read an object of named values. Throws RangeError on anything else. */
export function record(value: unknown): { readonly [name: string]: unknown } {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as { [name: string]: unknown };
  throw new RangeError(`${String(value)} is no object`);
}
