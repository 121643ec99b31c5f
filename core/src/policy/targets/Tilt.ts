// Aim at the owner's own weights, leant towards what is forecast by a bounded amount: a forecast may be wrong about
// everything and yet do no more than that. Without one, or with an old one, the weights are the owner's.

import type { AssetId } from '../../money/Asset.ts';
import { YEAR, duration, type Seconds } from '../../money/Time.ts';
import { percent, points, type Weight } from '../../money/Weight.ts';
import * as Matrix from '../../forecast/Matrix.ts';
import type { Weights } from '../../portfolio/Drift.ts';
import * as Field from '../Field.ts';
import { parseWeights } from '../parseWeights.ts';
import type { View } from '../View.ts';
import type { Aim } from './Aim.ts';
import * as FadingForecast from './FadingForecast.ts';
import * as Frontier from './Frontier.ts';
import * as Optimum from './Optimum.ts';

/** Aim at base + t, long only, for the t that maximises θμ't − ½γ t'Σt among those that move at most `most` of the portfolio. */
export type Tilt = {
  readonly kind: 'tilt';
  /** One weight for each asset of the portfolio, summing to one. */
  readonly base: Weights;
  /** The largest tilt, half its absolute sum {1} [0, 1]. */
  readonly most: Weight;
  /** γ {1} [0.01, 1000]. */
  readonly aversion: number;
  /** The largest expected return, either way, that is believed {1/yr}. */
  readonly believe: number;
  readonly fading?: Fading;
  /** The oldest outlook that will do {s}. */
  readonly maxAge: Seconds;
};

/** State how a forecast fades: half of it within `halfLife`, looked at `every` so often, with trading that costs ½λ Δx'ΣΔx. */
export type Fading = { readonly halfLife: Seconds; readonly every: Seconds; readonly impact: number };

/** Read a tilt. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field): Tilt {
  Field.record(field, ['kind', 'base', 'most', 'aversion', 'believe', 'fading', 'maxAge']);
  const fading = Field.part(field, 'fading');
  return {
    kind: 'tilt',
    base: parseWeights(Field.part(field, 'base')),
    most: Field.number(Field.part(field, 'most'), 0, 1),
    aversion: Field.number(Field.part(field, 'aversion'), 0.01, 1_000),
    believe: Field.number(Field.part(field, 'believe'), 0, 100),
    ...(fading.value === undefined ? undefined : { fading: parseFading(fading) }),
    maxAge: Field.integer(Field.part(field, 'maxAge'), 1, 10 * YEAR),
  };
}

function parseFading(field: Field.Field): Fading {
  Field.record(field, ['halfLife', 'every', 'impact']);
  return {
    halfLife: Field.integer(Field.part(field, 'halfLife'), 60, 100 * YEAR),
    every: Field.integer(Field.part(field, 'every'), 1, 10 * YEAR),
    impact: Field.number(Field.part(field, 'impact'), 0.000_001, 1_000_000),
  };
}

/** Tilt the base; no tilt without fresh returns, blind where they are beyond belief or the covariance is singular. */
export function aim(target: Tilt, view: View): Aim {
  const { base, most, aversion, believe, fading, maxAge } = target;
  const { outlook, at } = view.snapshot;
  const untilted = (why: string): Aim => ({ kind: 'weights', weights: base, why: `no tilt: ${why}` });
  if (outlook?.expected === undefined) return untilted('nobody forecasts a return');
  if (at - outlook.at > maxAge) return untilted(`the forecast is ${duration(at - outlook.at)} old`);
  const assets: readonly AssetId[] = Object.keys(base);
  const from = Object.values(base);
  return Optimum.aim(
    { assets, maxAge },
    view,
    (seen) => {
      const expected = Optimum.believed(seen, believe, view);
      if ('kind' in expected) return expected;
      const share = fading === undefined ? 1 : worthOf(fading, aversion);
      // The optimum of base + t is that of whole weights under returns that the base itself is the best answer to.
      const implied = Matrix.times(seen.covariance, from).map((value) => aversion * value);
      return Optimum.weights(
        Frontier.maximumUtility({
          expected: expected.map((value, index) => share * value + (implied[index] ?? NaN)),
          covariance: seen.covariance,
          aversion,
          trade: { from, cost: 0, most },
        }),
      );
    },
    (weights) => words(weights, from, most, fading === undefined ? undefined : worthOf(fading, aversion)),
  );
}

/** The share of a forecast of this half-life that is worth aiming at. */
function worthOf({ halfLife, every, impact }: Fading, aversion: number): number {
  return FadingForecast.worth({ aversion, impact, discount: 0 }, 1 - 2 ** (-every / halfLife));
}

function words(weights: readonly Weight[], base: readonly Weight[], most: Weight, share: number | undefined): string {
  const moved = weights.reduce((sum, weight, index) => sum + Math.abs(weight - (base[index] ?? NaN)), 0) / 2;
  const faded = share === undefined ? '' : `, ${percent(share)} of the forecast counting`;
  return `tilted by ${points(moved)} of at most ${points(most)}${faded}`;
}
