// One small world for tests: three assets of 18, 8 and 6 decimals, four pools, a vault off nothing but its own weights.

import type { Price, Time } from '@trimtab/core';
import type { Address } from 'viem';
import type { PositionSpec, WorldSpec } from './World.ts';

const USD: Price = 10n ** 18n;

/** When the sample world begins {s}. */
export const BEGINS: Time = 1_700_000_000;

/** Describe a vault of $1.7m in ETH, BTC and dollars among pools of $30m. */
export function spec(strategist: Address): WorldSpec {
  const positions: readonly PositionSpec[] = [
    { halfWidth: 'full', size: { kind: 'value', usd: 20_000_000n * USD } },
    { halfWidth: 500, size: { kind: 'value', usd: 10_000_000n * USD } },
  ];
  return {
    tokens: [
      { symbol: 'WETH', decimals: 18, price: 1_800n * USD, heartbeat: 3_600, target: 6_000, held: 600n * 10n ** 18n },
      { symbol: 'WBTC', decimals: 8, price: 29_000n * USD, heartbeat: 3_600, target: 2_000, held: 10n * 10n ** 8n },
      { symbol: 'USDC', decimals: 6, price: USD, heartbeat: 86_400, target: 2_000, held: 400_000n * 10n ** 6n },
    ],
    pools: [
      { tokens: ['WETH', 'USDC'], feePpm: 500, positions },
      { tokens: ['WETH', 'USDC'], feePpm: 3_000, positions },
      { tokens: ['WBTC', 'WETH'], feePpm: 500, positions },
      { tokens: ['WBTC', 'USDC'], feePpm: 3_000, positions },
    ],
    native: 'WETH',
    strategist,
    band: 200,
    at: BEGINS,
  };
}
