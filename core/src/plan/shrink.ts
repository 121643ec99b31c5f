// How much of what is wanted custody still lets through.

import type { AssetId } from '../money/Asset.ts';
import { max, mulDivDown } from '../money/Fixed.ts';
import { dollars, type Usd } from '../money/Price.ts';
import type { Netted, Trade } from './net.ts';

/** Leave this part (1 %) of the room unused when it binds: custody measures it again, at the prices of the fill. */
const SPARE = 100n;

/** Shrink all trades alike until together they sell no more than `room`; those that end below `minNotional` go. */
export function shrink(trades: readonly Trade[], room: Usd, minNotional: Usd): Netted {
  const total = trades.reduce((sum, { value }) => sum + value, 0n);
  if (total <= room) return { trades, reasons: new Map() };
  const usable = max(0n, room - room / SPARE);
  const kept: Trade[] = [];
  const reasons = new Map<AssetId, string>();
  for (const trade of trades) {
    const value = mulDivDown(trade.value, usable, total);
    if (value > 0n && value >= minNotional) kept.push({ ...trade, value });
    else {
      const why = `custody has room to sell ${dollars(room)} of the ${dollars(total)} wanted, too little for its share`;
      reasons.set(trade.sell.asset.id, why).set(trade.buy.asset.id, why);
    }
  }
  return { trades: kept, reasons };
}
