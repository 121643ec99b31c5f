// In which order trades are made. No trade spends what another brings: all that is sold is in custody before the
// first one. So order is about risk only: if the run stops half way, the vault should hold more of the calm asset.

import type { AssetId } from '../money/Asset.ts';
import type { Trade } from './net.ts';
import * as Mesh from './Mesh.ts';

/**
 * Order trades: sales into the settlement asset first, purchases with it last, larger before smaller.
 * The settlement asset is the one that most markets trade: what everything else is priced in.
 */
export function sequence(mesh: Mesh.Mesh, trades: readonly Trade[]): readonly Trade[] {
  const settlement = settlementOf(mesh, trades);
  const rank = ({ sell, buy }: Trade): number => {
    if (buy.asset.id === settlement) return 0;
    return sell.asset.id === settlement ? 2 : 1;
  };
  return trades.toSorted((a, b) => rank(a) - rank(b) || descending(a.value, b.value) || (name(a) < name(b) ? -1 : 1));
}

function settlementOf(mesh: Mesh.Mesh, trades: readonly Trade[]): AssetId | undefined {
  let busiest: AssetId | undefined;
  let most = 0;
  for (const { sell, buy } of trades) {
    for (const { id } of [sell.asset, buy.asset]) {
      const markets = Mesh.at(mesh, id).length;
      if (markets > most || (markets === most && busiest !== undefined && id < busiest)) {
        busiest = id;
        most = markets;
      }
    }
  }
  return busiest;
}

function descending(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a > b ? -1 : 1;
}

function name({ sell, buy }: Trade): string {
  return `${sell.asset.id}>${buy.asset.id}`;
}
