// Where the search for prices starts: the price of a token that has no value of its own follows from the markets that lead
// to one that has.

import { at } from '../../forecast/Numbers.ts';
import * as Network from './Network.ts';

/** Carry `values` {value/tok} from token to token along the deepest markets; zero where no market leads. */
export function guess({ markets }: Network.Network, values: readonly number[]): readonly number[] {
  const prices = [...values];
  for (;;) {
    let deepest = 0;
    let found: { readonly market: Network.Market; readonly unit: number } | undefined;
    for (const market of markets) {
      const spot = Network.spot(market);
      const known = market.tokens.findIndex((token) => at(prices, token) > 0);
      if (known < 0 || market.tokens.every((token) => at(prices, token) > 0)) continue;
      const unit = at(prices, at(market.tokens, known)) / at(spot, known);
      const depth = unit * depthOf(market);
      if (depth <= deepest) continue;
      deepest = depth;
      found = { market, unit };
    }
    if (found === undefined) return prices;
    const spot = Network.spot(found.market);
    for (const [j, token] of found.market.tokens.entries()) {
      if (at(prices, token) === 0) prices[token] = found.unit * at(spot, j);
    }
  }
}

/** Size a market by about what it holds, in the unit of its `spot` prices. */
function depthOf(market: Network.Market): number {
  switch (market.kind) {
    case 'constant-product':
      return 1;
    case 'weighted':
      return Math.max(...market.weights);
    case 'constant-sum':
      return Math.max(...market.reserves);
    case 'concentrated':
      return market.sqrtPrice * Math.max(...market.segments.map(({ liquidity }) => liquidity));
  }
}
