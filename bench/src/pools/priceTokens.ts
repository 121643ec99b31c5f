// What tokens are worth, by nothing but the pools: the prices that come nearest to what all pools say of them, in least squares of
// logarithms, each pool counting by what it holds, from one token that is worth what it is worth.

import { approximate, Market } from '@trimtab/core';
import type { Asset, AssetId } from '@trimtab/core';
import { depthOf } from './depthOf.ts';

/** What a token is worth {USD/tok}, and what the way from the anchor to it holds where it holds least {USD}. */
export type Worth = { readonly asset: Asset; readonly usd: number; readonly behind: number };

/** Price tokens by id; those that no pool ties to the anchor are missing. */
export type Worths = ReadonlyMap<AssetId, Worth>;

/** Say that a token of `to` costs e^`log` tokens of `from`, and how much of each {tok} stands behind it. */
type Tie = {
  readonly from: AssetId;
  readonly to: AssetId;
  readonly log: number;
  readonly depth: readonly [number, number];
};

/** Sweeps at most; logarithms that move by less have come to rest. */
const SWEEPS = 1_000;
const STILL = 1e-9;

/**
 * Price tokens {USD/tok}. The first prices walk from the anchor, always through the pool with most behind it; then each is the mean
 * of what its pools say, weighted by what they hold at the first prices, until none moves (Gauss–Seidel on the normal equations).
 */
export function priceTokens(markets: readonly Market[], assets: readonly Asset[], anchor: AssetId): Worths {
  const ties = tiesOf(markets, new Map(assets.map(({ id, decimals }) => [id, decimals])));
  const near = new Map<AssetId, Tie[]>();
  for (const tie of ties.flatMap((one) => [one, turned(one)])) {
    const list = near.get(tie.from);
    if (list === undefined) near.set(tie.from, [tie]);
    else list.push(tie);
  }
  const reached = walk(near, anchor);
  const said = sayings(near, reached, anchor);
  const logs = Float64Array.from(reached.values(), ({ log }) => log);
  for (let sweep = 0; sweep < SWEEPS && relax(said, logs) > STILL; sweep++);
  const known = new Map(assets.map((asset) => [asset.id, asset]));
  return new Map(
    [...reached].flatMap(([id, { behind }], place) => {
      const [asset, log] = [known.get(id), logs[place]];
      return asset === undefined || log === undefined ? [] : [[id, { asset, usd: Math.exp(log), behind }] as const];
    }),
  );
}

/** Tie each two tokens of every pool that has a price. */
function tiesOf(markets: readonly Market[], decimals: ReadonlyMap<AssetId, number>): readonly Tie[] {
  return markets.flatMap((market) =>
    market.assets.flatMap((from, place) =>
      market.assets.slice(place + 1).flatMap((to): readonly Tie[] => {
        const units = [10 ** (decimals.get(from) ?? NaN), 10 ** (decimals.get(to) ?? NaN)] as const;
        const { bought, sold } = Market.spot(market, from, to);
        const [one, other] = depthOf(market, from, to);
        const log = Math.log((approximate(sold, bought) * units[1]) / units[0]);
        if (!Number.isFinite(log)) return [];
        return [{ from, to, log, depth: [one / units[0], other / units[1]] }];
      }),
    ),
  );
}

function turned({ from, to, log, depth }: Tie): Tie {
  return { from: to, to: from, log: -log, depth: [depth[1], depth[0]] };
}

/** Reach tokens from the anchor, next always the one that most is behind: the side of the pool that has a price already. */
function walk(near: ReadonlyMap<AssetId, readonly Tie[]>, anchor: AssetId): ReadonlyMap<AssetId, Reached> {
  const reached = new Map<AssetId, Reached>();
  let open: readonly { readonly asset: AssetId; readonly found: Reached }[] = [
    { asset: anchor, found: { log: 0, behind: Infinity } },
  ];
  for (;;) {
    const best = open.reduce<(typeof open)[number] | undefined>(
      (most, one) => (most === undefined || one.found.behind > most.found.behind ? one : most),
      undefined,
    );
    if (best === undefined) return reached;
    reached.set(best.asset, best.found);
    const { log, behind } = best.found;
    const more = (near.get(best.asset) ?? []).map((tie) => ({
      asset: tie.to,
      found: { log: log + tie.log, behind: Math.min(behind, Math.exp(log) * tie.depth[0]) },
    }));
    open = [...open, ...more].filter(({ asset }) => !reached.has(asset));
  }
}

/** The logarithm of a price {USD/tok}, and the least that any pool on the way to it holds {USD}. */
type Reached = { readonly log: number; readonly behind: number };

/** What a pool says of a token's logarithm: that of another token, by its place, and so much more. `weight` {USD} */
type Saying = { readonly other: number; readonly more: number; readonly weight: number };

/** List what pools say of every token that was reached; of the anchor nothing, as it is worth what it is worth. */
function sayings(
  near: ReadonlyMap<AssetId, readonly Tie[]>,
  reached: ReadonlyMap<AssetId, Reached>,
  anchor: AssetId,
): readonly (readonly Saying[])[] {
  const places = new Map([...reached.keys()].map((asset, place) => [asset, place]));
  return [...reached.keys()].map((asset) =>
    (asset === anchor ? [] : (near.get(asset) ?? [])).flatMap((tie) => {
      const other = places.get(tie.to);
      return other === undefined ? [] : [{ other, more: -tie.log, weight: weigh(tie, reached) }];
    }),
  );
}

/**
 * What stands behind a tie {USD}: the smaller of its two sides, as the larger may be a token that nobody wants, and no more than stands
 * behind its tokens' own prices.
 */
function weigh({ from, to, depth }: Tie, reached: ReadonlyMap<AssetId, Reached>): number {
  const sides = [from, to].map((asset, side) => {
    const { log, behind } = reached.get(asset) ?? { log: NaN, behind: 0 };
    return Math.min(behind, Math.exp(log) * (depth[side] ?? 0));
  });
  return Math.min(...sides);
}

/** Move every price to what its neighbours say, and tell by how much the largest moved. */
function relax(said: readonly (readonly Saying[])[], logs: Float64Array): number {
  let largest = 0;
  for (const [place, heard] of said.entries()) {
    let [sum, total] = [0, 0];
    for (const { other, more, weight } of heard) {
      sum += weight * ((logs[other] ?? NaN) + more);
      total += weight;
    }
    if (!(total > 0)) continue;
    largest = Math.max(largest, Math.abs(sum / total - (logs[place] ?? 0)));
    logs[place] = sum / total;
  }
  return largest;
}
