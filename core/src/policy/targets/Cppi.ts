// Constant-proportion portfolio insurance: risk a multiple of what is above the floor, and never what is below it.

import { approximate } from '../../money/approximate.ts';
import { ONE } from '../../money/Fixed.ts';
import type { Usd } from '../../money/Price.ts';
import { YEAR, type Time } from '../../money/Time.ts';
import * as Field from '../Field.ts';
import { StrategyError } from '../Field.ts';
import type { View } from '../View.ts';
import type { Aim } from './Aim.ts';
import * as Protection from './Protection.ts';

/** Aim at a multiple of the cushion above a floor that is known beforehand (Black and Perold, 1992). */
export type Cppi = Protection.Protection & {
  readonly kind: 'cppi';
  /** What a share must keep. D18{USD/share}, above zero; with `growth`, at its end. */
  readonly floor: Usd;
  /** The floor grows at `rate` {1/yr}, compounded continuously, up to `floor` at `until`; absent: it stands still. */
  readonly growth?: { readonly rate: number; readonly until: Time };
};

/** Read a CPPI target. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field): Cppi {
  Field.record(field, ['kind', 'floor', 'growth', ...Protection.KEYS]);
  const floor = Field.usd(Field.part(field, 'floor'));
  if (floor === 0n) throw new StrategyError(Field.part(field, 'floor'), 'dollars above zero');
  const growth = Field.part(field, 'growth');
  const protection = Protection.parse(field);
  if (growth.value === undefined) return { kind: 'cppi', floor, ...protection };
  Field.record(growth, ['rate', 'until']);
  const rate = Field.number(Field.part(growth, 'rate'), 0, 1);
  const until = Field.time(Field.part(growth, 'until'));
  return { kind: 'cppi', floor, growth: { rate, until }, ...protection };
}

/** Find the weights for the cushion that is there now; blind without shares. */
export function aim(target: Cppi, view: View): Aim {
  const share = Protection.shareValue(view);
  return typeof share === 'bigint' ? Protection.aim(target, share, floorAt(target, view.snapshot.at), view) : share;
}

/** Compute what a share must be worth at a moment {USD/share}: F = G·e^{−r(T−t)}, and G from the end on. */
export function floorAt({ floor, growth }: Cppi, at: Time): number {
  const end = approximate(floor, ONE);
  return growth === undefined ? end : end * Math.exp((-growth.rate * Math.max(0, growth.until - at)) / YEAR);
}
