// What a trade costs and who receives it. The same function prices a plan and charges a simulation.

import type { AssetId } from '../money/Asset.ts';
import { valueUp } from '../money/Amount.ts';
import { divUp, max } from '../money/Fixed.ts';
import * as Gas from '../market/Gas.ts';
import * as Market from '../market/Market.ts';
import type { Position } from '../portfolio/Portfolio.ts';
import * as Mesh from './Mesh.ts';
import type { Cost } from './Cost.ts';
import * as Quote from './Quote.ts';
import type { Lane } from './route.ts';

/**
 * Split the cost of a trade at the markets' own prices in `before`: the markets' fees, the impact of its size, and gas
 * with a rollup's charge for the data of its one transaction.
 * `before` holds the markets before the plan's first trade, so that what an earlier trade did to the price of a later
 * one counts as impact too. Every part is rounded up: a cost is never understated.
 * Impact = value at spot − fee − received (implementation shortfall without delay; Perold, 1988).
 */
export function charge(lanes: readonly Lane[], before: Mesh.Mesh, sell: AssetId, buy: Position, gas: Gas.Gas): Cost {
  let fee = 0n;
  let impact = 0n;
  let markets = 0n;
  for (const { path, quote } of lanes) {
    const start = path.map((market) => before.markets.get(market.id) ?? market);
    const kept = feesAtSpot(start, sell, quote);
    fee += kept;
    impact += atSpot(start, sell, quote.sold) - kept - quote.bought;
    markets += BigInt(path.length);
  }
  return {
    fee: valueUp(fee, buy.asset.decimals, buy.price),
    impact: valueUp(max(0n, impact), buy.asset.decimals, buy.price),
    gas: Gas.costUp(gas, gas.swap + gas.hop * (markets - 1n), 1n),
    bridge: 0n,
    mev: 0n,
  };
}

/** Carry every market's fee to the end of the path. In atoms of what is bought. */
function feesAtSpot(path: Mesh.Path, sell: AssetId, quote: Quote.Quote): bigint {
  let asset = sell;
  let sum = 0n;
  path.forEach((market, hop) => {
    sum += atSpot(path.slice(hop), asset, quote.fees[hop] ?? 0n);
    asset = Market.other(market, asset);
  });
  return sum;
}

function atSpot(path: Mesh.Path, sell: AssetId, atoms: bigint): bigint {
  const rate = Quote.spot(path, sell);
  return divUp(atoms * rate.bought, rate.sold);
}
