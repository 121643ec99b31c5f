// What was read of recorded pools: those that a market kind stands for exactly, and why the others are left out.

import { Market, MarketError } from '@trimtab/core';
import type { Asset, AssetId } from '@trimtab/core';
import { PoolDataError } from './Fields.ts';

/** Hold a pool as it stood at a block, or what keeps it from being one. */
export type Reading =
  | { readonly kind: 'pool'; readonly at: string; readonly block: number; readonly market: Market }
  | { readonly kind: 'left-out'; readonly at: string; readonly block: number; readonly why: string };

/** Describe tokens by id. */
export type Tokens = ReadonlyMap<AssetId, Asset>;

/** Hold pools that stand side by side, and how many were left out for which reason. */
export type Pools = {
  readonly markets: readonly Market[];
  readonly assets: readonly Asset[];
  readonly leftOut: ReadonlyMap<string, number>;
};

/** What is not recorded is taken to be as most tokens are: it changes nothing but the last digit of what a pool pays. */
const USUAL_DECIMALS = 18;

/** Read one pool; what cannot be made of it is said, not thrown. `make` returns the market, or why there is none. */
export function of(at: string, block: number, make: () => Market | string): Reading {
  try {
    const market = make();
    if (typeof market === 'string') return { kind: 'left-out', at, block, why: market };
    Market.check(market);
    return { kind: 'pool', at, block, market };
  } catch (error) {
    if (error instanceof PoolDataError) return { kind: 'left-out', at, block, why: 'incomplete record' };
    if (error instanceof MarketError) return { kind: 'left-out', at, block, why: 'impossible state' };
    throw error;
  }
}

/** Keep the newest state of every pool. */
export function gather(readings: readonly Reading[], tokens: Tokens): Pools {
  const newest = new Map<string, Reading>();
  const leftOut = new Map<string, number>();
  const drop = (why: string) => leftOut.set(why, (leftOut.get(why) ?? 0) + 1);
  for (const reading of readings) {
    const other = newest.get(reading.at);
    if (reading.kind === 'left-out') drop(reading.why);
    else if (other === undefined) newest.set(reading.at, reading);
    else {
      drop('a newer state is there');
      if (reading.block > other.block) newest.set(reading.at, reading);
    }
  }
  const markets = [...newest.values()].flatMap((reading) => (reading.kind === 'pool' ? [reading.market] : []));
  const ids = new Set(markets.flatMap(({ assets }) => [...assets]));
  return { markets, assets: [...ids].map((id) => describe(tokens, id)), leftOut };
}

/** Describe a token, by its address where it has no name. */
export function describe(tokens: Tokens, id: AssetId): Asset {
  const known = tokens.get(id);
  const symbol = known?.symbol ?? '';
  const address = id.slice(id.indexOf('/') + 1);
  return { id, symbol: symbol === '' ? address.slice(0, 8) : symbol, decimals: known?.decimals ?? USUAL_DECIMALS };
}
