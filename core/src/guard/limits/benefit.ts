// Drift is a risk that nobody chose. Removing it is worth what that risk would cost, and not a cent more.

import type { AssetId } from '../../money/Asset.ts';
import { approximate } from '../../money/approximate.ts';
import { dollars, type Usd } from '../../money/Price.ts';
import { duration, YEAR } from '../../money/Time.ts';
import { at, sum } from '../../forecast/Numbers.ts';
import * as Cost from '../../plan/Cost.ts';
import type { Benefit } from '../../policy/Limit.ts';
import type { Foresight } from '../../policy/targets/foresee.ts';
import { believe } from '../../policy/triggers/believe.ts';
import * as Case from '../Case.ts';
import type { Refusal } from '../Verdict.ts';
import { unseen } from './unseen.ts';

/** Refuse a plan whose cost is not below the risk that it removes over the horizon. */
export function benefit({ aversion, horizon, maxAge }: Benefit, judged: Case.Case): readonly Refusal[] {
  const { snapshot, portfolio, plan } = judged;
  if (snapshot.outlook === undefined) return [unseen('benefit', 'how the assets move')];
  const held = portfolio.positions.map(({ asset }) => ({ asset: asset.id }));
  const seen = believe({ snapshot, portfolio }, held, maxAge);
  if (seen.kind === 'blind') {
    const { was, allowed, fix } = seen;
    return [{ limit: 'benefit', was, allowed, fix }];
  }
  const before = variance(judged, seen, new Map(portfolio.positions.map(({ asset, value }) => [asset.id, value])));
  const removed = before - variance(judged, seen, Case.after(judged));
  const worth = (aversion / 2) * removed * (horizon / YEAR) * approximate(portfolio.value, 1n);
  const cost = Cost.total(plan.cost);
  if (worth > approximate(cost, 1n) && worth < Infinity) return [];
  const told = Number.isFinite(worth) ? dollars(BigInt(Math.floor(worth))) : String(worth);
  return [
    {
      limit: 'benefit',
      was: `costs ${dollars(cost)} to remove a risk worth ${told} over ${duration(horizon)}`,
      allowed: 'a benefit above the cost',
      fix: 'widen the bands, wait for cheaper gas or deeper markets, or count with a longer horizon',
    },
  ];
}

/** Compute δ'Σδ {1/yr}, δ the weights less the targets. */
function variance(judged: Case.Case, { assets, covariance }: Foresight, values: ReadonlyMap<AssetId, Usd>): number {
  const whole = [...values.values()].reduce((total, value) => total + value, 0n);
  const off = assets.map((asset) => {
    const value = values.get(asset);
    return value === undefined ? 0 : approximate(value, whole) - (judged.targets[asset] ?? 0);
  });
  return sum(off.map((one, i) => one * sum(off.map((other, j) => other * at(at(covariance, i), j)))));
}
