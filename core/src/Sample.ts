// Portfolios to try things on: a snapshot with pools of a stated depth, and what executing a plan does to it.
// Used by tests, examples and benches; nothing that decides imports it.

import type { Asset } from './money/Asset.ts';
import { atomsDown } from './money/Amount.ts';
import { mulDivDown, ONE, parse, pow10, sqrtDown } from './money/Fixed.ts';
import { parse as parsePrice, type Price, type Usd } from './money/Price.ts';
import type { Concentrated } from './market/amm/Concentrated.ts';
import * as SqrtPrice from './market/amm/SqrtPrice.ts';
import type { ConstantProduct } from './market/amm/ConstantProduct.ts';
import * as Market from './market/Market.ts';
import type { Plan, Swap } from './plan/Plan.ts';
import type { Strategy } from './policy/Strategy.ts';
import type { Snapshot } from './portfolio/Snapshot.ts';

/** Describe one holding in words: `price` in dollars, `tokens` as decimal text. */
export type Line = {
  readonly symbol: string;
  readonly decimals: number;
  readonly price: string;
  readonly tokens: string;
};

/** Three assets of 18, 8 and 6 decimals, 60/30/10 by value, worth $100,000. */
export const LINES: readonly Line[] = [
  { symbol: 'WETH', decimals: 18, price: '2000', tokens: '30' },
  { symbol: 'WBTC', decimals: 8, price: '30000', tokens: '1' },
  { symbol: 'USDC', decimals: 6, price: '1', tokens: '10000' },
];

/**
 * Build a snapshot of these holdings. Each asset trades against the last in two pools, each side `depth` deep:
 * a concentrated one at 0.05 % and a constant-product one at 0.3 %. Nothing is stale, and custody permits much.
 */
export function snapshot(lines: readonly Line[] = LINES, depth: Usd = 10_000_000n * ONE): Snapshot {
  const priced = lines.map((line) => ({ asset: assetOf(line), price: parsePrice(line.price) }));
  const settlement = priced.at(-1);
  if (settlement === undefined) throw new RangeError('a sample has no lines; give it at least one');
  const at = 1_700_000_000;
  return {
    portfolio: 'sample',
    at,
    block: { number: 1n, hash: '0x01' },
    assets: priced.map(({ asset }) => asset),
    holdings: lines.map((line) => ({ asset: assetOf(line).id, atoms: parse(line.tokens, line.decimals) })),
    prices: priced.map(({ asset, price }) => ({ asset: asset.id, source: 'sample', price, at, heartbeat: 3_600 })),
    markets: priced
      .slice(0, -1)
      .flatMap((one) => [concentrated(one, settlement, depth), product(one, settlement, depth)]),
    gas: { price: 10n ** 9n, native: 2_000n * ONE, authorise: 200_000n, swap: 200_000n, hop: 80_000n },
    inFlight: [],
    custody: {
      supply: 1_000n * ONE,
      nonce: 7,
      maxFloorDiscount: 200,
      maxBand: 500,
      lossRoom: 10n ** 30n,
      turnoverRoom: 10n ** 40n,
      readyAt: 0,
    },
  };
}

/** Hold the sample's first weights (60/30/10) within ±2 pp, landing on target, judged by every limit. */
export const STRATEGY: Strategy = {
  when: { kind: 'band', absolute: 200 },
  toward: { kind: 'fixed', weights: { weth: 0.6, wbtc: 0.3, usdc: 0.1 } },
  landing: 'target',
  trading: { minNotional: 50n * ONE, slippage: 50, lifetime: 120, sending: 'private' },
  within: [
    { kind: 'staleness', grace: 60 },
    { kind: 'divergence', max: 100 },
    { kind: 'slippage', max: 150 },
    { kind: 'turnover', max: 5_000 },
    { kind: 'worthwhile', maxCost: 100 },
  ],
};

/** Change one asset's price in every source; its pools stay where they are unless `depth` rebuilds them. */
export function reprice(before: Snapshot, asset: string, price: Price): Snapshot {
  return { ...before, prices: before.prices.map((one) => (one.asset === asset ? { ...one, price } : one)) };
}

/** Execute a plan on the snapshot's own pools: every swap gets exactly what the pools pay. */
export function settle(before: Snapshot, plan: Plan): Snapshot {
  return plan.steps.filter((step) => step.kind === 'swap').reduce(swap, before);
}

function swap(before: Snapshot, step: Swap): Snapshot {
  const markets = new Map(before.markets.map((market) => [market.id, market]));
  let received = 0n;
  for (const route of step.routes) {
    let asset = step.sell;
    let atoms = route.sold;
    for (const [hop, id] of route.markets.entries()) {
      const market = markets.get(id);
      if (market === undefined) throw new RangeError(`a plan names market ${id}, which its snapshot does not hold`);
      const outcome = Market.swap(market, asset, atoms, route.through[hop] ?? step.buy);
      markets.set(id, outcome.after);
      asset = outcome.buy;
      atoms = outcome.bought;
    }
    received += atoms;
  }
  const holdings = before.holdings.map(({ asset, atoms }) => {
    if (asset === step.sell) return { asset, atoms: atoms - step.sold };
    return { asset, atoms: asset === step.buy ? atoms + received : atoms };
  });
  return { ...before, holdings, markets: before.markets.map(({ id }) => markets.get(id) ?? missing(id)) };
}

type Priced = { readonly asset: Asset; readonly price: Price };

function assetOf({ symbol, decimals }: Line): Asset {
  return { id: symbol.toLowerCase(), symbol, decimals };
}

function product(one: Priced, other: Priced, depth: Usd): ConstantProduct {
  const reserve = ({ asset, price }: Priced): bigint => atomsDown(depth, asset.decimals, price);
  return {
    kind: 'constant-product',
    id: `product:${one.asset.id}/${other.asset.id}`,
    assets: [one.asset.id, other.asset.id],
    reserves: [reserve(one), reserve(other)],
    feePpm: 3_000,
  };
}

function concentrated(one: Priced, other: Priced, depth: Usd): Concentrated {
  const ratio = mulDivDown(
    one.price * pow10(other.asset.decimals),
    1n << 192n,
    other.price * pow10(one.asset.decimals),
  );
  const sqrtPriceX96 = sqrtDown(ratio);
  const liquidity = mulDivDown(atomsDown(depth, other.asset.decimals, other.price), SqrtPrice.Q96, sqrtPriceX96);
  return {
    kind: 'concentrated',
    id: `concentrated:${one.asset.id}/${other.asset.id}`,
    assets: [one.asset.id, other.asset.id],
    sqrtPriceX96,
    tick: SqrtPrice.tickAt(sqrtPriceX96),
    liquidity,
    feePpm: 500,
    tickSpacing: 10,
    ticks: [
      { index: -887_270, liquidityNet: liquidity },
      { index: 887_270, liquidityNet: -liquidity },
    ],
    known: [-887_270, 887_270],
  };
}

function missing(id: string): never {
  throw new RangeError(`market ${id} was lost on the way`);
}
