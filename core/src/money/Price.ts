// What one token is worth in the unit of account, exactly.

/** D18{USD/tok}: dollars per whole token with 18 decimals, > 0. */
export type Price = bigint;

/** D18{USD}: dollars with 18 decimals; negative for a loss. */
export type Usd = bigint;
