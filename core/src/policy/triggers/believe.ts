// The outlook on the assets that a trigger watches, checked to be a covariance: an estimate that is none would turn into
// a width of NaN, which nothing is ever outside of.

import type { AssetId } from '../../money/Asset.ts';
import type { Seconds } from '../../money/Time.ts';
import * as Covariance from '../../forecast/Covariance.ts';
import { blind, type Blind } from '../Blind.ts';
import { foresee, type Foresight } from '../targets/foresee.ts';
import type { View } from '../View.ts';
import { attempt } from './attempt.ts';

/** Read the covariance of the assets in `drift`, in its order, at most `maxAge` old; or say what could not be seen. */
export function believe(view: View, drift: readonly { readonly asset: AssetId }[], maxAge: Seconds): Foresight | Blind {
  const seen = foresee(
    view,
    maxAge,
    drift.map(({ asset }) => asset),
  );
  if (seen.kind === 'blind') return seen;
  const sound = attempt(() => Covariance.isPositiveSemidefinite(seen.covariance));
  if (sound === true) return seen;
  if (sound !== false) return sound;
  const was = 'an outlook with a portfolio of negative variance';
  return blind(was, 'a covariance that has none', 'estimate it with ledoitWolf');
}
