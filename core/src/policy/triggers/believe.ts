// The outlook on the assets that a trigger watches, checked to be a covariance: an estimate that is none would turn into
// a width of NaN, which nothing is ever outside of.

import type { Seconds } from '../../money/Time.ts';
import type { Drift } from '../../portfolio/Drift.ts';
import * as Covariance from '../../forecast/Covariance.ts';
import { ForecastError } from '../../forecast/Numbers.ts';
import { blind, type Blind } from '../Blind.ts';
import { foresee, type Foresight } from '../targets/foresee.ts';
import type { View } from '../View.ts';

/** Read the covariance of the assets in `drift`, in its order, at most `maxAge` old; or say what could not be seen. */
export function believe(view: View, drift: readonly Drift[], maxAge: Seconds): Foresight | Blind {
  const seen = foresee(
    view,
    maxAge,
    drift.map(({ asset }) => asset),
  );
  if (seen.kind === 'blind') return seen;
  const flaw = flawOf(seen.covariance);
  if (flaw === undefined) return seen;
  return blind(flaw, 'a symmetric covariance without a portfolio of negative variance', 'estimate it with ledoitWolf');
}

function flawOf(covariance: Covariance.Covariance): string | undefined {
  try {
    return Covariance.isPositiveSemidefinite(covariance)
      ? undefined
      : 'an outlook with a portfolio of negative variance';
  } catch (error) {
    if (error instanceof ForecastError) return `an outlook that is no covariance (${error.message})`;
    throw error;
  }
}
