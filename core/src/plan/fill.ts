// One trade made ready to do: routed, quoted and bounded from below.

import { atomsDown, tokens, valueDown } from '../money/Amount.ts';
import * as Bps from '../money/Bps.ts';
import { divUp, max, min, pow10 } from '../money/Fixed.ts';
import { dollars } from '../money/Price.ts';
import type { Position } from '../portfolio/Portfolio.ts';
import type { Snapshot } from '../portfolio/Snapshot.ts';
import type { Trading } from '../policy/Strategy.ts';
import { charge } from './charge.ts';
import type { Mesh, Path } from './Mesh.ts';
import type { Trade } from './net.ts';
import type { Swap } from './Plan.ts';
import { route, type Lane } from './route.ts';

/** Hold a swap and the markets it leaves behind, or the reason why it cannot be made. */
export type Filled =
  | { readonly kind: 'swap'; readonly swap: Swap; readonly after: Path }
  | { readonly kind: 'skip'; readonly why: string };

/**
 * Route a trade on the markets as they are `now`, after the trades before it, and bound it. The floor is the higher of
 * the quote less `slippage` and the oracle's price less custody's largest discount, both rounded up: the vault never
 * accepts an atom less than allowed.
 */
export function fill(now: Mesh, before: Mesh, trade: Trade, snapshot: Snapshot, trading: Trading): Filled {
  const { sell, buy, value } = trade;
  const wanted = min(atomsDown(value, sell.asset.decimals, sell.price), sell.held);
  const lanes = route(now, snapshot.gas, sell.asset.id, buy, wanted);
  const sold = total(lanes, 'sold');
  const expected = total(lanes, 'bought');
  if (expected === 0n) return skip(`no market takes ${dollars(value)} of it and pays ${buy.asset.symbol} for it`);
  const taken = valueDown(sold, sell.asset.decimals, sell.price);
  if (sold < wanted && taken < trading.minNotional) {
    return skip(`its markets can take only ${dollars(taken)}, below the ${dollars(trading.minNotional)} minimum`);
  }
  const { maxFloorDiscount } = snapshot.custody;
  const fair = fairUp(sell, buy, sold);
  const floor = max(Bps.shareUp(expected, Bps.ONE - trading.slippage), Bps.shareUp(fair, Bps.ONE - maxFloorDiscount));
  if (floor > expected) {
    const gap = Bps.percent(Bps.ofUp(fair - expected, fair));
    return skip(
      `its markets pay ${gap} less than the oracle; custody permits at most ${Bps.percent(maxFloorDiscount)}`,
    );
  }
  const swap: Swap = {
    kind: 'swap',
    sell: sell.asset.id,
    buy: buy.asset.id,
    sold,
    expected,
    floor,
    routes: lanes.map(({ path, quote }) => ({
      markets: path.map(({ id }) => id),
      sold: quote.sold,
      expected: quote.bought,
    })),
    deadline: snapshot.at + trading.lifetime,
    cost: charge(lanes, before, sell.asset.id, buy, snapshot.gas),
    why: words(sell, buy, sold, expected),
  };
  return { kind: 'swap', swap, after: lanes.flatMap(({ quote }) => quote.after) };
}

/** Convert at the primary prices, rounded up: the vault's claim is never understated. */
export function fairUp(sell: Position, buy: Position, sold: bigint): bigint {
  return divUp(sold * sell.price * pow10(buy.asset.decimals), buy.price * pow10(sell.asset.decimals));
}

function total(lanes: readonly Lane[], what: 'sold' | 'bought'): bigint {
  return lanes.reduce((sum, { quote }) => sum + quote[what], 0n);
}

function words(sell: Position, buy: Position, sold: bigint, expected: bigint): string {
  const out = `${tokens(sold, sell.asset.decimals)} ${sell.asset.symbol}`;
  return `sell ${out} for about ${tokens(expected, buy.asset.decimals)} ${buy.asset.symbol}`;
}

function skip(why: string): Filled {
  return { kind: 'skip', why };
}
