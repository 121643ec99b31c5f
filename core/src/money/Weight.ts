// A share of the portfolio's value. A belief, so a float; it becomes money only in plan/quantize.

/** {1}: a fraction of the portfolio's value; targets lie in [0, 1] and sum to one. */
export type Weight = number;
