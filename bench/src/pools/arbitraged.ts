// Pools as arbitrageurs leave them. Recorded months apart, pools disagree by more than any market lets them: here each is traded with
// until it agrees with one set of prices to within its fee, so that what a plan gains is not what nobody had come to fetch.

import { Market } from '@trimtab/core';
import type { AssetId, Basket, Trade } from '@trimtab/core';
import type { Worths } from './priceTokens.ts';

/** A pool that takes a third of its reserves at once needs several turns from far away. */
const TURNS = 24;

/** Let every pool be traded with at these prices, on its own curve and to its own fee. */
export function arbitraged(markets: readonly Market[], worths: Worths): readonly Market[] {
  const values = Object.fromEntries(
    [...worths].map(([id, { asset, usd }]) => [id, usd / 10 ** asset.decimals] as const),
  );
  return markets.map((market) => {
    let now = market;
    for (let turn = 0; turn < TURNS && now.assets.every((asset) => Object.hasOwn(values, asset)); turn++) {
      const trade = Market.arb(now, values);
      if (trade === undefined) return now;
      for (const { sell, sold, buy } of swapsOf(trade, values)) now = Market.swap(now, sell, sold, buy).after;
    }
    return now;
  });
}

type Swap = { readonly sell: AssetId; readonly sold: bigint; readonly buy: AssetId };

/** Make swaps of a trade of many tokens: each that is paid buys each that is got, in proportion to their value. */
function swapsOf(trade: Trade | Basket, values: { readonly [asset: AssetId]: number }): readonly Swap[] {
  const whole = (amount: number) => BigInt(Math.floor(amount));
  if ('sell' in trade) return [{ sell: trade.sell, sold: whole(trade.sold), buy: trade.buy }];
  const worth = ({ asset, atoms }: Basket['got'][number]) => (values[asset] ?? 0) * atoms;
  const total = trade.got.reduce((sum, part) => sum + worth(part), 0);
  return trade.paid.flatMap(({ asset, atoms }) =>
    trade.got.map((part) => ({ sell: asset, sold: whole((atoms * worth(part)) / total), buy: part.asset })),
  );
}
