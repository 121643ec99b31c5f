// What all markets do together.

import { add, real, whole } from './Flat.ts';
import type { Ladders } from './Ladders.ts';
import type { Pairs } from './Pairs.ts';
import type { Answer, Program } from './Program.ts';

/** Add up what markets do, into the net flow and the volume. */
export function addUp({ pairs, baskets, ladders }: Program, prices: Float64Array, into: Answer): void {
  const { flow, volume, gotOne, gotOther, coins } = into;
  const { one, other } = pairs;
  flow.fill(0);
  let total = 0;
  for (let index = 0; index < pairs.count; index++) {
    const amount = real(gotOne, index);
    if (amount === 0) continue;
    const token = whole(one, index);
    add(flow, token, amount);
    add(flow, whole(other, index), real(gotOther, index));
    total += Math.abs(amount) * real(prices, token);
  }
  for (let coin = 0; coin < coins.length; coin++) {
    const amount = real(coins, coin);
    if (amount === 0) continue;
    const token = whole(baskets.tokens, coin);
    add(flow, token, amount);
    total += Math.abs(amount) * real(prices, token);
  }
  volume[0] = total;
  if (ladders.count > 0) withhold(pairs, ladders, into);
}

function withhold({ other }: Pairs, { first, count }: Ladders, { flow, smooth, withheld }: Answer): void {
  smooth.set(flow);
  for (let index = 0; index < count; index++) add(smooth, whole(other, first + index), -real(withheld, index));
}
