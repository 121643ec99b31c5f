// Where two sources disagree, one of them is wrong, and we do not know which.

import * as Bps from '../../money/Bps.ts';
import { pow10 } from '../../money/Fixed.ts';
import * as Mesh from '../../plan/Mesh.ts';
import type { Route, Swap } from '../../plan/Plan.ts';
import * as Quote from '../../plan/Quote.ts';
import { primaryPrices } from '../../portfolio/Portfolio.ts';
import { symbolOf } from '../../portfolio/Snapshot.ts';
import * as Case from '../Case.ts';
import type { Refusal } from '../Verdict.ts';

/** Refuse when another source of a price, or the spot price of a route, is further than `max` from the primary prices. */
export function divergence(max: Bps.Bps, judged: Case.Case): readonly Refusal[] {
  return [...sources(max, judged), ...routes(max, judged)];
}

/** Refuse when a source is further than `max` from the primary price of its asset. */
export function sources(max: Bps.Bps, { snapshot }: Pick<Case.Case, 'snapshot'>): readonly Refusal[] {
  const primary = primaryPrices(snapshot);
  return snapshot.prices.flatMap(({ asset, source, price }) =>
    refuse(`${symbolOf(snapshot, asset)} from ${source}`, price, primary.get(asset) ?? price, max),
  );
}

function routes(max: Bps.Bps, judged: Case.Case): readonly Refusal[] {
  const mesh = Mesh.of(judged.snapshot.markets);
  return Case.swaps(judged).flatMap((swap) => swap.routes.flatMap((route) => along(swap, route, mesh, max, judged)));
}

function along(swap: Swap, route: Route, mesh: Mesh.Mesh, max: Bps.Bps, judged: Case.Case): readonly Refusal[] {
  const sell = Case.position(judged, swap.sell);
  const buy = Case.position(judged, swap.buy);
  const path = Mesh.pathOf(mesh, route, swap.sell, swap.buy);
  // A route that leads nowhere has no price; consistency refuses it.
  if (sell === undefined || buy === undefined || path === undefined) return [];
  const { bought, sold } = Quote.spot(path, swap.sell);
  // Both sides in dollars: what `bought` atoms are worth against what `sold` atoms are worth.
  const market = bought * buy.price * pow10(sell.asset.decimals);
  const oracle = sold * sell.price * pow10(buy.asset.decimals);
  const name = `${sell.asset.symbol} for ${buy.asset.symbol} through ${route.markets.join(' and ')}`;
  return refuse(name, market, oracle, max);
}

function refuse(what: string, value: bigint, primary: bigint, max: Bps.Bps): readonly Refusal[] {
  const gap = value > primary ? value - primary : primary - value;
  const apart = Bps.ofUp(gap, primary);
  if (apart <= BigInt(max)) return [];
  return [
    {
      limit: 'divergence',
      was: `${what} is ${Bps.percent(apart)} from the primary price`,
      allowed: `${Bps.percent(max)}`,
      fix: 'wait until the sources agree, or check which of them is wrong',
    },
  ];
}
