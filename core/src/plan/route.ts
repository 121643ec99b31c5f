// The cheapest way to carry one trade: a single path, or two that share it so that neither is the better one any more.

import type { AssetId } from '../money/Asset.ts';
import { valueDown } from '../money/Amount.ts';
import type { Usd } from '../money/Price.ts';
import * as Gas from '../market/Gas.ts';
import type { Position } from '../portfolio/Portfolio.ts';
import * as Mesh from './Mesh.ts';
import * as Quote from './Quote.ts';

/** Hold the part of a trade that goes one way. */
export type Lane = { readonly path: Mesh.Path; readonly quote: Quote.Quote };

/** Halvings of a split: the last is 1/65,536 of the trade, and near the best split its cost is of second order. */
const HALVINGS = 16;

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

/** Share a trade so that the marginal prices of both paths meet: at any other share, the better one should have more. */
function split(a: Mesh.Path, b: Mesh.Path, sell: AssetId, sold: bigint): readonly Lane[] {
  let low = 0n;
  let high = sold;
  for (let halving = 0; halving < HALVINGS && high - low > 1n; halving++) {
    const middle = (low + high) >> 1n;
    if (marginalAfter(a, sell, middle) > marginalAfter(b, sell, sold - middle)) low = middle;
    else high = middle;
  }
  const first = Quote.of(a, sell, low);
  const second = Quote.of(b, sell, sold - low);
  if (first === undefined || second === undefined) return [];
  return [
    { path: a, quote: first },
    { path: b, quote: second },
  ];
}

function marginalAfter(path: Mesh.Path, sell: AssetId, sold: bigint): number {
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
