// What a plan is chosen from: the tokens that matter, the markets between them as what they offer, and the goal, all in floats.

import type { AssetId } from '../money/Asset.ts';
import { approximate } from '../money/approximate.ts';
import { min, ONE, pow10 } from '../money/Fixed.ts';
import { percent } from '../money/Weight.ts';
import { YEAR, type Seconds } from '../money/Time.ts';
import * as Gas from '../market/Gas.ts';
import type * as Market from '../market/Market.ts';
import type { Weights } from '../portfolio/Drift.ts';
import type { Portfolio, Position } from '../portfolio/Portfolio.ts';
import { primaryPrices } from '../portfolio/Portfolio.ts';
import type { Snapshot } from '../portfolio/Snapshot.ts';
import type { Offer } from './model/Offer.ts';
import { offerOf } from './model/offerOf.ts';
import type { Place } from './model/Place.ts';
import type { Rebalance } from './program/Goal.ts';
import * as Way from './slice/Way.ts';

/**
 * Hold the tokens by number, the portfolio's own first; the markets that a plan may use, and what stands against others. All are in the
 * order of their names, so that no plan depends on the order in which assets or markets are listed.
 */
export type Survey = {
  readonly assets: readonly AssetId[];
  /** How many decimals each of them has. */
  readonly decimals: readonly number[];
  /** The portfolio's own, in the order of their tokens. */
  readonly positions: readonly Position[];
  readonly markets: readonly Market.Market[];
  /** What each of the markets offers, in their order. */
  readonly offers: readonly Offer[];
  readonly goal: Rebalance;
  /** Why the other markets are left out; one that leads nowhere is not told of. */
  readonly unusable: readonly Left[];
};

/** Say why a market is left out. */
export type Left = { readonly market: Market.MarketId; readonly assets: readonly AssetId[]; readonly why: string };

/** Hold a symmetric matrix by assets; what it does not name counts as zero. */
export type Norm = ReadonlyMap<AssetId, ReadonlyMap<AssetId, number>>;

/** Say where a rebalance goes, how stiffly being off target counts (κ {1}, and by which norm), and how long a deposit is expected to earn. */
export type Wish = {
  readonly weights: Weights;
  readonly kappa: number;
  readonly norm?: Norm;
  readonly horizon: Seconds;
};

/** Survey a snapshot for a wish. */
export function survey(snapshot: Snapshot, portfolio: Portfolio, wish: Wish): Survey {
  const positions = portfolio.positions.toSorted((a, b) => (a.asset.id < b.asset.id ? -1 : 1));
  const all = snapshot.markets.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const joined = leading(all, new Set(positions.map(({ asset }) => asset.id)));
  const places = placesOf(snapshot, positions, joined);
  const worths = worthOf(snapshot, positions, joined, places);
  const terms = {
    fixed: approximate(Gas.costUp(snapshot.gas, min(snapshot.gas.swap, snapshot.gas.hop)), ONE),
    horizon: wish.horizon / YEAR,
    worth: (asset: AssetId) => worths.get(asset) ?? 0,
  };
  const markets: Market.Market[] = [];
  const offers: Offer[] = [];
  const unusable: Left[] = [];
  for (const market of joined) {
    const wrong = doubtOf(market, places, worths);
    const offer = wrong === undefined ? offerOf(market, places, terms) : ({ kind: 'unusable', why: wrong } as const);
    if ('kind' in offer) unusable.push({ market: market.id, assets: market.assets, why: offer.why });
    else {
      markets.push(market);
      offers.push(offer);
    }
  }
  const assets = [...places.keys()];
  const decimals = [...places.values()].map((place) => place.decimals);
  return { assets, decimals, positions, markets, offers, goal: goalOf(assets, positions, worths, wish), unusable };
}

/** A market this far {1} from what its assets are worth is stale, pushed, or right where the prices are wrong: nobody can tell from here. */
const ASTRAY = 0.1;

/** Say what makes a market one to leave alone before it is asked for anything: its prices. */
function doubtOf(
  market: Market.Market,
  places: ReadonlyMap<AssetId, Place>,
  worths: ReadonlyMap<AssetId, number>,
): string | undefined {
  const priceless = market.assets.find((asset) => !worths.has(asset));
  if (priceless !== undefined) return `nothing says what ${priceless} is worth`;
  const astray = astrayFrom(market, places, worths);
  if (astray === undefined) return 'has no price: its own arithmetic gives up where it stands';
  return astray > ASTRAY
    ? `its price is ${percent(Math.expm1(astray))} from the others: one of them is wrong`
    : undefined;
}

/** Measure how far a market's spot prices are from what its assets are worth, at most {1}; undefined where it cannot say one. */
function astrayFrom(
  market: Market.Market,
  places: ReadonlyMap<AssetId, Place>,
  worths: ReadonlyMap<AssetId, number>,
): number | undefined {
  const [first, ...others] = market.assets;
  const [scale, worth] = [places.get(first ?? ''), worths.get(first ?? '')];
  if (first === undefined || scale === undefined || worth === undefined) return 0;
  let most = 0;
  for (const asset of others) {
    const [place, other] = [places.get(asset), worths.get(asset)];
    const rate = Way.spot(market, first, asset);
    if (rate === undefined) return undefined;
    const { bought, sold } = rate;
    if (place === undefined || other === undefined || bought <= 0n || sold <= 0n) continue;
    const fetched = other * approximate(bought * pow10(scale.decimals), sold * pow10(place.decimals));
    most = Math.max(most, Math.abs(Math.log(fetched / worth)));
  }
  return most;
}

