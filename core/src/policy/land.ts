// Where a rebalance should end once it is due: on target, or only just back inside the bands, which trades less.

import type { AssetId } from '../money/Asset.ts';
import type { Weight } from '../money/Weight.ts';
import type { Drift, Weights } from '../portfolio/Drift.ts';
import type { Landing } from './Landing.ts';

/**
 * How far inside the edge to land, as a share of the way to the target: fees and rounding taken on the way
 * would otherwise leave the asset a hair outside, and the next look would trade again.
 */
const INSIDE = 0.1;

/** Choose the weight that each asset should land at; they sum to what `drift`'s targets sum to. */
export function land(drift: readonly Drift[], landing: Landing): Weights {
  switch (landing) {
    case 'target':
      return Object.fromEntries(drift.map(({ asset, target }) => [asset, target]));
    case 'edge':
      return edges(drift);
  }
}

/**
 * Move what is outside its band to just inside the edge, and let the others take up the difference in proportion to
 * how far it brings them towards their own target. None is carried past its target, so none leaves its band.
 */
function edges(drift: readonly Drift[]): Weights {
  const nearest = drift.map(inside);
  const gaps = drift.map(({ target }, index) => target - (nearest[index] ?? target));
  const missing = gaps.reduce((sum, gap) => sum + gap, 0);
  const useful = gaps.map((gap) => (gap * missing > 0 ? Math.abs(gap) : 0));
  const total = useful.reduce((sum, gap) => sum + gap, 0);
  const landed: { [asset: AssetId]: Weight } = {};
  drift.forEach(({ asset, target }, index) => {
    const share = total === 0 ? 0 : (missing * (useful[index] ?? 0)) / total;
    landed[asset] = (nearest[index] ?? target) + share;
  });
  return landed;
}

function inside({ weight, target, band }: Drift): Weight {
  if (band === undefined) return weight;
  const [low, high] = band;
  if (weight > high) return high + INSIDE * (target - high);
  return weight < low ? low + INSIDE * (target - low) : weight;
}
