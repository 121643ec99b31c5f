// In which order trades are made. No trade spends what another brings: all that is sold is in custody before the
// first one. So order is about risk and time only: what frees collateral comes first, what takes long to arrive next,
// and if the run stops half way, the vault should hold more of the calm asset.

import type { AssetId } from '../money/Asset.ts';
import type { Usd } from '../money/Price.ts';
import type { Position } from '../portfolio/Portfolio.ts';
import type { Share } from './Lane.ts';
import type { Mesh } from './Mesh.ts';

/** Sell one asset for another along one or more paths. `value` is what is sold at the primary price. */
export type Trade = {
  readonly sell: Position;
  readonly buy: Position;
  readonly value: Usd;
  readonly shares: readonly Share[];
};

/**
 * Order trades: what pays debts back first, then what leaves a loan or a vault, bridges next, then sales into the settlement asset, others,
 * purchases with it, and deposits last; larger before smaller. The settlement asset is the one of theirs that most markets trade: what everything else is priced in.
 */
export function sequence(mesh: Mesh, trades: readonly Trade[]): readonly Trade[] {
  const settlement = settlementOf(mesh, trades);
  const rank = (trade: Trade): number => {
    if (trade.buy.held < 0n) return -1;
    if (starts(trade, 'withdraw')) return 0;
    if (trade.shares.some(({ path }) => path.some(({ market }) => market.kind === 'bridge'))) return 1;
    if (starts(trade, 'deposit')) return 5;
    if (trade.buy.asset.id === settlement) return 2;
    return trade.sell.asset.id === settlement ? 4 : 3;
  };
  return trades.toSorted((a, b) => rank(a) - rank(b) || descending(a.value, b.value) || (name(a) < name(b) ? -1 : 1));
}

/** Say whether a trade takes money out of a loan or vault to begin with, or ends by putting it into one. */
function starts({ sell, buy, shares }: Trade, what: 'withdraw' | 'deposit'): boolean {
  return shares.some(({ path }) => {
    const market = path.at(what === 'withdraw' ? 0 : -1)?.market;
    if (market?.kind !== 'lending' && market?.kind !== 'vault-4626') return false;
    const [, receipt] = market.assets;
    return receipt === (what === 'withdraw' ? sell : buy).asset.id;
  });
}

function settlementOf(mesh: Mesh, trades: readonly Trade[]): AssetId | undefined {
  const trading = new Map<AssetId, number>();
  for (const { assets } of mesh.values()) for (const asset of assets) trading.set(asset, (trading.get(asset) ?? 0) + 1);
  let busiest: AssetId | undefined;
  let most = 0;
  for (const { sell, buy } of trades) {
    for (const { id } of [sell.asset, buy.asset]) {
      const markets = trading.get(id) ?? 0;
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
