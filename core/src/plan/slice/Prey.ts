// One market of a swap under attack: a front-run, the swap and the sale of what was bought, played on the market's own integers.

import * as Market from '../../market/Market.ts';
import * as Way from './Way.ts';

/** Hold a market, the ways to play again, and what the other ways bring whatever happens here. */
export type Prey = {
  readonly hop: Way.Hop;
  /** The first way that reaches the market, and where on it. */
  readonly way: Way.Way;
  readonly place: number;
  readonly ways: readonly Way.Way[];
  readonly elsewhere: bigint;
  /** What that way puts into the market. */
  readonly offered: bigint;
  /** Whether the first atom of a front-run gains. */
  readonly opensWithGain: boolean;
};

/** Hold a front-run and the swap after it. */
export type Opened = {
  /** What the attacker sold, and bought. */
  readonly front: bigint;
  readonly bought: bigint;
  /** The market after the swap. */
  readonly market: Market.Market;
  /** What the swap received in all; undefined where it fails. */
  readonly received: bigint | undefined;
};

/** Hold an attack played to its end: the gain is in atoms of what the attacker sold first. */
export type Played = Opened & { readonly gain: bigint };

/** Swaps at most to sell a purchase back. */
const GOES = 4;

/** Play a front-run and the swap. */
export function open({ hop, ways, elsewhere }: Prey, front: bigint): Opened {
  const { market, sell, buy } = hop;
  const opened = Way.swap(market, sell, front, buy);
  if (opened === undefined) return { front, bought: 0n, market, received: undefined };
  const { sold, bought, after } = opened;
  const states: Way.States = new Map([[market.id, after]]);
  const traces = Way.play(ways, states);
  const received = traces === undefined ? undefined : elsewhere + Way.received(traces);
  return { front: sold, bought, market: states.get(market.id) ?? after, received };
}

/** Sell the whole purchase back, in several goes where the market takes only so much at once. Nothing is gained where the swap fails. */
export function close({ hop }: Prey, opened: Opened): Played {
  if (opened.received === undefined) return { ...opened, gain: 0n };
  let { market, bought: left } = opened;
  let back = 0n;
  for (let go = 0; go < GOES && left > 0n; go++) {
    const closed = Way.swap(market, hop.buy, left, hop.sell);
    if (closed === undefined || closed.sold === 0n) break;
    market = closed.after;
    left -= closed.sold;
    back += closed.bought;
  }
  return { ...opened, gain: back - opened.front };
}

/** Say whether the gain has one summit at most: under one formula, or in one range of ticks for the front-run and the swap. */
export function isSmooth(before: Market.Market, after: Market.Market): boolean {
  if (before.kind !== 'concentrated' || after.kind !== 'concentrated') return isOneFormula(before);
  return before.liquidity === after.liquidity;
}

/** Say whether one formula rules all of a pool and leaves the gain one summit; a stable curve is flat, then steep, and leaves two. */
export function isOneFormula({ kind }: Market.Market): boolean {
  return kind === 'constant-product' || kind === 'weighted' || kind === 'twamm';
}
