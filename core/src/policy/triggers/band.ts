// Rebalance when an asset leaves its band.

import * as Drift from '../../portfolio/Drift.ts';
import { symbolOf, type Snapshot } from '../../portfolio/Snapshot.ts';
import { percent, points } from '../../money/Weight.ts';
import * as Bands from '../Bands.ts';
import type { Band } from '../Trigger.ts';
import type { Finding } from './Finding.ts';

/** Find whether any asset is outside the band that this trigger draws; if none, name the nearest to it. */
export function band(trigger: Band, drift: readonly Drift.Drift[], snapshot: Snapshot): Finding {
  const targets = Object.fromEntries(drift.map(({ asset, target }) => [asset, target]));
  const bands = Bands.of(trigger, targets);
  const judged = drift.flatMap((one) => {
    const own = bands[one.asset];
    return own === undefined ? [] : [{ ...one, band: own }];
  });
  const out = judged.filter((one) => Drift.outside(one) !== 0);
  if (out.length > 0) return { kind: 'due', why: out.map((one) => describe(one, snapshot)).join('; ') };
  let nearest = judged[0];
  for (const one of judged) {
    if (nearest === undefined || Drift.room(one) < Drift.room(nearest)) nearest = one;
  }
  if (nearest === undefined) return { kind: 'quiet', why: 'no asset has a band' };
  const away = Drift.room(nearest);
  const words = `nearest to its band's edge: ${symbolOf(snapshot, nearest.asset)} at ${percent(nearest.weight)}`;
  return { kind: 'quiet', why: away === Infinity ? 'no band can be left' : `${words}, ${points(away)} away` };
}

type Banded = Drift.Drift & { readonly band: NonNullable<Drift.Drift['band']> };

function describe(drift: Banded, snapshot: Snapshot): string {
  const half = Math.max(drift.band[1] - drift.target, drift.target - drift.band[0]);
  const where = Drift.outside(drift) > 0 ? 'above' : 'below';
  const band = `${percent(drift.target)} ± ${points(half)}`;
  return `${symbolOf(snapshot, drift.asset)} is ${percent(drift.weight)} against ${band}: ${where} its band`;
}
