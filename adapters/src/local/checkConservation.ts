// An independent count of every token, to the wei, that shares no code with what it checks.

import type { AssetId } from '@trimtab/core';
import type { Fill } from '@trimtab/engine';
import type { Deployment } from './World.ts';

export type Conservation = { readonly kind: 'kept' } | { readonly kind: 'broken'; readonly faults: readonly string[] };

/** State the vault's balances at some moment, in atoms. */
export type Balances = ReadonlyMap<AssetId, bigint>;

/** Read the vault's balances at the newest block. */
export function vaultBalances(deployment: Deployment): Promise<Balances> {
  return Promise.reject(new Error(`not yet: ${deployment.vault}`));
}

/**
 * Check that every token's balances sum to its supply, that filler and settler hold nothing, that the vault's
 * allowances are zero, and that its balances moved since `before` by exactly the fills.
 */
export function checkConservation(
  deployment: Deployment,
  before: Balances,
  fills: readonly Fill[],
): Promise<Conservation> {
  return Promise.reject(new Error(`not yet: ${deployment.vault} ${before.size} ${fills.length}`));
}
