// Before anything is decided: can this snapshot be valued at all, and does the strategy speak of this portfolio?
// These checks are not configurable: without them every later number would be a guess.

import * as SqrtPrice from '../market/amm/SqrtPrice.ts';
import * as Market from '../market/Market.ts';
import { MarketError } from '../market/Terms.ts';
import type { AssetId } from '../money/Asset.ts';
import { ONE as ALL } from '../money/Bps.ts';
import { isTime, YEAR } from '../money/Time.ts';
import { sumToOne, TOLERANCE } from '../money/Weight.ts';
import type { Weights } from '../portfolio/Drift.ts';
import { symbolOf, type Snapshot } from '../portfolio/Snapshot.ts';
import type { Refusal } from './Verdict.ts';

/** Collect every reason why no decision can be made from this snapshot. */
export function inspect(snapshot: Snapshot): readonly Refusal[] {
  const flaws = [...described(snapshot), ...listed(snapshot), ...counted(snapshot), ...ranged(snapshot)];
  flaws.push(...priced(snapshot), ...timed(snapshot), ...traded(snapshot));
  return [...flaws, ...charged(snapshot), ...permitted(snapshot)];
}

/** Require that each holding is listed once, and that it and all that is gone through have decimals that can be computed with. */
function described({ assets, holdings }: Snapshot): readonly Refusal[] {
  const decimals = new Map(assets.map((asset) => [asset.id, asset.decimals]));
  const seen = new Set<AssetId>();
  const held = new Set(holdings.map(({ asset }) => asset));
  const others = new Set(assets.map(({ id }) => id).filter((id) => !held.has(id)));
  return [...holdings, ...Array.from(others, (asset) => ({ asset }))].flatMap(({ asset }): readonly Refusal[] => {
    const scale = decimals.get(asset);
    const known = scale !== undefined && Number.isInteger(scale) && scale >= 0 && scale <= 36;
    if (known && !seen.has(asset)) {
      seen.add(asset);
      return [];
    }
    const was = known ? `${asset} is listed twice` : `${asset} has ${scale ?? 'unknown'} decimals`;
    return [
      { limit: 'holdings', was, allowed: 'each asset once, with decimals in [0, 36]', fix: 'correct the asset list' },
    ];
  });
}

/** Require that whatever is on its way, staked or claimed belongs to the portfolio: elsewhere it would not be counted. */
function listed({ holdings, inFlight, stakes = [], claims = [] }: Snapshot): readonly Refusal[] {
  if (inFlight.length + stakes.length + claims.length === 0) return [];
  const held = new Set(holdings.map(({ asset }) => asset));
  const counted = [...inFlight, ...stakes.flatMap(({ parts }) => parts), ...claims];
  return counted
    .filter(({ asset }) => !held.has(asset))
    .map(({ asset }) => ({
      limit: 'holdings',
      was: `${asset} is on its way, staked or claimed, but no asset of the portfolio`,
      allowed: 'assets of the portfolio',
      fix: 'add it to the asset list, with a balance of zero if there is none',
    }));
}

/** Require that every holding has a price, that no price is zero or negative, and that none comes from the future. */
function priced(snapshot: Snapshot): readonly Refusal[] {
  const refusals: Refusal[] = [];
  const priced = new Set<AssetId>();
  const refuse = (was: string, allowed: string, fix: string): void => {
    refusals.push({ limit: 'price', was, allowed, fix });
  };
  for (const { asset, source, price, at, heartbeat } of snapshot.prices) {
    priced.add(asset);
    if (!(Number.isSafeInteger(heartbeat) && heartbeat >= 0 && heartbeat <= YEAR)) {
      const was = `${symbolOf(snapshot, asset)} from ${source}: a heartbeat of ${heartbeat} s`;
      refuse(was, 'seconds, zero to a year', 'correct the heartbeat of the source');
    }
    if (!(price > 0n)) {
      const was = `${symbolOf(snapshot, asset)} from ${source}: ${price}`;
      refuse(was, 'above zero', 'repair or remove the source');
    }
    if (!isTime(at)) {
      const was = `${symbolOf(snapshot, asset)} from ${source}: dated ${at}`;
      refuse(was, 'whole seconds since 1970', 'repair the source');
    } else if (at > snapshot.at) {
      const was = `${symbolOf(snapshot, asset)} from ${source}: dated ${at - snapshot.at} s after the block`;
      refuse(was, 'no later than the block', 'check the clock of the source');
    }
  }
  for (const { asset } of snapshot.holdings) {
    if (priced.has(asset)) continue;
    refuse(`${symbolOf(snapshot, asset)} has none`, 'a price for every holding', 'add or repair its price source');
  }
  return refusals;
}

/** Require that what arrives, is staked, claimed, in issue or was sold is no less than nothing. */
function counted({ inFlight, stakes = [], claims = [], supplies = [], past }: Snapshot): readonly Refusal[] {
  const refusals: Refusal[] = [];
  const refuse = (was: string, allowed: string): void => {
    refusals.push({ limit: 'holdings', was, allowed, fix: 'read it again' });
  };
  const parts = [...inFlight, ...claims, ...supplies, ...stakes.flatMap((stake) => stake.parts)];
  for (const { asset, atoms } of parts) {
    if (!(atoms >= 0n)) refuse(`${atoms} atoms of ${asset} on their way, staked, claimed or in issue`, 'zero or more');
  }
  if (past === undefined) return refusals;
  const { peak, soldToday, failures } = past;
  if (!(peak >= 0n && soldToday >= 0n && Number.isSafeInteger(failures) && failures >= 0)) {
    refuse(`a peak of ${peak}, ${soldToday} sold and ${failures} failures`, 'none below zero');
  }
  return refusals;
}

