// The part of a trade that goes one way, and what it brings there.

import type { AssetId } from '../money/Asset.ts';
import { divUp } from '../money/Fixed.ts';
import * as Mesh from './Mesh.ts';
import * as Quote from './Quote.ts';

/** Hold a path in the state that it is found in, and its answer to a size. */
export type Lane = { readonly path: Mesh.Path; readonly quote: Quote.Quote };

/** Say how much of a trade goes along a path. */
export type Share = { readonly path: Mesh.Path; readonly sold: bigint };

/** Hold what came of sending shares along their paths, and the markets as that leaves them. */
export type Sent = { readonly lanes: readonly Lane[]; readonly after: Mesh.Mesh };

/** Send shares along their paths one after another, each through the markets as those before it leave them. Those that bring nothing are left out. */
export function send(mesh: Mesh.Mesh, sell: AssetId, shares: readonly Share[]): Sent {
  const lanes: Lane[] = [];
  const after = new Map(mesh);
  for (const share of shares) {
    const path = share.sold > 0n ? Mesh.within(after, share.path) : undefined;
    const quote = path === undefined ? undefined : quoteOf(path, sell, share.sold);
    if (path === undefined || quote === undefined) continue;
    lanes.push({ path, quote });
    for (const { market } of quote.after) after.set(market.id, market);
  }
  return { lanes, after };
}

/** A market that is used to its end may be offered an atom too much by the one before it: a millionth less is then sold. */
const LESS = 1_000_000n;

function quoteOf(path: Mesh.Path, sell: AssetId, sold: bigint): Quote.Quote | undefined {
  const quote = Quote.of(path, sell, sold);
  return quote !== undefined || path.length === 1 ? quote : Quote.of(path, sell, sold - divUp(sold, LESS));
}

/** Add up what lanes sell, or what they bring. In atoms. */
export function total(lanes: readonly Lane[], what: 'sold' | 'bought'): bigint {
  return lanes.reduce((sum, { quote }) => sum + quote[what], 0n);
}
