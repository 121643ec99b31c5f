// What fails together: tokens of one issuer, tokens that came over one bridge, whatever goes through one venue.

import * as Bps from '../../money/Bps.ts';
import type { Usd } from '../../money/Price.ts';
import { valueDown } from '../../money/Amount.ts';
import type { Exposure } from '../../policy/Limit.ts';
import * as Case from '../Case.ts';
import type { Refusal } from '../Verdict.ts';

/** Refuse a plan that makes a group too heavy, or that sends too much through the group's markets. */
export function exposure({ name, assets, markets, max }: Exposure, judged: Case.Case): readonly Refusal[] {
  const { value } = judged.portfolio;
  const refuse = (was: string, fix: string): Refusal => ({ limit: 'exposure', was, allowed: Bps.percent(max), fix });
  const values = Case.after(judged);
  const held = assets.reduce((sum, asset) => sum + (values.get(asset) ?? 0n), 0n) + staked(judged, markets, assets);
  const added = assets.reduce((sum, asset) => sum + Case.change(judged, asset), 0n);
  const share = Bps.ofUp(held, value);
  const routed = Bps.ofUp(through(judged, markets), value);
  return [
    ...(added > 0n && share > BigInt(max)
      ? [refuse(`${name} would hold ${Bps.percent(share)}`, 'lower the targets of its assets, or allow more')]
      : []),
    ...(routed > BigInt(max)
      ? [refuse(`${Bps.percent(routed)} would go through ${name}`, 'move in smaller steps, or allow more')]
      : []),
  ];
}

/** Value the stakes in these markets, without the parts that are counted as assets of the group already. */
function staked(judged: Case.Case, markets: readonly string[], counted: readonly string[]): Usd {
  let total = 0n;
  for (const { market, parts } of judged.snapshot.stakes ?? []) {
    if (!markets.includes(market)) continue;
    for (const { asset, atoms } of parts) {
      const position = counted.includes(asset) ? undefined : Case.position(judged, asset);
      if (position !== undefined) total += valueDown(atoms, position.asset.decimals, position.price);
    }
  }
  return total;
}

/** Value what is sold by way of these markets. */
function through(judged: Case.Case, markets: readonly string[]): Usd {
  let total = 0n;
  for (const swap of Case.swaps(judged)) {
    const position = Case.position(judged, swap.sell);
    if (position === undefined) continue;
    for (const route of swap.routes) {
      if (!route.markets.some((id) => markets.includes(id))) continue;
      total += valueDown(route.sold, position.asset.decimals, position.price);
    }
  }
  return total;
}
