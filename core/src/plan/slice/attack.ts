// What an attacker gains at best by trading before and after our swap, found on the exact markets that the swap goes through.
// The search is in integers throughout, as the contracts would do it: nothing is left of a float to be wrong about.

import type { AssetId } from '../../money/Asset.ts';
import { approximate } from '../../money/approximate.ts';
import { divUp, max } from '../../money/Fixed.ts';
import * as Market from '../../market/Market.ts';
import { ForecastError } from '../../forecast/Numbers.ts';
import { quantize } from '../quantize.ts';
import { bestFront } from './bestFront.ts';
import * as Prey from './Prey.ts';
import * as Way from './Way.ts';

/** The largest front-run that is looked at to rule all out, in sizes of the swap. */
const REACH = 1_000;

/** State the best attack on one market of a swap. */
export type Attack = {
  readonly market: Market.MarketId;
  /** What the attacker sells first and gets back last. */
  readonly asset: AssetId;
  /** In atoms of `asset`: what is put before the swap, and what is gained, before gas. */
  readonly front: bigint;
  readonly gain: bigint;
  /** The gain in atoms of what the swap sells, at the prices before it, rounded up. */
  readonly worth: bigint;
  /** What the swap receives in all, in atoms, after this attack alone. */
  readonly received: bigint;
};

/**
 * Find the best attack on every market of a swap that must bring `floor` atoms: sell into the market before it, and all of
 * the purchase back after it. Markets that leave nothing to gain are not listed; order books, auctions, batches, lending
 * pools, vaults and bridges never are, for nobody can buy there before us and sell back to them dearer.
 *
 * Each is attacked as if the whole slack of the swap were its own, so that the sum over the markets is no less than what
 * all attacks together gain. `gain` is not understated where the floor ends the attack: it is that of a front-run up to
 * 1/2,000 of the slack beyond. Throws ForecastError where the swap does not bring `floor` without an attack.
 */
export function attack(ways: readonly Way.Way[], floor: bigint): readonly Attack[] {
  const states: Way.States = new Map();
  const traces = Way.play(ways, states);
  const expected = traces === undefined ? 0n : Way.received(traces);
  if (traces === undefined || expected < floor) {
    throw new ForecastError('floor', `${floor} where the markets pay ${expected}`, 'ask for no more than they pay');
  }
  // Without slack no front-run moves more than an atom.
  if (expected === floor) return [];
  return preyOf(ways, traces, states).flatMap((prey) => {
    if (!prey.opensWithGain && hasNoFurther(prey, states, expected - floor)) return [];
    const { front, gain, received } = bestFront(prey, expected, floor);
    if (gain <= 0n) return [];
    const rate = Way.spotUntil(prey.way, prey.place);
    const { market, sell } = prey.hop;
    const worth = divUp(gain * rate.sold, rate.bought);
    return [{ market: market.id, asset: sell, front, gain, worth, received: max(received ?? floor, floor) }];
  });
}

/**
 * Bound what all attacks on a swap gain together, in atoms of what it sells, without looking for them: what the swap can lose,
 * at the highest price that it leaves behind. Whoever sells a purchase back gets for what the swap lost no more than the last
 * price that it paid, because the price has only risen towards there; fees come off.
 */
export function stakeUp(ways: readonly Way.Way[], floor: bigint): number {
  const states: Way.States = new Map();
  const traces = Way.play(ways, states);
  if (traces === undefined) return Infinity;
  const prices = ways.map(({ hops }) => (hops.some(({ market }) => isExposed(market)) ? lastPrice(hops, states) : 0));
  return Math.max(0, ...prices) * approximate(Way.received(traces) - floor + 1n, 1n);
}

/** What the last atom bought has cost, in atoms of what the hops sell first. */
function lastPrice(hops: readonly Way.Hop[], states: Way.States): number {
  return hops.reduce((price, { market, sell, buy }) => {
    const rate = Way.spot(states.get(market.id) ?? market, sell, buy);
    return rate === undefined ? Infinity : (price * approximate(rate.sold, rate.bought)) / Market.keep(market, sell);
  }, 1);
}

/** Say whether what is bought from a market can be sold back to it at a price that a later buyer has raised. */
function isExposed({ kind }: Market.Market): boolean {
  switch (kind) {
    case 'constant-product':
    case 'concentrated':
    case 'weighted':
    case 'stable-swap':
    case 'twamm':
      return true;
    case 'book':
    case 'auction':
    case 'gradual-auction':
    case 'batch':
    case 'lending':
    case 'vault-4626':
    case 'bridge':
      return false;
  }
}

/** List the markets that can be attacked, each once, with the ways that an attack on it changes. */
function preyOf(ways: readonly Way.Way[], traces: readonly Way.Trace[], states: Way.States): readonly Prey.Prey[] {
  const found = new Map<Market.MarketId, Prey.Prey>();
  ways.forEach((way, index) => {
    way.hops.forEach((hop, place) => {
      if (!isExposed(hop.market) || found.has(hop.market.id)) return;
      const offered = traces[index]?.[place]?.sold ?? 0n;
      const touched = touchedBy(ways, hop.market.id);
      const elsewhere = Way.received(traces.filter((_, other) => !touched.has(other)));
      // Where no other way is touched, what goes before this market is as it was.
      const again =
        touched.size === 1
          ? [{ hops: way.hops.slice(place), sold: offered }]
          : ways.filter((_, other) => touched.has(other));
      const after = states.get(hop.market.id) ?? hop.market;
      const gains = hop.market.kind === 'stable-swap' || opensWithGain(hop, after);
      found.set(hop.market.id, { hop, way, place, ways: again, elsewhere, offered, opensWithGain: gains });
    });
  });
  return [...found.values()];
}

/** Find the ways that go through a market, and those that share any market with them. */
function touchedBy(ways: readonly Way.Way[], id: Market.MarketId): ReadonlySet<number> {
  const changed = new Set([id]);
  const touched = new Set<number>();
  for (let before = -1; before !== touched.size;) {
    before = touched.size;
    for (const [index, { hops }] of ways.entries()) {
      if (touched.has(index) || !hops.some(({ market }) => changed.has(market.id))) continue;
      touched.add(index);
      for (const { market } of hops) changed.add(market.id);
    }
  }
  return touched;
}

/**
 * Say whether the first atom of a front-run gains: φ²·(price after the swap)/(price before it) > 1, φ what the pool's fee
 * leaves. On a constant product this is φ²(1 + u)(1 + φu) > 1.
 */
function opensWithGain({ market, sell, buy }: Way.Hop, after: Market.Market): boolean {
  const from = Market.spot(market, sell, buy);
  const to = Market.spot(after, sell, buy);
  const rise = approximate(from.bought, from.sold) / approximate(to.bought, to.sold);
  return !(Market.keep(market, sell) * Market.keep(market, buy) * rise <= 1);
}

/**
 * Say that where the first atom of a front-run gains nothing, nor does any further one: one formula rules the pool, or all of
 * the range of ticks within which a front-run could be worth its fee for what the swap can lose.
 */
function hasNoFurther(prey: Prey.Prey, states: Way.States, slack: bigint): boolean {
  const { market, sell } = prey.hop;
  if (market.kind !== 'concentrated') return Prey.isOneFormula(market);
  const fee = 1 - Market.keep(market, sell);
  const most = (approximate(slack, prey.offered) * lastPrice(prey.way.hops.slice(prey.place), states)) / fee;
  if (!(most < REACH)) return false;
  return Prey.isSmooth(market, Prey.open(prey, quantize(most / REACH, prey.offered * BigInt(REACH)) + 1n).market);
}
