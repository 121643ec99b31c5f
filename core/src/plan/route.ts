// The cheapest way to carry one trade: a single path, or two that share it so that neither is the better one any more.

import type { AssetId } from '../money/Asset.ts';
import { valueDown } from '../money/Amount.ts';
import type { Usd } from '../money/Price.ts';
import * as Gas from '../market/Gas.ts';
import type { Position } from '../portfolio/Portfolio.ts';
import * as Mesh from './Mesh.ts';
import * as Quote from './Quote.ts';
import { quantize } from './quantize.ts';

/** Hold the part of a trade that goes one way. */
export type Lane = { readonly path: Mesh.Path; readonly quote: Quote.Quote };

/** Two marginal prices are the same within this: near the best split, what the difference costs is of second order. */
const SAME = 1e-6;

/** Looks at most for a split; five are usual. */
const LOOKS = 24;

/** Choose what brings most after gas: one lane or two. Empty where no path takes anything. */
export function route(mesh: Mesh.Mesh, gas: Gas.Gas, sell: AssetId, buy: Position, sold: bigint): readonly Lane[] {
  const worth = (lanes: readonly Lane[]): Usd => net(lanes, gas, buy);
  const singles: Lane[] = [];
  for (const path of Mesh.paths(mesh, sell, buy.asset.id)) {
    const quote = Quote.of(path, sell, sold);
    if (quote !== undefined) singles.push({ path, quote });
  }
  const single = best(
    singles.map((lane) => [lane]),
    worth,
  );
  const [lead] = single;
  if (lead === undefined) return [];
  const left = lead.quote.sold < sold ? 0 : Quote.marginal(lead.quote.after, sell);
  const splits = singles
    .filter(({ path }) => apart(path, lead.path) && Quote.marginal(path, sell) > left)
    .map(({ path }) => split(lead.path, path, sell, sold));
  return best([single, ...splits], worth);
}

/**
 * Share a trade so that the marginal prices of both paths meet: at any other share, the better one should have more.
 * Finds where the logarithm of their ratio is zero by false position (Illinois rule: an end that stays twice
 * counts half; Dowell and Jarratt, 1971).
 */
function split(a: Mesh.Path, b: Mesh.Path, sell: AssetId, sold: bigint): readonly Lane[] {
  const excess = (share: bigint): number =>
    Math.log(marginalAfter(a, sell, share) / marginalAfter(b, sell, sold - share));
  let [low, high] = [0n, sold];
  let [above, below] = [excess(low), excess(high)];
  let moved: 'low' | 'high' | undefined;
  for (let look = 0; look < LOOKS && high - low > 1n; look++) {
    const chord = above / (above - below);
    const middle = low + quantize(chord > 0 && chord < 1 ? chord : 0.5, high - low);
    const found = excess(middle);
    if (Math.abs(found) < SAME) return both(a, b, sell, sold, middle);
    if (found > 0) {
      if (moved === 'low') below /= 2;
      [low, above, moved] = [middle, found, 'low'];
    } else {
      if (moved === 'high') above /= 2;
      [high, below, moved] = [middle, found, 'high'];
    }
  }
  return both(a, b, sell, sold, low);
}

/** Send `first` of a trade one way and the rest the other; nothing where either way takes none. */
function both(a: Mesh.Path, b: Mesh.Path, sell: AssetId, sold: bigint, first: bigint): readonly Lane[] {
  const one = Quote.of(a, sell, first);
  const other = Quote.of(b, sell, sold - first);
  if (one === undefined || other === undefined) return [];
  return [
    { path: a, quote: one },
    { path: b, quote: other },
  ];
}

/** Believe the price of the next atom after selling this many; zero where the path does not take them. */
function marginalAfter(path: Mesh.Path, sell: AssetId, sold: bigint): number {
  if (sold === 0n) return Quote.marginal(path, sell);
  const quote = Quote.of(path, sell, sold);
  return quote === undefined || quote.sold < sold ? 0 : Quote.marginal(quote.after, sell);
}

/** Take the first of those worth most; an empty list where there is none. */
function best(choices: readonly (readonly Lane[])[], worth: (lanes: readonly Lane[]) => Usd): readonly Lane[] {
  let chosen: readonly Lane[] = [];
  let most: Usd | undefined;
  for (const lanes of choices) {
    const value = worth(lanes);
    if (lanes.length > 0 && (most === undefined || value > most)) {
      chosen = lanes;
      most = value;
    }
  }
  return chosen;
}

/** Value what lanes bring, less the gas of every market in them. */
function net(lanes: readonly Lane[], gas: Gas.Gas, buy: Position): Usd {
  let bought = 0n;
  let markets = 0;
  for (const { path, quote } of lanes) {
    bought += quote.bought;
    markets += path.length;
  }
  return valueDown(bought, buy.asset.decimals, buy.price) - Gas.costUp(gas, gas.hop * BigInt(markets));
}

function apart(a: Mesh.Path, b: Mesh.Path): boolean {
  return a.every((market) => b.every(({ id }) => id !== market.id));
}
