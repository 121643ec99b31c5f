// A small make-believe vault for tests of what is shown: three assets, a falling market, a snapshot of both. Prices and
// amounts are plausible, not simulated; rehearsals of trading belong to the lab.

import type { Asset, Drift, Snapshot, Strategy } from '@trimtab/core';

export type Scene = {
  /** Chain time. */
  readonly at: number;
  readonly block: number;
  /** {USD/tok}, in the order of ASSETS. */
  readonly prices: readonly number[];
  /** {tok}, in the order of ASSETS. */
  readonly tokens: readonly number[];
};

export const PORTFOLIO = 'eip155:31337/0x5fbdb2315678afecb367f032d93f642f64180aa3';
export const ASSETS: readonly Asset[] = [
  { id: 'eip155:31337/0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2', symbol: 'WETH', decimals: 18 },
  { id: 'eip155:31337/0x2260fac5e5542a773aa44fbcfedf7c193bc2c599', symbol: 'WBTC', decimals: 8 },
  { id: 'eip155:31337/0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48', symbol: 'USDC', decimals: 6 },
];
const TARGETS = [0.4, 0.3, 0.3];
const HALF_WIDTH = 0.015;

/** Begin at this chain time, on target, with about a million dollars. */
export function begin(at: number): Scene {
  const prices = [1_800, 29_000, 1];
  return { at, block: 17_930_000, prices, tokens: TARGETS.map((target, i) => (1e6 * target) / (prices[i] ?? 1)) };
}

/** Let a minute pass in which prices move by these factors. */
export function pass(scene: Scene, factors: readonly number[]): Scene {
  const prices = scene.prices.map((price, i) => price * (factors[i] ?? 1));
  return { ...scene, prices, at: scene.at + 60, block: scene.block + 5 };
}

/** Move tokens: what was sold leaves, what was received arrives. */
export function trade(scene: Scene, changes: readonly number[]): Scene {
  return { ...scene, tokens: scene.tokens.map((held, i) => held + (changes[i] ?? 0)) };
}

export function value(scene: Scene): number {
  return scene.tokens.reduce((sum, held, i) => sum + held * (scene.prices[i] ?? 0), 0);
}

/** State each asset's drift. */
export function drift(scene: Scene): Drift[] {
  const all = value(scene);
  return ASSETS.map((asset, i) => {
    const target = TARGETS[i] ?? 0;
    const held = (scene.tokens[i] ?? 0) * (scene.prices[i] ?? 0);
    const absolute = held / all - target;
    return {
      asset: asset.id,
      value: d18(held),
      weight: held / all,
      target,
      absolute,
      relative: absolute / target,
      band: [target - HALF_WIDTH, target + HALF_WIDTH],
    };
  });
}

export const STRATEGY: Strategy = {
  when: { kind: 'band', absolute: HALF_WIDTH * 10_000 },
  toward: { kind: 'fixed', weights: Object.fromEntries(ASSETS.map((asset, i) => [asset.id, TARGETS[i] ?? 0])) },
  landing: 'target',
  trading: { minNotional: d18(250), slippage: 30, lifetime: 600 },
  within: [
    { kind: 'staleness', grace: 60 },
    { kind: 'divergence', max: 100 },
    { kind: 'slippage', max: 50 },
    { kind: 'turnover', max: 2_000 },
    { kind: 'worthwhile', maxCost: 60 },
  ],
};

/** Take the picture that a decision is made from. Feeds speak every few minutes, each at its own time. */
export function snapshot(scene: Scene): Snapshot {
  const heartbeats = [3_600, 3_600, 86_400];
  const intervals = [900, 1_260, 21_600];
  return {
    portfolio: PORTFOLIO,
    at: scene.at,
    block: { number: BigInt(scene.block), hash: `0x${scene.block.toString(16).padStart(64, '0')}` },
    assets: ASSETS,
    holdings: ASSETS.map((asset, i) => ({ asset: asset.id, atoms: atoms(scene.tokens[i] ?? 0, asset.decimals) })),
    prices: ASSETS.map((asset, i) => ({
      asset: asset.id,
      source: `chainlink:31337/${asset.symbol.toLowerCase()}-usd`,
      price: d18(scene.prices[i] ?? 0),
      at: scene.at - (scene.at % (intervals[i] ?? 900)),
      heartbeat: heartbeats[i] ?? 3_600,
    })),
    markets: [],
    gas: {
      price: 25_000_000_000n,
      native: d18(scene.prices[0] ?? 0),
      authorise: 90_000n,
      swap: 160_000n,
      hop: 70_000n,
    },
    inFlight: [],
    custody: {
      supply: 10n ** 24n,
      nonce: 1,
      maxFloorDiscount: 100,
      maxBand: 500,
      lossRoom: d18(10_000),
      turnoverRoom: d18(500_000),
      readyAt: scene.at,
    },
  };
}

/** Turn dollars into D18{USD}, to a millionth of a dollar. */
export function d18(dollars: number): bigint {
  return BigInt(Math.round(dollars * 1e6)) * 10n ** 12n;
}

/** Turn tokens into atoms, to a millionth of a token. */
export function atoms(tokens: number, decimals: number): bigint {
  return (BigInt(Math.round(tokens * 1e6)) * 10n ** BigInt(decimals)) / 1_000_000n;
}