/** Require that the range of each stake is one: whole ticks that a pool can reach, the lower one first. */
function ranged({ stakes = [] }: Snapshot): readonly Refusal[] {
  const { MIN_TICK, MAX_TICK } = SqrtPrice;
  return stakes.flatMap(({ id, ticks }): readonly Refusal[] => {
    if (ticks === undefined) return [];
    const [low, high] = ticks;
    const whole = ticks.length === 2 && Number.isSafeInteger(low) && Number.isSafeInteger(high);
    if (whole && low >= MIN_TICK && low < high && high <= MAX_TICK) return [];
    const was = `the stake ${id} between ticks ${ticks.join(' and ')}`;
    return [{ limit: 'holdings', was, allowed: `whole ticks that ascend, within ±${MAX_TICK}`, fix: 'read it again' }];
  });
}

/** Require that every moment is one: a clock that says NaN makes every age look young. */
function timed({ at, lastRebalanceAt = 0, inFlight, past, custody, supplies = [] }: Snapshot): readonly Refusal[] {
  const { outsideSince = 0, spreadSince = 0 } = past ?? {};
  const moments = { at, lastRebalanceAt, outsideSince, spreadSince, readyAt: custody.readyAt };
  const all: (readonly [string, number])[] = Object.entries(moments);
  for (const { id, due } of inFlight) all.push([`the arrival of ${id}`, due]);
  for (const { asset, at: read } of supplies) all.push([`the supply of ${asset}`, read]);
  return all.flatMap(([name, moment]): readonly Refusal[] => {
    if (isTime(moment)) return [];
    const fix = 'check the clock that it comes from';
    return [{ limit: 'time', was: `${name} is ${moment}`, allowed: 'whole seconds since 1970', fix }];
  });
}

/** Require that each market is listed once and is in a state that its kind can be in. */
function traded({ markets }: Snapshot): readonly Refusal[] {
  const seen = new Set<Market.MarketId>();
  return markets.flatMap((market): readonly Refusal[] => {
    const { id } = market;
    if (seen.has(id)) {
      return [{ limit: 'market', was: `${id} is listed twice`, allowed: 'each market once', fix: 'list it once' }];
    }
    seen.add(id);
    try {
      Market.check(market);
      return [];
    } catch (error) {
      if (!(error instanceof MarketError)) throw error;
      const { path, found, fix } = error;
      return [{ limit: 'market', was: `${id}: ${path} is ${found}`, allowed: 'a state that can be', fix }];
    }
  });
}

/** Require that gas costs no less than nothing, and that the coin it is paid in has a price. */
function charged({ gas }: Snapshot): readonly Refusal[] {
  const wrong = Object.entries(gas).filter(([path, value]) => !(value >= (path === 'native' ? 1n : 0n)));
  return wrong.map(([path, value]) => {
    const fix = 'read the price of gas again';
    return { limit: 'gas', was: `gas.${path} is ${value}`, allowed: 'zero or more, a price above zero', fix };
  });
}

/** Require that what custody permits is stated in numbers that can be kept. */
function permitted({ custody }: Snapshot): readonly Refusal[] {
  const { supply, nonce, maxFloorDiscount, maxBand, lossRoom, turnoverRoom } = custody;
  const wrong = [
    ...Object.entries({ supply, lossRoom, turnoverRoom }).filter(([, value]) => !(value >= 0n)),
    ...Object.entries({ nonce, maxBand }).filter(([, value]) => !(Number.isSafeInteger(value) && value >= 0)),
    ...Object.entries({ maxFloorDiscount }).filter(
      ([, value]) => !(Number.isSafeInteger(value) && value >= 0 && value <= ALL),
    ),
  ];
  return wrong.map(([path, value]) => {
    const fix = 'read custody again';
    return { limit: 'custody', was: `custody.${path} is ${value}`, allowed: 'a whole number, zero or more', fix };
  });
}

/** Require one weight for each asset of the portfolio and for nothing else, summing to one; below zero only where `owed`. */
export function targeted(snapshot: Snapshot, weights: Weights, owed: readonly AssetId[] = []): readonly Refusal[] {
  const held = new Set(snapshot.holdings.map(({ asset }) => asset));
  const refusals: Refusal[] = [];
  const refuse = (was: string): void => {
    const allowed = 'one weight for each asset of the portfolio, summing to one';
    refusals.push({ limit: 'targets', was, allowed, fix: 'correct the weights of the strategy' });
  };
  for (const asset of held) {
    if (!Object.hasOwn(weights, asset)) refuse(`${symbolOf(snapshot, asset)} has no weight`);
  }
  for (const asset of Object.keys(weights)) {
    if (!held.has(asset)) refuse(`${symbolOf(snapshot, asset)} has a weight but is not in the portfolio`);
  }
  const values = Object.values(weights);
  const sound = owed.length === 0 ? sumToOne(values) : netToOne(weights, owed);
  if (!sound) refuse(`weights ${values.join(', ')}`);
  return refusals;
}

/** Say whether weights sum to one and only what may be owed is below zero; what is owed lets the others exceed one. */
function netToOne(weights: Weights, owed: readonly AssetId[]): boolean {
  const entries = Object.entries(weights);
  const sum = entries.reduce((total, [, weight]) => total + weight, 0);
  return Math.abs(sum - 1) <= TOLERANCE && entries.every(([asset, weight]) => weight >= 0 || owed.includes(asset));
}
