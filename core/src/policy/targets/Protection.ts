// What both kinds of portfolio insurance share: a cushion above a floor, a multiple of it in risky assets, the rest in safe ones.

import { approximate } from '../../money/approximate.ts';
import { mulDivDown, ONE } from '../../money/Fixed.ts';
import { dollars, type Usd } from '../../money/Price.ts';
import { percent, type Weight } from '../../money/Weight.ts';
import type { Weights } from '../../portfolio/Drift.ts';
import { blind, type Blind } from '../Blind.ts';
import * as Field from '../Field.ts';
import { StrategyError } from '../Field.ts';
import { parseWeights } from '../parseWeights.ts';
import type { View } from '../View.ts';
import type { Aim } from './Aim.ts';
import { mix } from './mix.ts';
import { present } from './present.ts';

/** Say how much of the cushion is put at risk, and in what. Exposure / cushion is the multiplier. */
export type Protection = {
  /** Exposure / cushion that is aimed at {1} [1, 100]. */
  readonly multiplier: number;
  /** The largest share of the portfolio in risky assets {1} (0, 1]: nothing is borrowed. */
  readonly cap: Weight;
  /** While exposure / cushion is between these, the exposure stays as it is; absent: it is always set back to `multiplier`. */
  readonly band?: { readonly low: number; readonly high: number };
  /** How the risky part is split; sums to one. */
  readonly risky: Weights;
  /** How the rest is split; sums to one, and shares no asset with `risky`. */
  readonly safe: Weights;
};

/** The keys that a protection reads. */
export const KEYS = ['multiplier', 'cap', 'band', 'risky', 'safe'];

/** Read a protection out of a target. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field): Protection {
  const multiplier = Field.number(Field.part(field, 'multiplier'), 1, 100);
  const band = Field.part(field, 'band');
  const risky = parseWeights(Field.part(field, 'risky'));
  const safe = parseWeights(Field.part(field, 'safe'));
  for (const asset of Object.keys(safe)) {
    if (Object.hasOwn(risky, asset)) {
      throw new StrategyError(Field.part(Field.part(field, 'safe'), asset), 'an asset that is not in `risky` as well');
    }
  }
  const cap = Field.number(Field.part(field, 'cap'), 0.0001, 1);
  if (band.value === undefined) return { multiplier, cap, risky, safe };
  Field.record(band, ['low', 'high']);
  const low = Field.number(Field.part(band, 'low'), 0, multiplier);
  return { multiplier, cap, band: { low, high: Field.number(Field.part(band, 'high'), multiplier, 1e6) }, risky, safe };
}

/** Value one share. D18{USD/share}. The fraction of an atom is lost, which makes the cushion smaller; blind without shares. */
export function shareValue({ snapshot, portfolio }: View): Usd | Blind {
  const { supply } = snapshot.custody;
  if (supply <= 0n) {
    return blind(`${supply} atoms of share in issue`, 'shares whose value a floor can protect', 'deposit first');
  }
  return mulDivDown(portfolio.value, ONE, supply);
}

/**
 * Aim at `multiplier` times the cushion above `floor` (D18{USD/share}, a belief), at most `cap`; at the safe assets
 * alone once the cushion is gone (Black and Perold, 1992).
 */
export function aim(protection: Protection, share: Usd, floor: number, view: View): Aim {
  const worth = approximate(share, ONE);
  const cushion = 1 - floor / worth;
  const words = `a share is worth ${dollars(share)}, its floor $${floor.toFixed(2)}`;
  if (!(cushion > 0)) {
    return { kind: 'weights', weights: split(protection, 0), why: `${words}: the cushion is gone, all of it is safe` };
  }
  const { exposure, why } = exposed(protection, cushion, view);
  return { kind: 'weights', weights: split(protection, exposure), why: `${words}: ${why}` };
}

/** Compute exposure / cushion as it stands, from the share of the cushion in the value {1}. */
export function multiplierNow({ risky }: Protection, cushion: number, view: View): number {
  return exposureNow(risky, view) / cushion;
}

function exposed(
  protection: Protection,
  cushion: number,
  view: View,
): { readonly exposure: number; readonly why: string } {
  const { multiplier, cap, band } = protection;
  const now = multiplierNow(protection, cushion, view);
  const held = now * cushion;
  if (band !== undefined && now > band.low && now < band.high && held <= cap) {
    return { exposure: held, why: `multiplier ${now.toFixed(2)} stays between ${band.low} and ${band.high}` };
  }
  const exposure = Math.min(cap, multiplier * cushion);
  const capped = exposure < multiplier * cushion ? `, capped at ${percent(cap)}` : '';
  return { exposure, why: `${multiplier} times a cushion of ${percent(cushion)} at risk${capped}` };
}

function exposureNow(risky: Weights, view: View): number {
  const weights = present(view);
  return Object.keys(risky).reduce((sum, asset) => sum + Math.max(0, weights[asset] ?? 0), 0);
}

function split({ risky, safe }: Protection, exposure: Weight): Weights {
  return mix([
    { share: exposure, weights: risky },
    { share: 1 - exposure, weights: safe },
  ]);
}
