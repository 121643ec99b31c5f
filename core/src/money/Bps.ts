// Basis points: the unit of every limit a person types or a contract stores.

/** Count hundredths of a percent, an integer: 10_000 bps = 100 %. */
export type Bps = number;

/** The whole, in basis points. */
export const ONE: Bps = 10_000;
