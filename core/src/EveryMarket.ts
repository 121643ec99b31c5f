// A market of every kind, sound and small: what a check must let pass, and what is then made impossible field by field.
// Used by tests; nothing that decides imports it.

import { ONE } from './money/Fixed.ts';
import * as SqrtPrice from './market/amm/SqrtPrice.ts';
import type { Market } from './market/Market.ts';

export const product = {
  kind: 'constant-product',
  id: 'p',
  assets: ['A', 'B'],
  reserves: [ONE, ONE],
  feePpm: 3_000,
} as const;
export const concentrated = {
  kind: 'concentrated',
  id: 'c',
  assets: ['A', 'B'],
  sqrtPriceX96: SqrtPrice.Q96,
  tick: 0,
  liquidity: 5n * ONE,
  feePpm: 500,
  tickSpacing: 10,
  ticks: [
    { index: -100, liquidityNet: 5n * ONE },
    { index: 100, liquidityNet: -5n * ONE },
  ],
  known: [-200, 200],
} as const;
export const weighted = {
  kind: 'weighted',
  id: 'w',
  assets: ['A', 'B'],
  reserves: [ONE, ONE],
  weights: [ONE / 4n, (3n * ONE) / 4n],
  scales: [1n, 1n],
  fee: ONE / 1_000n,
} as const;
export const stable = {
  kind: 'stable-swap',
  id: 's',
  rounding: 'curve',
  assets: ['A', 'B'],
  reserves: [ONE, ONE],
  rates: [ONE, ONE],
  amp: 100n,
  ampPrecision: 1n,
  fee: ONE / 1_000n,
  adminFee: 0n,
} as const;
export const kinked = {
  kind: 'kinked',
  base: 0n,
  slopeBelow: 1n,
  slopeAbove: 1n,
  kink: 8n * 10n ** 26n,
  reserveFactor: 0,
} as const;
export const lending = {
  kind: 'lending',
  id: 'l',
  assets: ['A', 'B'],
  supplied: 10n,
  borrowed: 5n,
  receipts: { kind: 'shares', total: 9n },
  curve: kinked,
} as const;
export const valued = { price: ONE, decimals: 18 };
export const auction = {
  kind: 'auction',
  id: 'a',
  assets: ['A', 'B'],
  paid: valued,
  given: valued,
  sellable: 5n,
  buyable: 5n,
  terms: { notBefore: 0, deadline: 100, decay: 50, startPremium: 100, floorDiscount: 100 },
  at: 10,
} as const;
export const rate = { bought: 1n, sold: 1n };
export const gradual = {
  kind: 'gradual-auction',
  id: 'g',
  assets: ['A', 'B'],
  start: rate,
  decay: 1n,
  supply: { kind: 'continuous', emission: 1n, available: 5n },
} as const;
export const batch = { kind: 'batch', id: 'b', assets: ['A', 'B'], reserves: [10n, 10n], net: 0n } as const;
export const twamm = { kind: 'twamm', id: 't', assets: ['A', 'B'], pool: product, selling: [0n, 1n] } as const;
export const vault = {
  kind: 'vault-4626',
  id: 'v',
  assets: ['A', 'B'],
  totalAssets: 5n,
  totalShares: 5n,
  offset: 0,
  maxDeposit: 5n,
  maxWithdraw: 5n,
  entryPpm: 0,
  exitPpm: 0,
} as const;
export const bridge = {
  kind: 'bridge',
  id: 'r',
  assets: ['A', 'B'],
  parity: [1n, 1n],
  capacity: [5n, 5n],
  fixedFee: [0n, 0n],
  feePpm: 0,
  delay: { expected: 5, longest: 9 },
} as const;
export const level = { ticks: 5n, lots: 1n };
export const book = {
  kind: 'book',
  id: 'k',
  assets: ['A', 'B'],
  bids: [level],
  asks: [{ ...level, ticks: 6n }],
  tick: rate,
  lot: 1n,
  feePpm: 0,
} as const;

/** One of each kind. */
export const everyMarket = [
  product,
  concentrated,
  weighted,
  stable,
  lending,
  auction,
  gradual,
  batch,
  twamm,
  vault,
  bridge,
  book,
] as const satisfies readonly Market[];
