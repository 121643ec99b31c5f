// The ways that a swap takes through exact markets, so that it can be played again after somebody else has traded first.

import type { AssetId } from '../../money/Asset.ts';
import { StableSwapError } from '../../market/amm/StableCurve.ts';
import * as Market from '../../market/Market.ts';
import { ForecastError } from '../../forecast/Numbers.ts';

/** Hold one market on a way, and what is sold to it for what. */
export type Hop = { readonly market: Market.Market; readonly sell: AssetId; readonly buy: AssetId };

/** Hold a part of a swap: the atoms that go into its first market, and the markets one after another. */
export type Way = { readonly hops: readonly Hop[]; readonly sold: bigint };

/** Name what a routed swap says of each of its parts; a lane of `route` says it. */
export type Routed = { readonly path: readonly Market.Market[]; readonly quote: { readonly sold: bigint } };

/** Hold what hops did, in their order: what each took and paid, and how it left its market. */
export type Trace = readonly Market.Outcome[];

/** Name the states that markets are in, where they differ from those of the hops. */
export type States = Map<Market.MarketId, Market.Market>;

/**
 * Name the assets along routed paths from `sell` to `buy`. Two neighbours are joined by the first asset that both trade.
 * Throws ForecastError where they have none in common.
 */
export function of(lanes: readonly Routed[], sell: AssetId, buy: AssetId): readonly Way[] {
  return lanes.map(({ path, quote }) => {
    let held = sell;
    const hops = path.map((market, place): Hop => {
      const next = path[place + 1];
      const from = held;
      const to = next === undefined ? buy : market.assets.find((asset) => asset !== from && trades(next, asset));
      if (to === undefined) {
        throw new ForecastError(
          `path[${place}]`,
          `${market.id} before ${next?.id}`,
          'join markets that share an asset',
        );
      }
      held = to;
      return { market, sell: from, buy: to };
    });
    return { hops, sold: quote.sold };
  });
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
    if (error instanceof StableSwapError) return undefined;
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

function trades(market: Market.Market, asset: AssetId): boolean {
  return market.assets.includes(asset);
}
