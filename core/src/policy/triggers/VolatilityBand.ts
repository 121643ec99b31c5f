// A band that is wider or narrower as the market is. Which way depends on what is wanted of it, so that is a setting.

import type { AssetId } from '../../money/Asset.ts';
import { ONE, type Bps } from '../../money/Bps.ts';
import type { Seconds } from '../../money/Time.ts';
import { at } from '../../forecast/Numbers.ts';
import type { Drift } from '../../portfolio/Drift.ts';
import * as Field from '../Field.ts';
import { StrategyError } from '../Field.ts';
import type { Half } from '../Region.ts';
import type { View } from '../View.ts';
import { againstRest } from './againstRest.ts';
import * as Band from './Band.ts';
import { believe } from './believe.ts';
import type { Finding } from './Finding.ts';
import { watch } from './watch.ts';

/**
 * Fire when an asset's weight leaves a band of half-width base·(σ/reference)^exponent, but no less than `floor` and no
 * more than `cap` (100 = one percentage point); base is the narrower of `absolute` and `relative`, as in a plain band.
 * σ {1/√yr} is the volatility of the asset against the rest of the portfolio at its target weights, by an outlook at most
 * `maxAge` old; at σ = `reference` the band is the base. `exponent` in [−2, 2]: 1 trades as often in every market,
 * −1 keeps the tracking error, 2/3 suits a proportional cost and ½ a fixed one where a squared deviation costs the same
 * whatever σ is, 0 leaves the base.
 */
export type VolatilityBand = Band.Width & {
  readonly kind: 'volatility-band';
  readonly reference: number;
  readonly exponent: number;
  readonly floor: Bps;
  readonly cap: Bps;
  readonly maxAge: Seconds;
};

/** Read a band that follows volatility. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field): VolatilityBand {
  Field.record(field, ['kind', 'absolute', 'relative', 'reference', 'exponent', 'floor', 'cap', 'maxAge']);
  const width = Band.parseWidth(field);
  if (width.absolute === undefined && width.relative === undefined) {
    throw new StrategyError(Field.part(field, 'absolute'), 'a half-width, absolute or relative');
  }
  const floor = Field.integer(Field.part(field, 'floor'), 1, ONE);
  return {
    kind: 'volatility-band',
    ...width,
    reference: Field.number(Field.part(field, 'reference'), 0.000_1, 100),
    exponent: Field.number(Field.part(field, 'exponent'), -2, 2),
    floor,
    cap: Field.integer(Field.part(field, 'cap'), floor, ONE),
    maxAge: Field.seconds(Field.part(field, 'maxAge'), 1),
  };
}

/** Find whether any asset is outside the band that volatility draws now. */
export function find(band: VolatilityBand, drift: readonly Drift[], view: View): Finding {
  const seen = believe(view, drift, band.maxAge);
  if (seen.kind === 'blind') return seen;
  const volatilities = againstRest(
    seen.covariance,
    drift.map(({ target }) => target),
  );
  const region = new Map<AssetId, Half>();
  for (const [index, { asset, target }] of drift.entries()) {
    const base = Band.halfWidth(band, target);
    if (base === undefined) continue;
    const wide = base * (at(volatilities, index) / band.reference) ** band.exponent;
    const half = Math.min(band.cap / ONE, Math.max(band.floor / ONE, wide));
    region.set(asset, { trigger: half, landing: half });
  }
  return watch(region, drift, view.snapshot);
}
