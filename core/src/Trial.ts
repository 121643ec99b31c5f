// Small worlds to plan in, drawn by tests: portfolios of four assets, markets of three kinds of which some are mispriced, and the
// arithmetic of a plan done again in the plainest way. Used by tests only; nothing that decides imports it.

import * as Market from './market/Market.ts';
import { approximate } from './money/approximate.ts';
import { mulDivDown, mulDivUp, ONE, pow10 } from './money/Fixed.ts';
import type { Weights } from './portfolio/Drift.ts';
import * as Portfolio from './portfolio/Portfolio.ts';
import type { Snapshot } from './portfolio/Snapshot.ts';
import * as Sample from './Sample.ts';
import type { Plan, Swap } from './plan/Plan.ts';

/** How stiffly being off target counts {1} where a plan is told nothing else. */
const KAPPA = 100;

/** Hold a portfolio in its world, and where it is to go. */
export type World = { readonly snapshot: Snapshot; readonly weights: Weights };

/** State what a world is drawn from, one number an asset. */
export type Drawn = {
  /** What is held of each {2,000 USD}. */
  readonly held: readonly number[];
  /** What is wanted of each, in proportion. */
  readonly wanted: readonly number[];
  /** How far each price is from the one that markets trade at {bps}. */
  readonly skews: readonly number[];
  /** What each side of a market holds, about {USD}. */
  readonly depth: bigint;
  /** {gwei/gas}. */
  readonly gwei: bigint;
  /** What custody lets be sold, D18{USD}. */
  readonly room: bigint;
};

const LINES = [
  { symbol: 'WETH', decimals: 18, price: '2000' },
  { symbol: 'WBTC', decimals: 8, price: '30000' },
  { symbol: 'LINK', decimals: 18, price: '10' },
  { symbol: 'USDC', decimals: 6, price: '1' },
] as const;

/** Build the world. */
export function of({ held, wanted, skews, depth, gwei, room }: Drawn): World {
  const lines = LINES.map((line, index) => ({
    ...line,
    tokens: (((held[index] ?? 0) * 2_000) / Number(line.price)).toFixed(6),
  }));
  const plain = Sample.snapshot(lines, depth * ONE);
  const prices = plain.prices.map((one, index) => ({
    ...one,
    price: mulDivDown(one.price, BigInt(10_000 + (skews[index] ?? 0)), 10_000n),
  }));
  const sum = wanted.reduce((total, part) => total + part, 0);
  return {
    snapshot: {
      ...plain,
      prices,
      markets: [...plain.markets, ...across(depth)],
      gas: { ...plain.gas, price: gwei * 10n ** 9n },
      custody: { ...plain.custody, turnoverRoom: room },
    },
    weights: Object.fromEntries(plain.holdings.map(({ asset }, index) => [asset, (wanted[index] ?? 0) / sum])),
  };
}

/** Pools that do not go through the settlement asset. */
function across(depth: bigint): readonly Market.Market[] {
  return [
    {
      kind: 'constant-product',
      id: 'product:weth/wbtc',
      assets: ['weth', 'wbtc'],
      reserves: [(depth * ONE) / 2_000n, (depth * 10n ** 8n) / 30_000n],
      feePpm: 500,
    },
    {
      kind: 'weighted',
      id: 'weighted:weth/link/usdc',
      assets: ['weth', 'link', 'usdc'],
      reserves: [(depth * ONE) / 2_000n, (depth * ONE) / 20n, (depth * 10n ** 6n) / 2n],
      weights: [ONE / 2n, ONE / 4n, ONE / 4n],
      scales: [1n, 1n, 10n ** 12n],
      fee: ONE / 1_000n,
    },
  ];
}

/** List a plan's swaps in their order. */
export function swapsOf({ steps }: Plan): readonly Swap[] {
  return steps.filter((step) => step.kind === 'swap');
}

/** Hold what is held of each asset {atoms}, and the markets as they stand. Trades change it. */
export type State = { readonly held: Map<string, bigint>; readonly markets: Map<string, Market.Market> };