/** Leave out markets that lead nowhere: of an asset that is not ours, at least two must trade. */
function leading(markets: readonly Market.Market[], own: ReadonlySet<AssetId>): readonly Market.Market[] {
  let kept = markets;
  for (;;) {
    const trading = new Map<AssetId, number>();
    for (const { assets } of kept) for (const asset of assets) trading.set(asset, (trading.get(asset) ?? 0) + 1);
    const next = kept.filter(({ assets }) => {
      const ways = assets.filter((asset) => own.has(asset) || (trading.get(asset) ?? 0) > 1);
      return assets.length === 2 ? ways.length === 2 : ways.length > 1;
    });
    if (next.length === kept.length) return next;
    kept = next;
  }
}

/** Number the portfolio's assets, then those that only pass through. An asset that the snapshot does not describe gets no number. */
function placesOf(
  snapshot: Snapshot,
  positions: readonly Position[],
  markets: readonly Market.Market[],
): ReadonlyMap<AssetId, Place> {
  const decimals = new Map(snapshot.assets.map((asset) => [asset.id, asset.decimals]));
  const places = new Map<AssetId, Place>();
  const own = positions.map(({ asset }) => asset.id);
  for (const asset of [...own, ...markets.flatMap((market) => market.assets)]) {
    const scale = decimals.get(asset);
    if (scale !== undefined && !places.has(asset)) places.set(asset, { token: places.size, decimals: scale });
  }
  return places;
}

/** Say what assets are worth {USD/tok}: by their primary prices, or else by what markets trade them at, the nearest first. */
function worthOf(
  snapshot: Snapshot,
  positions: readonly Position[],
  markets: readonly Market.Market[],
  places: ReadonlyMap<AssetId, Place>,
): ReadonlyMap<AssetId, number> {
  const worths = new Map(positions.map(({ asset, price }) => [asset.id, approximate(price, ONE)]));
  if (places.size === worths.size) return worths;
  for (const [asset, price] of primaryPrices(snapshot)) {
    if (places.has(asset) && price > 0n) worths.set(asset, approximate(price, ONE));
  }
  for (let known = 0; known < worths.size && worths.size < places.size;) {
    known = worths.size;
    for (const market of markets) for (const asset of market.assets) spread(market, asset, places, worths);
  }
  return worths;
}

/** Stand for the price of a market whose arithmetic gives up. */
const NO_RATE: Market.Rate = { bought: 0n, sold: 0n };

/** Price what a market trades against an asset whose worth is known. */
function spread(
  market: Market.Market,
  known: AssetId,
  places: ReadonlyMap<AssetId, Place>,
  worths: Map<AssetId, number>,
): void {
  const worth = worths.get(known);
  const scale = places.get(known);
  if (worth === undefined || scale === undefined) return;
  for (const asset of market.assets) {
    const place = places.get(asset);
    if (place === undefined || worths.has(asset)) continue;
    const { bought, sold } = Way.spot(market, known, asset) ?? NO_RATE;
    if (bought <= 0n || sold <= 0n) continue;
    worths.set(asset, worth * approximate(sold * pow10(place.decimals), bought * pow10(scale.decimals)));
  }
}

function goalOf(
  assets: readonly AssetId[],
  positions: readonly Position[],
  worths: ReadonlyMap<AssetId, number>,
  { weights, kappa, norm }: Wish,
): Rebalance {
  const own = assets.map((_, token): Position | undefined => positions[token]);
  const tokens = (of: (position: Position) => bigint): readonly number[] =>
    own.map((position) => (position === undefined ? 0 : approximate(of(position), pow10(position.asset.decimals))));
  const wanted = own.map((position) => (position === undefined ? 0 : (weights[position.asset.id] ?? 0)));
  const sum = wanted.reduce((total, weight) => total + weight, 0);
  const prices = assets.map((asset) => worths.get(asset) ?? 1);
  const shares = wanted.map((weight) => weight / sum);
  const holdings = tokens(({ held, arriving, staked }) => held + arriving + staked);
  // What is on its way or staked cannot be sold, and what is owed must not grow; nor is anything sold to below its target, only to make up
  // for something else that cannot move: it would have to be bought again.
  const least = tokens(({ held, arriving, staked }) => arriving + staked + min(held, 0n));
  const total = holdings.reduce((value, amount, token) => value + amount * (prices[token] ?? 0), 0);
  const goals = shares.map((share, token) => (share * total) / (prices[token] ?? 1));
  return {
    kind: 'rebalance',
    holdings,
    least: least.map((fixed, token) => Math.max(fixed, Math.min(holdings[token] ?? 0, goals[token] ?? 0))),
    prices,
    weights: shares,
    kappa,
    ...(norm === undefined ? {} : { norm: assets.map((i) => assets.map((j) => norm.get(i)?.get(j) ?? 0)) }),
    ...(positions.length < assets.length ? { transit: own.map((position) => position === undefined) } : {}),
  };
}
