// What a trade costs and who receives it. The same function prices a plan and charges a simulation.

import type { AssetId } from '../money/Asset.ts';
import { valueUp } from '../money/Amount.ts';
import { max } from '../money/Fixed.ts';
import type { Usd } from '../money/Price.ts';
import * as Gas from '../market/Gas.ts';
import type { Position } from '../portfolio/Portfolio.ts';
import type { Cost } from './Cost.ts';
import type { Lane } from './Lane.ts';
import * as Mesh from './Mesh.ts';
import * as Quote from './Quote.ts';

/**
 * Split the cost of a trade at the markets' own prices in `before`: the markets' fees, bridges' apart, the impact of its size, and gas
 * with a rollup's charge for the data of its one transaction. What others may take is for the caller to say.
 * `before` holds the markets before the plan's first trade, so that what an earlier trade did to the price of a later
 * one counts as impact too. Every part is rounded up: a cost is never understated.
 * Impact = value at spot − fee − received (implementation shortfall without delay; Perold, 1988).
 */
export function charge(lanes: readonly Lane[], before: Mesh.Mesh, sell: AssetId, buy: Position, gas: Gas.Gas): Cost {
  let [fee, bridge, impact] = [0n, 0n, 0n];
  for (const { path, quote } of lanes) {
    const start = Mesh.within(before, path) ?? path;
    const kept = feesAtSpot(start, sell, quote);
    fee += kept.markets;
    bridge += kept.bridges;
    impact += Quote.atSpotUp(start, sell, quote.sold) - kept.markets - kept.bridges - quote.bought;
  }
  const value = (atoms: bigint): Usd => valueUp(atoms, buy.asset.decimals, buy.price);
  return { fee: value(fee), impact: value(max(0n, impact)), gas: gasOf(lanes, gas), bridge: value(bridge), mev: 0n };
}

/** Value the gas of one fill: one market, and each further one that is gone through. */
export function gasOf(lanes: readonly Lane[], gas: Gas.Gas): Usd {
  const markets = lanes.reduce((count, { path }) => count + path.length, 0);
  return Gas.costUp(gas, gas.swap + gas.hop * BigInt(markets - 1), 1n);
}

/** Carry every market's fee to the end of the path. In atoms of what is bought. */
function feesAtSpot(path: Mesh.Path, sell: AssetId, quote: Quote.Quote) {
  let asset = sell;
  const kept = { markets: 0n, bridges: 0n };
  for (const [hop, { market, buy }] of path.entries()) {
    const { atoms, side } = quote.fees[hop] ?? { atoms: 0n, side: 'in' };
    const atEnd =
      side === 'in' ? Quote.atSpotUp(path.slice(hop), asset, atoms) : Quote.atSpotUp(path.slice(hop + 1), buy, atoms);
    kept[market.kind === 'bridge' ? 'bridges' : 'markets'] += atEnd;
    asset = buy;
  }
  return kept;
}
