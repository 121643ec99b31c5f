// Every trigger that draws a band for each asset waits in the same way: until one of them is left.

import { percent, points } from '../../money/Weight.ts';
import * as Drift from '../../portfolio/Drift.ts';
import { symbolOf, type Snapshot } from '../../portfolio/Snapshot.ts';
import * as Region from '../Region.ts';
import type { Finding } from './Finding.ts';

/** Find whether any asset is outside its region; if none, name the nearest to it. */
export function watch(region: Region.Region, drift: readonly Drift.Drift[], snapshot: Snapshot): Finding {
  const judged = Region.mark(drift, region).filter(({ asset }) => region.has(asset));
  const out = judged.filter((one) => Drift.outside(one) !== 0);
  if (out.length > 0) return { kind: 'due', why: out.map((one) => describe(one, snapshot)).join('; '), region };
  return { kind: 'quiet', why: nearest(judged, snapshot), region };
}

function nearest(judged: readonly Drift.Drift[], snapshot: Snapshot): string {
  let found: Drift.Drift | undefined;
  for (const one of judged) if (found === undefined || Drift.room(one) < Drift.room(found)) found = one;
  if (found === undefined) return 'no asset has a band';
  const away = Drift.room(found);
  if (away === Infinity) return 'no band can be left';
  const where = `${symbolOf(snapshot, found.asset)} at ${percent(found.weight)}`;
  return `nearest to its band's edge: ${where}, ${points(away)} away`;
}

function describe(drift: Drift.Drift, snapshot: Snapshot): string {
  const [low, high] = drift.band ?? [drift.target, drift.target];
  const half = Math.max(high - drift.target, drift.target - low);
  const where = Drift.outside(drift) > 0 ? 'above' : 'below';
  const band = `${percent(drift.target)} ± ${points(half)}`;
  return `${symbolOf(snapshot, drift.asset)} is ${percent(drift.weight)} against ${band}: ${where} its band`;
}