/** Start from a snapshot. */
export function start({ holdings, markets }: Snapshot): State {
  return {
    held: new Map(holdings.map(({ asset, atoms }) => [asset, atoms])),
    markets: new Map(markets.map((market) => [market.id, market])),
  };
}

/** Name a way from one asset to another: each market, and what comes out of it. */
export type Way = readonly (readonly [market: string, buy: string])[];

/** Sell along a way and return what is bought. Where a market does not take all that comes to it, nothing is done and nothing bought. */
export function send({ held, markets }: State, sell: string, sold: bigint, way: Way): bigint {
  const after: Market.Market[] = [];
  let [asset, atoms] = [sell, sold];
  for (const [id, buy] of way) {
    const market = markets.get(id);
    if (market === undefined) throw new Error(`no market ${id}`);
    const outcome = Market.swap(market, asset, atoms, buy);
    if (outcome.sold !== atoms) return 0n;
    after.push(outcome.after);
    [asset, atoms] = [buy, outcome.bought];
  }
  for (const market of after) markets.set(market.id, market);
  held.set(sell, (held.get(sell) ?? 0n) - sold);
  held.set(asset, (held.get(asset) ?? 0n) + atoms);
  return atoms;
}

/** Make a swap, and return what each of its routes brings. */
export function make(state: State, { sell, buy, routes }: Swap): readonly bigint[] {
  return routes.map(({ markets, through, sold }) =>
    send(
      state,
      sell,
      sold,
      markets.map((id, hop) => [id, through[hop] ?? buy]),
    ),
  );
}

/** Count a portfolio {USD}: Σv − κ/(2·V0)·Σ(v − w·Σv)², by the definition. */
export function count({ snapshot, weights }: World, { held }: State): number {
  const prices = Portfolio.primaryPrices(snapshot);
  const valuesOf = (atoms: ReadonlyMap<string, bigint>): readonly number[] =>
    snapshot.assets.map(({ id, decimals }) =>
      approximate((atoms.get(id) ?? 0n) * (prices.get(id) ?? 0n), pow10(decimals + 18)),
    );
  const sum = (list: readonly number[]): number => list.reduce((total, one) => total + one, 0);
  const [values, before] = [valuesOf(held), sum(valuesOf(start(snapshot).held))];
  const total = sum(values);
  const off = values.map((value, index) => value - (weights[snapshot.assets[index]?.id ?? ''] ?? 0) * total);
  return total - (KAPPA / (2 * before)) * sum(off.map((one) => one ** 2));
}

/** Count what is held of an asset above its target {atoms}. */
export function spare({ snapshot, weights }: World, id: string): bigint {
  const { positions, value } = Portfolio.of(snapshot);
  const one = positions.find(({ asset }) => asset.id === id);
  if (one === undefined) return 0n;
  const wanted = mulDivUp(value, BigInt(Math.ceil((weights[id] ?? 0) * 1e15)), 10n ** 15n);
  const least = mulDivUp(wanted, pow10(one.asset.decimals), one.price);
  return one.held > least ? one.held - least : 0n;
}

/** Make everything larger that is counted in money. */
export function scale({ snapshot, weights }: World, factor: bigint): World {
  const markets = snapshot.markets.map((market): Market.Market => {
    switch (market.kind) {
      case 'constant-product':
        return { ...market, reserves: [market.reserves[0] * factor, market.reserves[1] * factor] };
      case 'weighted':
        return { ...market, reserves: market.reserves.map((reserve) => reserve * factor) };
      case 'concentrated':
        return {
          ...market,
          liquidity: market.liquidity * factor,
          ticks: market.ticks.map((tick) => ({ ...tick, liquidityNet: tick.liquidityNet * factor })),
        };
      default:
        throw new Error(`no ${market.kind} was drawn`);
    }
  });
  return {
    weights,
    snapshot: {
      ...snapshot,
      markets,
      holdings: snapshot.holdings.map(({ asset, atoms }) => ({ asset, atoms: atoms * factor })),
      gas: { ...snapshot.gas, price: snapshot.gas.price * factor },
      custody: { ...snapshot.custody, turnoverRoom: snapshot.custody.turnoverRoom * factor },
    },
  };
}
