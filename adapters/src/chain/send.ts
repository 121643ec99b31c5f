// Handing signed bytes to a node. Whether they took effect is asked later, by their hash, never concluded from here.

import type { Signed } from '@trimtab/engine';
import * as Hex from './Hex.ts';
import { ProviderFailure, type Rpc, RpcRefusal } from './Rpc.ts';

/**
 * What nodes answer when the bytes, or others of the same nonce, are already with them or already in a block:
 * the outcome is unknown, and neither a success nor a failure.
 */
const KNOWN = /already known|known transaction|already imported|already exists|nonce too low|nonce is too low/i;

/**
 * What nodes answer when the bytes bid too little for the market of the moment. They are valid, and somebody who has
 * them may still include them: whether they must be outbid shows when they are looked up, not here.
 */
const TOO_CHEAP =
  /underpriced|less than block base fee|miner premium is negative|fee ?too ?low|gas ?price (is )?(too low|below)/i;

/** Send signed bytes. Throws ProviderFailure where the node may or may not have them, RpcRefusal where it will not take them. */
export async function send(rpc: Rpc, signed: Signed): Promise<void> {
  const answer = await rpc.request('eth_sendRawTransaction', [signed.raw]).catch((error: unknown) => {
    if (error instanceof RpcRefusal && (KNOWN.test(error.reason) || TOO_CHEAP.test(error.reason))) return signed.hash;
    throw error;
  });
  const hash = Hex.hash(rpc, 'eth_sendRawTransaction', answer);
  if (hash.toLowerCase() !== signed.hash.toLowerCase()) {
    throw new ProviderFailure(
      rpc.name,
      'eth_sendRawTransaction',
      `the node names it ${hash}, its bytes ${signed.hash}`,
    );
  }
}
