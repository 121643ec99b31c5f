// What can go wrong in a simulated world, as data, so that a test can say exactly what and when.

import type { AssetId } from '@trimtab/core';

export type Fault =
  /** The process dies at its n-th port call from now, [1, ∞), before or after its effect; later calls fail until `revive`. */
  | { readonly kind: 'crash'; readonly call: number; readonly when: 'before' | 'after' }
  /** The next `send` reaches the network, but its reply does not come back. */
  | { readonly kind: 'lost-reply' }
  /** The next `send` never reaches the network, and fails. */
  | { readonly kind: 'lost-request' }
  /** The network forgets what it has not mined yet. */
  | { readonly kind: 'dropped' }
  /** This asset's feed stops publishing until told to go on. */
  | { readonly kind: 'stale'; readonly asset: AssetId }
  | { readonly kind: 'fresh'; readonly asset: AssetId }
  /** The next transaction that is mined reverts, and pays its gas. */
  | { readonly kind: 'revert'; readonly why: string }
  /** Somebody uses our key's next nonce for bytes of their own. */
  | { readonly kind: 'foreign' };

/** Stand for the death of the process: whoever catches it must start anew. */
export class Crashed extends Error {
  override readonly name = 'Crashed';
  readonly next = 'halt';
  constructor(call: string) {
    super(`the process died at ${call}: call revive() for the ports of a new process`);
  }
}

/** Stand for a network that failed: what was asked may or may not have happened. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
  readonly next = 'retry';
  constructor(what: string) {
    super(`${what}; look up what happened before doing it again`);
  }
}
