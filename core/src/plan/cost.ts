// What a trade costs and who receives it. The same function prices a plan and charges a simulation.

import { valueUp } from '../money/Amount.ts';
import { max } from '../money/Fixed.ts';
import * as Gas from '../market/Gas.ts';
import type { Position } from '../portfolio/Portfolio.ts';
import type { Cost } from './Plan.ts';
import type { Lane } from './route.ts';

/**
 * Split the cost of a trade at the markets' own prices before it: the markets' fees, the impact of its size, and gas.
 * Every part is rounded up: a cost is never understated. Impact = ideal − fee − bought (implementation shortfall
 * without delay; Perold, 1988).
 */
export function cost(lanes: readonly Lane[], buy: Position, gas: Gas.Gas): Cost {
  let fee = 0n;
  let impact = 0n;
  let markets = 0n;
  for (const { path, quote } of lanes) {
    fee += quote.fee;
    impact += max(0n, quote.ideal - quote.fee - quote.bought);
    markets += BigInt(path.length);
  }
  return {
    fee: valueUp(fee, buy.asset.decimals, buy.price),
    impact: valueUp(impact, buy.asset.decimals, buy.price),
    gas: Gas.costUp(gas, gas.swap + gas.hop * (markets - 1n)),
  };
}
