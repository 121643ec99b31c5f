// Before anything is decided: can this snapshot be valued at all, and does the strategy speak of this portfolio?
// These checks are not configurable: without them every later number would be a guess.

import type { AssetId } from '../money/Asset.ts';
import { sumToOne, TOLERANCE } from '../money/Weight.ts';
import type { Weights } from '../portfolio/Drift.ts';
import { symbolOf, type Snapshot } from '../portfolio/Snapshot.ts';
import type { Refusal } from './Verdict.ts';

/** Collect every reason why no decision can be made from this snapshot. */
export function inspect(snapshot: Snapshot): readonly Refusal[] {
  return [...described(snapshot), ...listed(snapshot), ...priced(snapshot)];
}

/** Require that each holding is listed once and described with decimals that can be computed with. */
function described({ assets, holdings }: Snapshot): readonly Refusal[] {
  const decimals = new Map(assets.map((asset) => [asset.id, asset.decimals]));
  const seen = new Set<AssetId>();
  return holdings.flatMap(({ asset }): readonly Refusal[] => {
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
  for (const { asset, source, price, at } of snapshot.prices) {
    priced.add(asset);
    if (price <= 0n) {
      const was = `${symbolOf(snapshot, asset)} from ${source}: ${price}`;
      refuse(was, 'above zero', 'repair or remove the source');
    }
    if (at > snapshot.at) {
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
