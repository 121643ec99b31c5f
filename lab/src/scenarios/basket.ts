// A plain world of any size: so many equal holdings, a dollar among them, and one deep pool for each against it.

import { Amount, FixedPoint, SqrtPrice } from '@trimtab/core';
import type { Asset, Concentrated, Price, Seconds, Strategy, Time, Usd } from '@trimtab/core';
import { MAJOR, STABLE } from '../actors/FeedKeeper.ts';
import * as Random from '../Random.ts';
import type { Spec } from '../world/Spec.ts';

/** Say what to build. Defaults: half a million dollars held, fifty million in each pool, fees of 0.05 %. */
export type Wish = {
  /** Assets, the dollar included, [2, 1000]. */
  readonly count: number;
  readonly seed: number;
  readonly held?: Usd;
  readonly depth?: Usd;
  readonly feePpm?: number;
};

const CHAIN = 31_337;
/** 2025-01-01T00:00:00Z. */
const START: Time = 1_735_689_600;
const BLOCK: Seconds = 12;
/** Few and dear shares: bands are whole atoms for each share, so a share must hold thousands of atoms of every asset. */
const SHARES = 10n * 10n ** 18n;
const WAD = 10n ** 18n;

/** Build a world on target, and the strategy that keeps it there. The dollar stands last; decimals and prices vary with the seed. */
export function basket(wish: Wish): { readonly spec: Spec; readonly strategy: Strategy } {
  const { count, seed, held = 500_000n * WAD, depth = 50_000_000n * WAD, feePpm = 500 } = wish;
  if (!Number.isInteger(count) || count < 2 || count > 1_000)
    throw new RangeError(`a basket of ${count}: give 2 to 1000 assets`);
  const random = Random.stream(seed, 'basket');
  const dollar: Asset = { id: idOf(count), symbol: 'USDC', decimals: 6 };
  const coins = Array.from({ length: count - 1 }, (_, i) => coin(i + 1, random));
  const all = [...coins, { asset: dollar, price: WAD }];
  return {
    spec: {
      chain: CHAIN,
      assets: all.map(({ asset }) => asset),
      held: all.map(({ asset, price }) => Amount.atomsDown(held / BigInt(count), asset.decimals, price)),
      supply: SHARES,
      prices: all.map(({ price }) => price),
      feeds: all.map(({ asset }) => (asset === dollar ? STABLE : MAJOR)),
      markets: coins.map(({ asset, price }) => pool(asset, price, dollar, depth, feePpm)),
      gas: { price: 10n ** 9n, native: 2_000n * WAD, authorise: 250_000n, swap: 220_000n, hop: 90_000n },
      bounds: {
        maxFloorDiscount: 150,
        maxBand: 500,
        navTolerance: 200,
        lossCapPerDay: 100,
        turnoverCapPerDay: 10_000,
        cooldown: 60,
        maxHorizon: 86_400,
      },
      at: START,
      blockTime: BLOCK,
    },
    strategy: strategy(all.map(({ asset }) => asset)),
  };
}

/** Equal weights, a band of a quarter of each, back to target. */
function strategy(assets: readonly Asset[]): Strategy {
  const weights = Object.fromEntries(assets.map(({ id }) => [id, 1 / assets.length]));
  return {
    when: { kind: 'band', relative: 2_500 },
    toward: { kind: 'fixed', weights },
    landing: 'target',
    trading: { minNotional: 50n * WAD, slippage: 50, lifetime: 1_800 },
    within: [
      { kind: 'staleness', grace: 300 },
      { kind: 'divergence', max: 200 },
      { kind: 'slippage', max: 150 },
      { kind: 'turnover', max: 6_000 },
      { kind: 'worthwhile', maxCost: 200 },
    ],
  };
}

function coin(index: number, random: Random.Random): { readonly asset: Asset; readonly price: Price } {
  const decimals = Random.below(random, 2) === 0 ? 18 : 8;
  // From a cent to a hundred thousand dollars, evenly in the logarithm; whole cents.
  const cents = BigInt(Math.round(10 ** (7 * Random.uniform(random))));
  return { asset: { id: idOf(index), symbol: `COIN${index}`, decimals }, price: cents * 10n ** 16n };
}

/** Spread `depth` dollars, half in each asset, over every price. */
function pool(asset: Asset, price: Price, dollar: Asset, depth: Usd, feePpm: number): Concentrated {
  const dollars = Amount.atomsDown(depth / 2n, dollar.decimals, WAD);
  const coins = Amount.atomsDown(depth / 2n, asset.decimals, price);
  const sqrtPriceX96 = FixedPoint.sqrtDown((dollars << 192n) / coins);
  const liquidity = FixedPoint.sqrtDown(dollars * coins);
  const edge = Math.floor(SqrtPrice.MAX_TICK / 10) * 10;
  return {
    kind: 'concentrated',
    id: `uniswap-v3:${CHAIN}/${asset.id.slice(asset.id.indexOf('/') + 1)}`,
    assets: [asset.id, dollar.id],
    sqrtPriceX96,
    tick: SqrtPrice.tickAt(sqrtPriceX96),
    liquidity,
    feePpm,
    tickSpacing: 10,
    ticks: [
      { index: -edge, liquidityNet: liquidity },
      { index: edge, liquidityNet: -liquidity },
    ],
    known: [-edge, edge],
  };
}

function idOf(index: number): string {
  return `eip155:${CHAIN}/0x${index.toString(16).padStart(40, '0')}`;
}
