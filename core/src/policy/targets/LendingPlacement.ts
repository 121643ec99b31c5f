// Lend one asset where it earns most, knowing that our own deposit lowers the rate it earns.

import { max, min, mulDivDown } from '../../money/Fixed.ts';
import type { AssetId } from '../../money/Asset.ts';
import { atomsDown } from '../../money/Amount.ts';
import { approximate } from '../../money/approximate.ts';
import { duration, YEAR, type Seconds } from '../../money/Time.ts';
import { percent, type Weight } from '../../money/Weight.ts';
import { ForecastError, sum } from '../../forecast/Numbers.ts';
import * as Gas from '../../market/Gas.ts';
import * as Lending from '../../market/Lending.ts';
import type { MarketId } from '../../market/Market.ts';
import { MarketError } from '../../market/Terms.ts';
import type { Position } from '../../portfolio/Portfolio.ts';
import type { Weights } from '../../portfolio/Drift.ts';
import { blind, type Blind } from '../Blind.ts';
import * as Field from '../Field.ts';
import { StrategyError } from '../Field.ts';
import { parseWeights } from '../parseWeights.ts';
import type { View } from '../View.ts';
import type { Aim } from './Aim.ts';
import * as LendingAllocation from './LendingAllocation.ts';
import { mix } from './mix.ts';

/** Aim at a share of the portfolio in one asset, lent to the pools where it earns most over `horizon`, less gas; what would earn nothing stays idle. */
export type LendingPlacement = {
  readonly kind: 'lending';
  readonly asset: AssetId;
  /** One to six pools of that asset; each one's receipt is an asset of the portfolio. */
  readonly markets: readonly MarketId[];
  /** What is lent or kept to be lent {1} (0, 1]. */
  readonly share: Weight;
  /** How the rest is split; sums to one. */
  readonly rest: Weights;
  readonly horizon: Seconds;
  /** The largest part of the share in one pool {1} (0, 1]. */
  readonly perPool: Weight;
  /** The largest deposit, as a multiple of the cash that others leave in the pool {1} (0, 1000]: what can be taken out again. */
  readonly perCash: number;
};

/** Read a lending target. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field): LendingPlacement {
  const keys = ['asset', 'markets', 'share', 'rest', 'horizon', 'perPool', 'perCash'];
  Field.record(field, ['kind', ...keys]);
  const list = Field.part(field, 'markets');
  const markets = Field.list(list).map(Field.text);
  if (markets.length === 0 || markets.length > 6 || new Set(markets).size < markets.length) {
    throw new StrategyError(list, 'one to six markets, each once');
  }
  return {
    kind: 'lending',
    asset: Field.asset(Field.part(field, 'asset')),
    markets,
    share: Field.number(Field.part(field, 'share'), 0.0001, 1),
    rest: parseWeights(Field.part(field, 'rest')),
    horizon: Field.seconds(Field.part(field, 'horizon'), 3_600),
    perPool: Field.number(Field.part(field, 'perPool'), 0.0001, 1),
    perCash: Field.number(Field.part(field, 'perCash'), 0.0001, 1_000),
  };
}

/** Find the weights of the receipts, of what stays idle and of the rest; blind without the asset, a pool or a receipt. */
export function aim(target: LendingPlacement, view: View): Aim {
  const asset = positionOf(target.asset, view);
  if (asset === undefined) return unseen(target.asset);
  const places = target.markets.map((market) => placeOf(market, target.asset, view));
  const blindness = places.find((place) => place.kind === 'blind');
  if (blindness !== undefined) return blindness;
  try {
    return placed(
      target,
      asset,
      places.filter((place) => place.kind === 'place'),
      view,
    );
  } catch (error) {
    if (!(error instanceof ForecastError || error instanceof MarketError)) throw error;
    return blind(error.message, 'pools whose state can be true', 'read the pools again');
  }
}

