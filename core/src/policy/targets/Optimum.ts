// What every optimised target has in common: it needs a fresh outlook on its assets, it keeps to constraints, and whatever
// has no answer makes it blind.

import { ForecastError } from '../../forecast/Numbers.ts';
import { symbolOf } from '../../portfolio/Snapshot.ts';
import type { Weight } from '../../money/Weight.ts';
import type { AssetId } from '../../money/Asset.ts';
import type { Seconds } from '../../money/Time.ts';
import { blind, type Blind } from '../Blind.ts';
import * as Constraint from '../Constraint.ts';
import * as Field from '../Field.ts';
import { parseConstraint } from '../parseConstraint.ts';
import type { View } from '../View.ts';
import type { Aim } from './Aim.ts';
import { foresee, type Foresight } from './foresee.ts';
import * as Members from './Members.ts';
import { present } from './present.ts';
import type { Solution, Trade } from './Program.ts';
import type { Row } from './project.ts';
import { whole } from './whole.ts';

/** Say which assets are weighed, all of the portfolio's if absent, and how old an outlook on them may be {s}. */
export type Scope = { readonly assets?: readonly AssetId[]; readonly maxAge: Seconds };

/** Say what an optimum must keep to: it is the best of what is allowed, not the nearest allowed to the best. */
export type Keeping = { readonly keeping?: readonly Constraint.Constraint[] };

/** Read which assets, and how old an outlook. Throws StrategyError. */
export function parseScope(field: Field.Field): Scope {
  return { ...Members.parse(field), maxAge: Field.integer(Field.part(field, 'maxAge'), 1, 10 * 365 * 86_400) };
}

/** Read the constraints. Throws StrategyError. */
export function parseKeeping(field: Field.Field): Keeping {
  const list = Field.part(field, 'keeping');
  return list.value === undefined ? {} : { keeping: Field.list(list).map(parseConstraint) };
}

/** Weigh the assets in scope by what `of` finds in the outlook, and turn what it cannot weigh into words. */
export function aim(
  scope: Scope,
  view: View,
  of: (seen: Foresight) => readonly Weight[] | Blind,
  why?: (weights: readonly Weight[], seen: Foresight) => string,
): Aim {
  const seen = foresee(view, scope.maxAge, Members.of(scope, view));
  if (seen.kind === 'blind') return seen;
  try {
    const found = of(seen);
    if ('kind' in found) return found;
    const weights = whole(found);
    const words = why === undefined ? undefined : { why: why(weights, seen) };
    return { kind: 'weights', weights: Members.spread(view, seen.assets, weights), ...words };
  } catch (error) {
    if (!(error instanceof ForecastError)) throw error;
    return blind(error.message, 'an outlook that weights follow from', 'estimate it again');
  }
}

/** Hold the rows that an optimum must keep to, and what trading starts from, may be and costs. */
export type Allowed = { readonly kind: 'allowed'; readonly rows: readonly Row[]; readonly trade?: Trade };

/** Write the constraints on `assets` as rows, trading at `cost`; what else the portfolio holds is sold under any turnover cap. */
export function allow(
  { keeping = [] }: Keeping,
  assets: readonly AssetId[],
  view: View,
  cost: number,
): Allowed | Blind {
  const stranger = Constraint.strangers(keeping, assets, view);
  if (stranger !== undefined) return stranger;
  const { rows, turnover } = Constraint.bound(keeping, assets, (asset) => symbolOf(view.snapshot, asset));
  if (turnover === undefined && cost === 0) return { kind: 'allowed', rows };
  const now = present(view);
  const others = Object.entries(now).filter(([asset]) => !assets.includes(asset));
  const sold = others.reduce((sum, [, weight]) => sum + Math.max(0, weight), 0);
  const from = assets.map((asset) => now[asset] ?? 0);
  return {
    kind: 'allowed',
    rows,
    trade: { from, cost, ...(turnover === undefined ? undefined : { most: turnover - sold }) },
  };
}

/** Take the weights of a solution; blind where the constraints clash. */
export function weights(solution: Solution): readonly Weight[] | Blind {
  return solution.kind === 'clash' ? Constraint.clash(solution.rows) : solution.point;
}

/** Refuse an outlook whose largest expected return {1/yr} is beyond what anyone should believe, or that has none. */
export function believed({ assets, expected }: Foresight, most: number, view: View): readonly number[] | Blind {
  const allowed = `expected returns of at most ${most} a year either way`;
  if (expected === undefined)
    return blind('an outlook without expected returns', allowed, 'forecast them, or use a target without');
  const bad = expected.findIndex((value) => !(Math.abs(value) <= most));
  if (bad < 0) return expected;
  const name = symbolOf(view.snapshot, assets[bad] ?? '');
  return blind(`${expected[bad]} expected of ${name}`, allowed, 'check the forecast, or raise the bound');
}
