// What fails together: tokens of one issuer, tokens that came over one bridge, whatever goes through one venue.

import * as Bps from '../../money/Bps.ts';
import { max } from '../../money/Fixed.ts';
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
  const after = gross(assets.map((asset) => values.get(asset)));
  const added = after - gross(assets.map((asset) => Case.position(judged, asset)?.value));
  const share = Bps.ofUp(after + staked(judged, markets, assets), value);
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

/** Add up what is held: a debt in one token of an issuer pays nobody back for another. */
function gross(values: readonly (Usd | undefined)[]): Usd {
  return values.reduce<Usd>((sum, value = 0n) => sum + max(value, 0n), 0n);
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
