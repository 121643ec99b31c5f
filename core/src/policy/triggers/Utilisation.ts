// A gate on a lending pool: how much of what is supplied is lent out, which is what cannot be withdrawn.

import { approximate } from '../../money/approximate.ts';
import { ONE, type Bps } from '../../money/Bps.ts';
import { percent } from '../../money/Weight.ts';
import * as Lending from '../../market/Lending.ts';
import type { MarketId } from '../../market/Market.ts';
import type { Drift } from '../../portfolio/Drift.ts';
import { blind } from '../Blind.ts';
import * as Field from '../Field.ts';
import type { View } from '../View.ts';
import type { Finding } from './Finding.ts';

/** Fire, that is be open, while the utilisation of lending pool `market` is in [`min`, `max`]. */
export type Utilisation = {
  readonly kind: 'utilisation';
  readonly market: MarketId;
  readonly min: Bps;
  readonly max: Bps;
};

/** Read a utilisation gate. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field): Utilisation {
  Field.record(field, ['kind', 'market', 'min', 'max']);
  const min = Field.integer(Field.part(field, 'min'), 0, ONE);
  return {
    kind: 'utilisation',
    market: Field.text(Field.part(field, 'market')),
    min,
    max: Field.integer(Field.part(field, 'max'), min, ONE),
  };
}

/** Find whether the gate is open. Blind where the snapshot has no such pool. */
export function find({ market: id, min, max }: Utilisation, _drift: readonly Drift[], { snapshot }: View): Finding {
  const pool = snapshot.markets.find((one) => one.id === id);
  if (pool?.kind !== 'lending') {
    return blind(`no lending pool ${id}`, 'its state in the snapshot', 'add the pool, or correct its name');
  }
  const { borrowed, supplied } = Lending.utilisation(pool);
  const used = approximate(borrowed, supplied);
  const what = `${percent(used)} of ${id} is lent out`;
  const range = `${percent(min / ONE)} to ${percent(max / ONE)}`;
  return used >= min / ONE && used <= max / ONE
    ? { kind: 'due', why: `${what}, within ${range}` }
    : { kind: 'quiet', why: `closed: ${what}; open from ${range}` };
}
