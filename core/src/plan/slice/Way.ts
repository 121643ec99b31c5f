// The ways that a swap takes through exact markets, so that it can be played again after somebody else has traded first.

import type { AssetId } from '../../money/Asset.ts';
import { StableSwapError } from '../../market/amm/StableCurve.ts';
import * as Market from '../../market/Market.ts';
import { MarketError } from '../../market/Terms.ts';

/** Hold one market on a way, and what is sold to it for what. */
export type Hop = { readonly market: Market.Market; readonly sell: AssetId; readonly buy: AssetId };

/** Hold a part of a swap: the atoms that go into its first market, and the markets one after another. */
export type Way = { readonly hops: readonly Hop[]; readonly sold: bigint };

/** Name what a routed swap says of each of its parts: the markets that it goes through, what comes out of each, and how much goes in. */
export type Routed = { readonly path: readonly Out[]; readonly quote: { readonly sold: bigint } };

/** Go through a market and come out with `buy`. */
export type Out = { readonly market: Market.Market; readonly buy: AssetId };

/** Hold what hops did, in their order: what each took and paid, and how it left its market. */
export type Trace = readonly Market.Outcome[];

/** Name the states that markets are in, where they differ from those of the hops. */
export type States = Map<Market.MarketId, Market.Market>;

/** Name what is sold to each market along routed paths from `sell` on. */
export function of(lanes: readonly Routed[], sell: AssetId): readonly Way[] {
  return lanes.map(({ path, quote }) => ({
    hops: path.map(({ market, buy }, place): Hop => ({ market, sell: path[place - 1]?.buy ?? sell, buy })),
    sold: quote.sold,
  }));
}

/**
 * Play ways one after another on the markets in `states`, which they change. Undefined where a market takes less than it
 * is offered: the swap then fails as a whole.
 */
export function play(ways: readonly Way[], states: States): readonly Trace[] | undefined {
  const traces: Trace[] = [];
  for (const { hops, sold } of ways) {
    const trace: Market.Outcome[] = [];
    let atoms = sold;
    for (const { market, sell, buy } of hops) {
      const outcome = swap(states.get(market.id) ?? market, sell, atoms, buy);
      if (outcome === undefined || outcome.sold !== atoms) return undefined;
      states.set(market.id, outcome.after);
      trace.push(outcome);
      atoms = outcome.bought;
    }
    traces.push(trace);
  }
  return traces;
}

/** Swap, or undefined where the market is pushed to where its own arithmetic gives up and its contract refuses. */
export function swap(market: Market.Market, sell: AssetId, sold: bigint, buy: AssetId): Market.Outcome | undefined {
  return unless(() => Market.swap(market, sell, sold, buy));
}

/** Give the exact price before fees, or undefined where the market's arithmetic gives up. */
export function spot(market: Market.Market, sell: AssetId, buy: AssetId): Market.Rate | undefined {
  return unless(() => Market.spot(market, sell, buy));
}

function unless<Answer>(ask: () => Answer): Answer | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof StableSwapError || error instanceof MarketError) return undefined;
    throw error;
  }
}

/** Sum what comes out at the ends of ways that were played. */
export function received(traces: readonly Trace[]): bigint {
  return traces.reduce((sum, trace) => sum + (trace.at(-1)?.bought ?? 0n), 0n);
}

/** Give the exact price before fees of what a way holds before hop `place`: atoms of it (`bought`) for atoms sold. */
export function spotUntil({ hops }: Way, place: number): Market.Rate {
  return hops.slice(0, place).reduce<Market.Rate>(
    (rate, { market, sell, buy }) => {
      const next = Market.spot(market, sell, buy);
      return { bought: rate.bought * next.bought, sold: rate.sold * next.sold };
    },
    { bought: 1n, sold: 1n },
  );
}
