// The door from money to belief. Money is exact and bigint; whoever wants a float of it says so by calling this,
// and the way back is plan/quantize. There is no third door.

/**
 * Approximate a ratio of two integers as a float, to within two units in the last place.
 * Both lie inside ±2^1023, which covers the square of any on-chain 256-bit quantity. `denominator` is not zero.
 */
export function approximate(numerator: bigint, denominator: bigint): number {
  return Number(numerator) / Number(denominator);
}
