// Numbers in flat memory. A place outside it would read as undefined, which no arithmetic stops: every index used here comes out of
// the building of the program, which is where places are checked. One function for each kind of memory keeps each of them fast.

/** Read a number. */
export function real(values: Float64Array, index: number): number {
  return values[index] as number;
}

/** Read a whole number. */
export function whole(values: Int32Array, index: number): number {
  return values[index] as number;
}

/** Add to a number. */
export function add(values: Float64Array, index: number, amount: number): void {
  values[index] = (values[index] as number) + amount;
}

/** Sum the products of two lists, as far as the first one reaches. */
export function dot(one: Float64Array, other: Float64Array): number {
  let total = 0;
  for (let index = 0; index < one.length; index++) total += real(one, index) * real(other, index);
  return total;
}

/** Multiply two lists, number by number. */
export function times(one: readonly number[], other: readonly number[]): Float64Array {
  const products = new Float64Array(one.length);
  for (let index = 0; index < one.length; index++) products[index] = (one[index] as number) * (other[index] as number);
  return products;
}
