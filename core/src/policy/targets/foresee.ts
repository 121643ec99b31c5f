// What the outlook says of the portfolio's own assets. An estimate that is absent, too old, dated after the block or
// silent about an asset is not stretched: the decision is blind.

import type { AssetId } from '../../money/Asset.ts';
import { duration, type Seconds } from '../../money/Time.ts';
import type { Covariance } from '../../forecast/Covariance.ts';
import type { Outlook } from '../../portfolio/Outlook.ts';
import { symbolOf } from '../../portfolio/Snapshot.ts';
import { blind, type Blind } from '../Blind.ts';
import type { View } from '../View.ts';

/** Hold beliefs about some assets of the portfolio, all per year of 365 days, in the order of `assets`. */
export type Foresight = {
  readonly kind: 'foresight';
  readonly assets: readonly AssetId[];
  /** {1/yr} */
  readonly covariance: Covariance;
  /** Expected return above cash {1/yr}; absent where nobody forecasts one. */
  readonly expected?: readonly number[];
};

/** Read the outlook on `assets`, all of the portfolio's if none are named, at most `maxAge` old. Its numbers are not checked here. */
export function foresee(view: View, maxAge: Seconds, assets?: readonly AssetId[]): Foresight | Blind {
  const { snapshot, portfolio } = view;
  const { outlook } = snapshot;
  const allowed = `an outlook at most ${duration(maxAge)} old`;
  if (outlook === undefined) return blind('no outlook', allowed, 'estimate covariances and put them into the snapshot');
  const age = snapshot.at - outlook.at;
  if (age < 0) return blind(`an outlook dated ${-age} s after the block`, allowed, 'check the clock of the estimator');
  if (!(age <= maxAge)) return blind(`an outlook ${duration(age)} old`, allowed, 'estimate again, or raise maxAge');

  if (!isSquare(outlook)) return blind('an outlook whose lists do not fit its assets', allowed, 'estimate it again');
  const wanted = assets ?? portfolio.positions.map(({ asset }) => asset.id);
  const places = wanted.map((asset) => outlook.assets.indexOf(asset));
  const missing = wanted.filter((_, index) => (places[index] ?? -1) < 0).map((asset) => symbolOf(snapshot, asset));
  if (missing.length > 0) {
    return blind(`an outlook without ${missing.join(', ')}`, 'one that covers every asset', 'estimate them as well');
  }
  const pick = (row: readonly number[] | undefined) => places.map((place) => row?.[place] ?? NaN);
  return {
    kind: 'foresight',
    assets: wanted,
    covariance: places.map((place) => pick(outlook.covariance[place])),
    ...(outlook.expected === undefined ? undefined : { expected: pick(outlook.expected) }),
  };
}

/** Say whether every list has one entry for each asset, and each asset is there once. */
function isSquare({ assets, covariance, expected }: Outlook): boolean {
  const count = assets.length;
  if (new Set(assets).size !== count) return false;
  return [covariance, expected ?? covariance, ...covariance].every((list) => list.length === count);
}
