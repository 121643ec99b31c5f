// Rebalance where the drift has become dearer than the trade that removes it: regions computed from what is believed of
// the assets, what trading costs and what gas costs now.

import type { AssetId } from '../../money/Asset.ts';
import { atomsDown } from '../../money/Amount.ts';
import { approximate } from '../../money/approximate.ts';
import { ONE } from '../../money/Bps.ts';
import { dollars, type Usd } from '../../money/Price.ts';
import { duration, YEAR, type Seconds } from '../../money/Time.ts';
import { percent } from '../../money/Weight.ts';
import * as Gas from '../../market/Gas.ts';
import * as Market from '../../market/Market.ts';
import type { Drift } from '../../portfolio/Drift.ts';
import { symbolOf } from '../../portfolio/Snapshot.ts';
import { at } from '../../forecast/Numbers.ts';
import { blind, type Blind } from '../Blind.ts';
import * as Field from '../Field.ts';
import type { Half, Region } from '../Region.ts';
import * as Ellipsoid from '../regions/Ellipsoid.ts';
import * as NoTrade from '../regions/NoTrade.ts';
import type { Foresight } from '../targets/foresee.ts';
import type { View } from '../View.ts';
import { againstRest } from './againstRest.ts';
import { atCorners } from './atCorners.ts';
import { attempt } from './attempt.ts';
import { believe } from './believe.ts';
import type { Finding } from './Finding.ts';
import { lossOf } from './lossOf.ts';
import { watch } from './watch.ts';

/**
 * Fire where being off target costs more than trading. Being off by δ costs ½γ·δ'Σδ a year, γ = `riskAversion`, Σ by an
 * outlook at most `maxAge` old. A trade costs the gas of the snapshot and the share `proportional` of what is traded, in
 * basis points one way; if absent, what the best pool of the snapshot takes of a sale of 1 % of the portfolio. Every
 * asset has a region of its own, and 'inner' lands where it is cheapest to stop; with `proportional` zero only gas
 * counts, and the whole basket waits in one ellipsoid. What should be nothing, or the whole, may be off by dust only.
 */
export type CostOptimal = {
  readonly kind: 'cost-optimal';
  readonly riskAversion: number;
  readonly proportional?: number;
  readonly maxAge: Seconds;
};

/** Assets that move less than this against the rest {1/√yr} do not drift; what is left of their volatility is rounding. */
const STILL = 1e-6;

/** Read a cost-optimal trigger. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field): CostOptimal {
  Field.record(field, ['kind', 'riskAversion', 'proportional', 'maxAge']);
  const proportional = Field.part(field, 'proportional');
  return {
    kind: 'cost-optimal',
    riskAversion: Field.number(Field.part(field, 'riskAversion'), 0.001, 10_000),
    ...(proportional.value === undefined ? undefined : { proportional: Field.number(proportional, 0, 5_000) }),
    maxAge: Field.seconds(Field.part(field, 'maxAge'), 1),
  };
}

/** Find whether the drift is worth a trade at the gas price of the snapshot. */
export function find(trigger: CostOptimal, drift: readonly Drift[], view: View): Finding {
  const seen = believe(view, drift, trigger.maxAge);
  return seen.kind === 'blind' ? seen : attempt(() => judge(trigger, seen, drift, view));
}

function judge(trigger: CostOptimal, seen: Foresight, drift: readonly Drift[], view: View): Finding {
  const volatilities = againstRest(
    seen.covariance,
    drift.map(({ target }) => target),
  );
  const corners = atCorners(drift);
  const astray = watch(corners, drift, view.snapshot);
  const moving = drift.filter(({ asset }, index) => at(volatilities, index) > STILL && !corners.has(asset));
  if (moving.length === 0) {
    return corners.size > 0 ? astray : { kind: 'quiet', why: 'no asset moves against the rest' };
  }

  const { snapshot } = view;
  const { authorise, swap } = snapshot.gas;
  const fills = BigInt(drift.length - 1);
  const basket = Gas.costUp(snapshot.gas, authorise + swap * fills, 1n + fills);
  if (trigger.proportional === 0 && basket > 0n) {
    return astray.kind === 'due' ? astray : together(trigger, seen, drift, view, basket);
  }

  const gas = Gas.costUp(snapshot.gas, authorise + swap, 2n);
  const fixed = approximate(gas, view.portfolio.value);
  const region = new Map<AssetId, Half>(corners);
  for (const [index, { asset, target }] of drift.entries()) {
    const volatility = at(volatilities, index);
    if (volatility <= STILL || corners.has(asset)) continue;
    const proportional = trigger.proportional === undefined ? estimate(view, asset) : trigger.proportional / ONE;
    if (typeof proportional !== 'number') return proportional;
    const variance = (volatility * target * (1 - target)) ** 2;
    const curvature = trigger.riskAversion * volatility ** 2;
    region.set(asset, NoTrade.of({ variance, curvature, proportional, fixed }));
  }
  return apart(region, drift, view, gas);
}

/** Judge every asset by its own region. */
function apart(region: Region, drift: readonly Drift[], { snapshot }: View, gas: Usd): Finding {
  const found = watch(region, drift, snapshot);
  return found.kind === 'blind' ? found : { ...found, why: `${found.why} (the cheapest at ${dollars(gas)} of gas)` };
}

/** Judge the basket by one ellipsoid δ'Mδ < 1: a trade of all of it costs the same gas however far it goes. */
function together(
  { riskAversion }: CostOptimal,
  { covariance }: Foresight,
  drift: readonly Drift[],
  { portfolio }: View,
  gas: Usd,
): Finding {
  const { matrix, meanTime } = Ellipsoid.of({
    covariance: Ellipsoid.deviations(
      covariance,
      drift.map(({ target }) => target),
    ),
    curvature: covariance.map((row) => row.map((value) => riskAversion * value)),
    fixed: approximate(gas, portfolio.value),
  });
  const measured = Ellipsoid.measure(
    matrix,
    drift.map(({ absolute }) => absolute),
  );
  const what = `the drift of the basket measures ${percent(measured)} of what is worth ${dollars(gas)} of gas`;
  if (measured >= 1) return { kind: 'due', why: what };
  return { kind: 'quiet', why: `${what}; a trade every ${duration(meanTime * YEAR)} is expected` };
}

/** Estimate the one-way cost of trading an asset {1}: what the best pool takes of a sale of 1 % of the portfolio. */
function estimate({ snapshot, portfolio }: View, asset: AssetId): number | Blind {
  const position = portfolio.positions.find((one) => one.asset.id === asset);
  const pools = snapshot.markets.filter(Market.isPool).filter(({ assets }) => assets.includes(asset));
  const atoms =
    position === undefined ? 0n : atomsDown(portfolio.value / 100n, position.asset.decimals, position.price);
  const loss = Math.min(1, ...(atoms > 0n ? pools.map((pool) => lossOf(pool, asset, atoms)) : []));
  if (loss < 1) return loss;
  const was = `no pool that takes ${dollars(portfolio.value / 100n)} of ${symbolOf(snapshot, asset)}`;
  return blind(was, 'one whose cost can be computed', 'add its pool, or give the trigger a proportional cost');
}
