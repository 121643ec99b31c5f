// Let money that came in or went out do the work: what came in buys what is under, what is over refills what went out.
// Nothing is sold that is not over and nothing bought that is not under, so nothing is traded there and back.

import { valueDown } from '../../money/Amount.ts';
import { approximate } from '../../money/approximate.ts';
import type { Usd } from '../../money/Price.ts';
import type { Weight } from '../../money/Weight.ts';
import type { Drift } from '../../portfolio/Drift.ts';
import type { Past } from '../../portfolio/Past.ts';
import type { Blind } from '../Blind.ts';
import type { Region } from '../Region.ts';
import { remembered } from '../triggers/remembered.ts';
import type { View } from '../View.ts';

/** Bound where one asset may end. */
type Room = { readonly target: Weight; readonly low: Weight; readonly high: Weight };

/**
 * Choose where to end: as near to the target (in the sum of squares) as the flow alone can bring the portfolio, if that
 * leaves every asset inside its region and is a trade worth at least `least`, D18{USD}; else on target, as the flow would
 * have to be followed by a second rebalance. Blind without a past.
 */
export function flowFirst(drift: readonly Drift[], region: Region, view: View, least: Usd): readonly Weight[] | Blind {
  const past = remembered(view, 'what came in and went out since the last rebalance');
  if ('kind' in past) return past;
  const flows = flowsOf(drift, past, view);
  const net = flows.reduce((sum, flow) => sum + flow, 0);
  const ends = level(
    drift.map((one, index) => roomOf(one, flows[index] ?? 0, net)),
    drift.reduce((sum, { weight }) => sum + weight, 0),
  );
  const moves = drift.map(({ weight }, index) => (ends[index] ?? weight) - weight);
  const size = Math.max(approximate(least, view.portfolio.value), DUST);
  const worth = Math.max(...moves) >= size && Math.min(...moves) <= -size;
  const enough = drift.every(({ asset, target }, index) => {
    const half = region.get(asset);
    return half === undefined || Math.abs((ends[index] ?? target) - target) <= half.trigger;
  });
  return worth && enough ? ends : drift.map(({ target }) => target);
}

/** Trades smaller than this {1} are rounding. */
const DUST = 1e-9;

/** Measure what flowed of each asset since the last rebalance, as a share of the portfolio's value. */
function flowsOf(drift: readonly Drift[], past: Past, { portfolio }: View): readonly Weight[] {
  return drift.map(({ asset }) => {
    const position = portfolio.positions.find((one) => one.asset.id === asset);
    if (position === undefined) return 0;
    const atoms = past.flows.reduce((sum, flow) => (flow.asset === asset ? sum + flow.atoms : sum), 0n);
    return approximate(valueDown(atoms, position.asset.decimals, position.price), portfolio.value);
  });
}

/** An inflow may be sold, as far as it is over, for what is under; an outflow refilled, as far as it is under, by what is over. */
function roomOf({ weight, target }: Drift, flow: Weight, net: Weight): Room {
  if (weight > target) {
    const sellable = net > 0 ? Math.max(0, flow) : Infinity;
    return { target, low: Math.max(target, weight - sellable), high: weight };
  }
  const wanted = net < 0 ? Math.max(0, -flow) : Infinity;
  return { target, low: weight, high: Math.min(target, weight + wanted) };
}

/**
 * Find the point of least Σ(x − target)² with low ≤ x ≤ high and Σx = `sum`, which lies between the sums of lows and of
 * highs: x = target + ν, cut off at the bounds, for the one level ν at which the sum is right. The sum rises with ν in
 * straight pieces between the levels at which some x meets a bound.
 */
export function level(rooms: readonly Room[], sum: number): readonly Weight[] {
  const at = (nu: number) => rooms.map(({ target, low, high }) => Math.min(high, Math.max(low, target + nu)));
  const sumAt = (nu: number) => at(nu).reduce((total, one) => total + one, 0);
  const corners = rooms.flatMap(({ target, low, high }) => [low - target, high - target]).toSorted((a, b) => a - b);
  const after = corners.findIndex((corner) => sumAt(corner) >= sum);
  const [below, above] = [corners[after - 1], after < 0 ? corners.at(-1) : corners[after]];
  if (above === undefined) return [];
  if (below === undefined || after < 0) return at(above);
  const [from, to] = [sumAt(below), sumAt(above)];
  return at(to > from ? below + ((above - below) * (sum - from)) / (to - from) : above);
}
