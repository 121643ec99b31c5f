// A constant mix buys what falls. Of a token that has lost its peg, that is buying into a run.

import type { AssetId } from '../../money/Asset.ts';
import * as Bps from '../../money/Bps.ts';
import { dollars, type Price } from '../../money/Price.ts';
import { symbolOf } from '../../portfolio/Snapshot.ts';
import * as Case from '../Case.ts';
import type { Refusal } from '../Verdict.ts';

/** Refuse to buy an asset that any source prices further than `max` from its peg; selling it stays possible. */
export function depeg(pegs: { readonly [asset: AssetId]: Price }, max: Bps.Bps, judged: Case.Case): readonly Refusal[] {
  const { snapshot } = judged;
  const bought = new Set(Case.swaps(judged).map(({ buy }) => buy));
  return snapshot.prices.flatMap(({ asset, source, price }) => {
    const peg = Object.hasOwn(pegs, asset) ? pegs[asset] : undefined;
    if (peg === undefined || !bought.has(asset)) return [];
    const off = Bps.ofUp(price > peg ? price - peg : peg - price, peg);
    if (off <= BigInt(max)) return [];
    return [
      {
        limit: 'depeg',
        was: `${symbolOf(snapshot, asset)} from ${source} is ${Bps.percent(off)} from its peg of ${dollars(peg)}`,
        allowed: `${Bps.percent(max)} where it is bought`,
        fix: 'wait for the peg, lower its target, or allow more',
      },
    ];
  });
}
