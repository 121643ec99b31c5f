// Follow weights that somebody outside asks for: never far from the owner's own, and never in one leap.

import type { AssetId } from '../../money/Asset.ts';
import type { Seconds } from '../../money/Time.ts';
import { percent, points, TOLERANCE, type Weight } from '../../money/Weight.ts';
import type { Weights } from '../../portfolio/Drift.ts';
import { symbolOf } from '../../portfolio/Snapshot.ts';
import type { Blind } from '../Blind.ts';
import * as Field from '../Field.ts';
import { StrategyError } from '../Field.ts';
import { hear } from '../hear.ts';
import { parseWeights } from '../parseWeights.ts';
import type { View } from '../View.ts';
import type { Aim } from './Aim.ts';
import { mix } from './mix.ts';
import { present } from './present.ts';

/** Aim at the weights that signals name, held to a band around `base`; cash takes what they leave. */
export type Signalled = {
  readonly kind: 'signal';
  /** The weights without any signal; sum to one. */
  readonly base: Weights;
  /** Which signal names the weight {1} of which asset. */
  readonly signals: { readonly [asset: AssetId]: string };
  /** How far from its base weight a signal may bring an asset {1} (0, 1]; for all of them together cash must reach. */
  readonly band: Weight;
  /** How far the weight of any asset moves at once, at most {1} (0, 1]. */
  readonly step: Weight;
  readonly cash: AssetId;
  /** The oldest signal that will do {s}. */
  readonly maxAge: Seconds;
};

/** Read a signalled target. Throws StrategyError; also where cash could not pay for every signal at its highest. */
export function parse(field: Field.Field): Signalled {
  Field.record(field, ['kind', 'base', 'signals', 'band', 'step', 'cash', 'maxAge']);
  const base = parseWeights(Field.part(field, 'base'));
  const own = Field.part(field, 'signals');
  const signals = Object.fromEntries(Field.record(own).map((asset) => [asset, Field.text(Field.part(own, asset))]));
  const cash = Field.asset(Field.part(field, 'cash'));
  if (Object.keys(signals).length === 0) throw new StrategyError(own, 'at least one signal');
  for (const asset of Object.keys(signals)) {
    if (asset === cash || !Object.hasOwn(base, asset)) {
      throw new StrategyError(Field.part(own, asset), 'an asset of `base` that is not `cash`');
    }
  }
  const place = Field.part(field, 'band');
  const band = Field.number(place, 0.0001, 1);
  const most = Object.keys(signals).reduce((sum, asset) => sum + Math.min(band, 1 - (base[asset] ?? 0)), 0);
  const reserve = Object.hasOwn(base, cash) ? (base[cash] ?? 0) : 0;
  if (!(most <= reserve + TOLERANCE))
    throw new StrategyError(place, `at most what the base weight of cash, ${reserve}, can pay for`);
  const step = Field.number(Field.part(field, 'step'), 0.0001, 1);
  return { kind: 'signal', base, signals, band, step, cash, maxAge: Field.seconds(Field.part(field, 'maxAge'), 1) };
}

/** Find the weights that the signals ask for now, as far as band and step let them; blind as soon as one is not to be heard. */
export function aim(target: Signalled, view: View): Aim {
  const heard = Object.entries(target.signals).map(([asset, id]) => ({ asset, value: hear(view, id, target.maxAge) }));
  const deaf = heard.map(({ value }) => value).find((value): value is Blind => typeof value !== 'number');
  if (deaf !== undefined) return deaf;
  const asked = heard.map(({ asset, value }) => ({
    asset,
    value: Number(value),
    weight: held(target, asset, Number(value)),
  }));
  const wanted = paid(target, asked);
  const now = present(view);
  const furthest = Math.max(...Object.keys(wanted).map((asset) => Math.abs((wanted[asset] ?? 0) - (now[asset] ?? 0))));
  const share = Math.min(1, target.step / furthest);
  const words = asked.map(({ asset, value, weight }) => {
    const limited = weight === value ? '' : `, held to ${percent(weight)}`;
    return `${symbolOf(view.snapshot, asset)} ${percent(value)}${limited}`;
  });
  const slow = share < 1 ? `; ${points(target.step)} at once` : '';
  // A part of the way from weights that sum to one to others that do is again such.
  const weights = mix([
    { share: 1 - share, weights: now },
    { share, weights: wanted },
  ]);
  return { kind: 'weights', weights, why: `signals ask for ${words.join(', ')}${slow}` };
}

function held({ base, band }: Signalled, asset: AssetId, value: number): Weight {
  const middle = base[asset] ?? 0;
  return Math.max(0, middle - band, Math.min(1, middle + band, value));
}

function paid(
  { base, cash }: Signalled,
  asked: readonly { readonly asset: AssetId; readonly weight: Weight }[],
): Weights {
  const moved = asked.reduce((sum, { asset, weight }) => sum + weight - (base[asset] ?? 0), 0);
  const signalled = Object.fromEntries(asked.map(({ asset, weight }) => [asset, weight]));
  return { ...base, ...signalled, [cash]: Math.max(0, (base[cash] ?? 0) - moved) };
}
