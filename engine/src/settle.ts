// Settling: what became of a step. All its attempts share one nonce, so at most one of them can have landed.

import type { Step } from '@trimtab/core';
import type { Attempted } from './Run.ts';
import type { Fill, Found, Receipt, Venue } from './ports.ts';

export type Settled =
  | { readonly kind: 'settled'; readonly attempt: number; readonly receipt: Receipt; readonly fill?: Fill }
  | { readonly kind: 'reverted'; readonly attempt: number; readonly receipt: Receipt; readonly why: string }
  | { readonly kind: 'foreign'; readonly why: string }
  | { readonly kind: 'pending' }
  | { readonly kind: 'absent' };

/**
 * Look up every attempt of a step, newest first. One that landed decides; a pending one beats an absent one;
 * the nonce counts as used by somebody else only when no attempt of ours can explain it.
 */
export async function settle(venue: Pick<Venue, 'find'>, step: Step, attempts: readonly Attempted[]): Promise<Settled> {
  const seen: Found[] = [];
  for (let i = attempts.length - 1; i >= 0; i--) {
    const attempted = attempts[i];
    if (attempted === undefined) continue;
    const found = await venue.find(attempted.signed, step);
    if (found.kind === 'settled') return { ...found, attempt: i };
    if (found.kind === 'reverted') return { ...found, attempt: i };
    seen.push(found);
  }
  if (seen.some((f) => f.kind === 'pending')) return { kind: 'pending' };
  const foreign = seen.find((f) => f.kind === 'foreign');
  return foreign ?? { kind: 'absent' };
}
