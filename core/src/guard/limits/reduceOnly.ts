// A way out that cannot become a way in: what is being left may be sold but not bought.

import type { AssetId } from '../../money/Asset.ts';
import { symbolOf } from '../../portfolio/Snapshot.ts';
import * as Case from '../Case.ts';
import type { Refusal } from '../Verdict.ts';

/** Refuse swaps that buy any of these assets, but for as much as is owed of it. */
export function reduceOnly(assets: readonly AssetId[], judged: Case.Case): readonly Refusal[] {
  const bought = new Set(Case.swaps(judged).map(({ buy }) => buy));
  return [...bought].flatMap((asset) => {
    // Buying back what is owed makes a position smaller, not larger.
    if (!assets.includes(asset) || (Case.after(judged).get(asset) ?? 0n) <= 0n) return [];
    return [
      {
        limit: 'reduce-only',
        was: `buys ${symbolOf(judged.snapshot, asset)}`,
        allowed: 'only selling it',
        fix: 'lower its target, or take it off the reduce-only list',
      },
    ];
  });
}
