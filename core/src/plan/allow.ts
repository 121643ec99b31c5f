// How much of what is wanted its owner and custody let through.

import { max, mulDivDown } from '../money/Fixed.ts';
import { dollars, type Usd } from '../money/Price.ts';
import type { Trade } from './sequence.ts';
import { valueOf } from './tradesOf.ts';

/** Leave this part (1 %) of the room unused when it binds: custody measures it again, at the prices of the fill. */
const SPARE = 100n;

/** Hold the trades that are let through, the reason of each that is not, and how much more than the room was to be sold. */
export type Allowed = { readonly trades: readonly Trade[]; readonly reasons: readonly Stopped[]; readonly beyond: Usd };

/** Say why a trade is not made. */
export type Stopped = { readonly trade: Trade; readonly why: string };

/** Shrink all trades alike until together they sell no more than `room`; those that are or end below `minNotional` go. */
export function allow(trades: readonly Trade[], room: Usd, minNotional: Usd): Allowed {
  const total = trades.reduce((sum, { value }) => sum + value, 0n);
  const full = total > room;
  const usable = max(0n, room - room / SPARE);
  const kept: Trade[] = [];
  const reasons: Stopped[] = [];
  for (const trade of trades) {
    const fitted = full ? shrunk(trade, usable, total) : trade;
    if (fitted.value > 0n && fitted.value >= minNotional) kept.push(fitted);
    else if (full && trade.value >= minNotional) {
      const why = `custody has room to sell ${dollars(room)} of the ${dollars(total)} wanted, too little for its share`;
      reasons.push({ trade, why });
    } else {
      reasons.push({ trade, why: `worth ${dollars(trade.value)}, below the ${dollars(minNotional)} minimum` });
    }
  }
  return { trades: kept, reasons, beyond: full ? total - usable : 0n };
}

function shrunk(trade: Trade, part: Usd, whole: Usd): Trade {
  const shares = trade.shares.map((share) => ({ ...share, sold: mulDivDown(share.sold, part, whole) }));
  return { ...trade, shares, value: valueOf(trade.sell, shares) };
}
