// Rebalance assets that move together, where trading costs in proportion: what one holds too much of may be hedged by what
// one holds too little of, so that a region of all of them is wider in some directions than the bands of each.

import type { AssetId } from '../../money/Asset.ts';
import { percent, type Weight } from '../../money/Weight.ts';
import type { Drift } from '../../portfolio/Drift.ts';
import { symbolOf } from '../../portfolio/Snapshot.ts';
import { at } from '../../forecast/Numbers.ts';
import * as AgainstCash from '../AgainstCash.ts';
import type * as Field from '../Field.ts';
import type { Region as Bounds } from '../Region.ts';
import * as Region from '../regions/Skewed.ts';
import type { Foresight } from '../targets/foresee.ts';
import type { View } from '../View.ts';
import { attempt } from './attempt.ts';
import * as AnyOf from './AnyOf.ts';
import { atCorners } from './atCorners.ts';
import { believe } from './believe.ts';
import type { Due, Finding } from './Finding.ts';
import { watch } from './watch.ts';

/**
 * Fire when an asset other than `cash`, against which all are traded, leaves the skewed region: being off by δ costs ½γ·δ'Σδ a
 * year, γ = `riskAversion`, Σ by an outlook at most `maxAge` old, and a trade costs `proportional` basis points one way. Gas
 * is left out. An asset that should be nothing, or the whole, may be off by dust only. 'edge' and 'inner' land just inside.
 */
export type Skewed = AgainstCash.AgainstCash & { readonly kind: 'skewed' };

/** How far out a landing may be {1}, 1 the edge: what is on the edge is out again with the first fee. */
const LANDING = 0.9;

/** Read a skewed region. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field): Skewed {
  return { kind: 'skewed', ...AgainstCash.parse(field) };
}

/** Find whether any asset is beyond the region, and where a rebalance would end. Blind without `cash` or an outlook. */
export function find(trigger: Skewed, drift: readonly Drift[], view: View): Finding {
  const { snapshot } = view;
  const unseen = AgainstCash.blindTo(trigger, drift);
  if (unseen !== undefined) return unseen;
  const others = drift.filter(({ asset }) => asset !== trigger.cash);
  const corners = atCorners(others);
  const traded = others.filter(({ asset }) => !corners.has(asset));
  const findings: Finding[] = [];
  if (corners.size > 0) findings.push(watch(corners, others, snapshot));
  if (traded.length > 0) {
    const seen = believe(view, traded, trigger.maxAge);
    if (seen.kind === 'blind') return seen;
    findings.push(attempt(() => judge(trigger, traded, seen, (asset) => symbolOf(snapshot, asset))));
  }
  if (findings.length === 0) return { kind: 'quiet', why: 'there is nothing to trade against cash' };
  const found = AnyOf.join(findings);
  return found.kind === 'due' ? { ...found, ends: settle(found, trigger.cash, drift, corners) } : found;
}

/** Send what is at a corner to its target, the others where the region says, and let cash pay for both. */
function settle({ ends }: Due, cash: AssetId, drift: readonly Drift[], corners: Bounds): NonNullable<Due['ends']> {
  const all = new Map(drift.filter(({ asset }) => corners.has(asset)).map(({ asset, target }) => [asset, target]));
  for (const [asset, end] of ends ?? []) all.set(asset, end);
  const moved = drift.reduce((sum, { asset, weight }) => sum + (all.get(asset) ?? weight) - weight, 0);
  const reserve = drift.find(({ asset }) => asset === cash);
  if (reserve !== undefined) all.set(cash, reserve.weight - moved);
  return all;
}

function judge(
  trigger: Skewed,
  traded: readonly Drift[],
  { covariance }: Foresight,
  name: (asset: AssetId) => string,
): Finding {
  const gaps = traded.map(({ absolute }) => absolute);
  const region = AgainstCash.regionOf(trigger, traded, covariance);
  const pressures = Region.pressures(region, gaps);
  const said = traded.map(({ asset, weight, target }, index) => {
    const out = percent(Math.abs(at(pressures, index)));
    return {
      out: at(pressures, index),
      words: `${name(asset)} at ${percent(weight)} against ${percent(target)} is ${out}`,
    };
  });
  const beyond = said.filter(({ out }) => Math.abs(out) > 1);
  if (beyond.length === 0) {
    const nearest = said.reduce((one, other) => (Math.abs(other.out) > Math.abs(one.out) ? other : one));
    return { kind: 'quiet', why: `${nearest.words} of the way to the edge` };
  }
  const inside = { ...region, proportional: region.proportional.map((cost) => LANDING * cost) };
  const landed = Region.land(inside, gaps);
  const ends = new Map(
    traded.map(({ asset, target }, index): [AssetId, Weight] => [asset, target + at(landed, index)]),
  );
  return { kind: 'due', why: beyond.map(({ words }) => `${words} of the way to the edge`).join('; '), ends };
}