/** Hold a pool, its receipt's name, and what of it is ours: in all, and what its cash could pay out now. In atoms of the asset. */
type Place = {
  readonly kind: 'place';
  readonly pool: Lending.Lending;
  readonly receipt: AssetId;
  readonly stuck: bigint;
  readonly movable: bigint;
};

function placed(target: LendingPlacement, asset: Position, places: readonly Place[], view: View): Aim {
  const { decimals } = asset.asset;
  const worth = approximate(atomsDown(view.portfolio.value, decimals, asset.price), 10n ** BigInt(decimals));
  const stuck = places.map((place) => approximate(place.stuck, 10n ** BigInt(decimals)));
  // What cannot be withdrawn is lent whatever we want, even where that is more than the share.
  const whole = Math.max(target.share * worth, sum(stuck));
  const pools = places.map((place) => poolOf(target, place, asset, whole, view));
  const { placed: moved, idle, yearly } = LendingAllocation.of(pools, whole - sum(stuck), target.horizon / YEAR);
  const share = Math.min(1, whole / worth);
  const receipts = places.map(
    ({ receipt }, index) => [receipt, ((moved[index] ?? 0) + (stuck[index] ?? 0)) / whole] as const,
  );
  const weights = mix([
    ...receipts.map(([receipt, part]) => ({ share: share * part, weights: { [receipt]: 1 } })),
    { share: (share * idle) / whole, weights: { [target.asset]: 1 } },
    { share: 1 - share, weights: target.rest },
  ]);
  const used = receipts.filter(([, part]) => part > 0).length;
  const why = `${used} of ${places.length} pools earn ${percent(yearly / whole)} a year over ${duration(target.horizon)}`;
  return { kind: 'weights', weights, why };
}

/** Describe a pool without the money of ours that could be moved. Gas is charged only for a pool that holds none of it yet. */
function poolOf(target: LendingPlacement, place: Place, asset: Position, whole: number, view: View) {
  const { gas } = view.snapshot;
  const { decimals } = asset.asset;
  const fresh = place.movable + place.stuck === 0n;
  const cost = fresh ? approximate(Gas.costUp(gas, gas.authorise + gas.swap, 2n), asset.price) : 0;
  const others = { ...place.pool, supplied: place.pool.supplied - place.movable };
  const pool = LendingAllocation.poolOf(others, decimals, cost);
  const cash = approximate(Lending.withdrawable(others), 10n ** BigInt(decimals));
  return { ...pool, room: Math.min(pool.room ?? Infinity, target.perPool * whole, target.perCash * cash) };
}

function placeOf(market: MarketId, asset: AssetId, view: View): Place | Blind {
  const pool = view.snapshot.markets.find(({ id }) => id === market);
  const fix = 'name pools of the asset, and let the snapshot hold their state';
  if (pool?.kind !== 'lending') return blind(`no lending pool ${market}`, 'its state in the snapshot', fix);
  const [lent, receipt] = pool.assets;
  if (lent !== asset) return blind(`${market} lends ${lent}`, `a pool that lends ${asset}`, fix);
  const position = positionOf(receipt, view);
  if (position === undefined) return unseen(receipt);
  try {
    const { bought, sold } = Lending.spot(pool, receipt);
    // Rounded down as a withdrawal is, and never more than the pool holds in all.
    const ours = min(pool.supplied, mulDivDown(max(0n, position.held + position.arriving), bought, sold));
    const movable = min(ours, Lending.withdrawable(pool));
    return { kind: 'place', pool, receipt, stuck: ours - movable, movable };
  } catch (error) {
    if (!(error instanceof MarketError)) throw error;
    return blind(error.message, 'a pool whose state can be true', 'read the pool again');
  }
}

function positionOf(asset: AssetId, { portfolio }: View): Position | undefined {
  return portfolio.positions.find((position) => position.asset.id === asset);
}

function unseen(asset: AssetId): Blind {
  return blind(
    `${asset} is not in the portfolio`,
    'the asset and every receipt',
    'add it to the portfolio, with a price',
  );
}
