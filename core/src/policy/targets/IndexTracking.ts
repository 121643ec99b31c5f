// Aim at an index of the portfolio's own assets: the market's weights, a milder form of them, or the same for each of the
// largest. What circulates is told to the snapshot; nothing is known about it otherwise.

import type { AssetId } from '../../money/Asset.ts';
import { valueDown } from '../../money/Amount.ts';
import { approximate } from '../../money/approximate.ts';
import { ONE, type Bps } from '../../money/Bps.ts';
import type { Usd } from '../../money/Price.ts';
import { duration, type Seconds } from '../../money/Time.ts';
import { percent, type Weight } from '../../money/Weight.ts';
import { ForecastError } from '../../forecast/Numbers.ts';
import { symbolOf } from '../../portfolio/Snapshot.ts';
import { blind, type Blind } from '../Blind.ts';
import * as Field from '../Field.ts';
import { StrategyError } from '../Field.ts';
import type { View } from '../View.ts';
import type { Aim } from './Aim.ts';
import { capWeights } from './capWeights.ts';
import * as Members from './Members.ts';
import { present } from './present.ts';
import { selectMembers, type Ranks } from './selectMembers.ts';

/** Aim at an index of the assets named, all of the portfolio's if none are; the others are sold. */
export type IndexTracking = {
  readonly kind: 'index';
  readonly assets?: readonly AssetId[];
  /** In proportion to capitalisation, to its square root, or to nothing: the same for each. */
  readonly weighting: 'capitalisation' | 'root' | 'equal';
  /** No member weighs more than this (0, 1]. */
  readonly cap?: Weight;
  /** Only the largest are members; all are if absent. */
  readonly top?: Top;
  /** The oldest supply that will do {s}. */
  readonly maxAge: Seconds;
};

/** Say how many of the largest are members, and what weight makes an asset one today: less is dust. */
export type Top = Ranks & { readonly held: Bps };

/** Read an index target. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field): IndexTracking {
  Field.record(field, ['kind', 'assets', 'weighting', 'cap', 'top', 'maxAge']);
  const cap = Field.part(field, 'cap');
  const top = Field.part(field, 'top');
  return {
    kind: 'index',
    ...Members.parse(field),
    weighting: Field.word(Field.part(field, 'weighting'), ['capitalisation', 'root', 'equal']),
    ...(cap.value === undefined ? undefined : { cap: Field.number(cap, 0.0001, 1) }),
    ...(top.value === undefined ? undefined : { top: ranks(top) }),
    maxAge: Field.integer(Field.part(field, 'maxAge'), 1, 10 * 365 * 86_400),
  };
}

function ranks(field: Field.Field): Top {
  Field.record(field, ['count', 'enter', 'leave', 'held']);
  const rank = (name: string) => Field.integer(Field.part(field, name), 1, 10_000);
  const [count, enter, leave] = [rank('count'), rank('enter'), rank('leave')];
  if (enter > count) throw new StrategyError(Field.part(field, 'enter'), `a rank of at most ${count}, the count`);
  if (leave < count) throw new StrategyError(Field.part(field, 'leave'), `a rank of at least ${count}, the count`);
  return { count, enter, leave, held: Field.integer(Field.part(field, 'held'), 0, ONE) };
}

/** Weigh the members; blind without a fresh supply of each candidate, and where the cap leaves no room. */
export function aim(target: IndexTracking, view: View): Aim {
  const sized = capitalisations(target, view);
  if ('kind' in sized) return sized;
  const largestFirst = sized.toSorted((one, other) => descending(one, other)).map(({ asset }) => asset);
  const members = chosen(target, largestFirst, view);
  const worth = new Map(sized.map(({ asset, value }) => [asset, value]));
  const total = members.reduce((sum, asset) => sum + (worth.get(asset) ?? 0n), 0n);
  const sizes = members.map((asset) => size(target, approximate(worth.get(asset) ?? 0n, total)));
  const whole = sizes.reduce((sum, one) => sum + one, 0);
  const shares = sizes.map((one) => one / whole);
  try {
    const weights = target.cap === undefined ? shares : capWeights(shares, target.cap);
    return { kind: 'weights', weights: Members.spread(view, members, weights), why: words(members, weights, view) };
  } catch (error) {
    if (!(error instanceof ForecastError)) throw error;
    return blind(error.message, 'a cap that the members can fill', 'raise the cap, or admit more members');
  }
}

type Sized = { readonly asset: AssetId; readonly value: Usd };

/** Value what circulates of each candidate; equal weights of all candidates need no supply. */
function capitalisations(target: IndexTracking, view: View): readonly Sized[] | Blind {
  const sized: Sized[] = [];
  const allowed = `one supply of each candidate, above zero and at most ${duration(target.maxAge)} old`;
  for (const id of Members.of(target, view)) {
    const position = view.portfolio.positions.find(({ asset }) => asset.id === id);
    const name = symbolOf(view.snapshot, id);
    const unknown = blind(`${name}, which is not in the portfolio`, 'candidates of the portfolio', 'leave it out');
    if (position === undefined) return unknown;
    if (target.weighting === 'equal' && target.top === undefined) {
      sized.push({ asset: id, value: 1n });
      continue;
    }
    const readings = (view.snapshot.supplies ?? []).filter(({ asset }) => asset === id);
    const [supply] = readings;
    if (supply === undefined || readings.length > 1) {
      return blind(`${readings.length} supplies of ${name}`, allowed, 'read its supply, once, into the snapshot');
    }
    const age = view.snapshot.at - supply.at;
    if (!(age >= 0 && age <= target.maxAge)) {
      const when = age < 0 ? `dated ${-age} s after the block` : `${duration(age)} old`;
      return blind(`a supply of ${name} ${when}`, allowed, 'read it again');
    }
    const value = valueDown(supply.atoms, position.asset.decimals, position.price);
    if (value <= 0n) return blind(`a supply of ${name} of ${supply.atoms} atoms`, allowed, 'check its source');
    sized.push({ asset: id, value });
  }
  return sized;
}

/** Equal sizes are told apart by name, so that the order of the portfolio decides nothing. */
function descending(one: Sized, other: Sized): number {
  if (one.value !== other.value) return one.value > other.value ? -1 : 1;
  return one.asset < other.asset ? -1 : 1;
}

function chosen({ top }: IndexTracking, largestFirst: readonly AssetId[], view: View): readonly AssetId[] {
  if (top === undefined) return largestFirst;
  const weights = Object.entries(present(view)).filter(([, weight]) => weight > 0 && weight >= top.held / ONE);
  return selectMembers(largestFirst, new Set(weights.map(([asset]) => asset)), top);
}

function size({ weighting }: IndexTracking, share: number): number {
  switch (weighting) {
    case 'capitalisation':
      return share;
    case 'root':
      return Math.sqrt(share);
    case 'equal':
      return 1;
  }
}

function words(members: readonly AssetId[], weights: readonly Weight[], { snapshot }: View): string {
  const largest = weights.indexOf(Math.max(...weights));
  const name = symbolOf(snapshot, members[largest] ?? '');
  return `an index of ${members.length}, the largest ${name} at ${percent(weights[largest] ?? NaN)}`;
}
