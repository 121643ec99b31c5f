// Beliefs can be such that no formula has an answer for them. A decision is then blind; it does not throw.

import { ForecastError } from '../../forecast/Numbers.ts';
import { blind, type Blind } from '../Blind.ts';

/** Compute something from beliefs, or say why they do not allow it. Errors other than ForecastError are thrown on. */
export function attempt<Result>(compute: () => Result): Result | Blind {
  try {
    return compute();
  } catch (error) {
    if (!(error instanceof ForecastError)) throw error;
    return blind(
      `an outlook that gives no answer (${error.message})`,
      'a covariance of assets that move',
      'estimate it with ledoitWolf, or use a trigger that needs none',
    );
  }
}
