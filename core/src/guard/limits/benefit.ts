// Drift is a risk that nobody chose. Removing it is worth what that risk would cost, and not a cent more.

import type { AssetId } from '../../money/Asset.ts';
import { approximate } from '../../money/approximate.ts';
import { dollars, type Usd } from '../../money/Price.ts';
import { duration, YEAR } from '../../money/Time.ts';
import { at, sum } from '../../forecast/Numbers.ts';
import type { Outlook } from '../../portfolio/Outlook.ts';
import { symbolOf } from '../../portfolio/Snapshot.ts';
import type { Benefit } from '../../policy/Limit.ts';
import * as Case from '../Case.ts';
import type { Refusal } from '../Verdict.ts';
import { unseen } from './unseen.ts';

/** Refuse a plan whose cost is not below the risk that it removes over the horizon. */
export function benefit({ aversion, horizon, maxAge }: Benefit, judged: Case.Case): readonly Refusal[] {
  const { snapshot, portfolio, plan } = judged;
  const { outlook } = snapshot;
  if (outlook === undefined) return [unseen('benefit', 'how the assets move')];
  const age = snapshot.at - outlook.at;
  if (age < 0 || age > maxAge) {
    const was = `the outlook is ${duration(age)} old`;
    return [{ limit: 'benefit', was, allowed: `0 s to ${duration(maxAge)}`, fix: 'estimate it again' }];
  }
  const missing = portfolio.positions.find(({ asset }) => !outlook.assets.includes(asset.id));
  if (missing !== undefined) return [unseen('benefit', `how ${symbolOf(snapshot, missing.asset.id)} moves`)];
  const before = variance(judged, outlook, new Map(portfolio.positions.map(({ asset, value }) => [asset.id, value])));
  const removed = before - variance(judged, outlook, Case.after(judged));
  const worth = (aversion / 2) * removed * (horizon / YEAR) * approximate(portfolio.value, 1n);
  const cost = plan.cost.fee + plan.cost.impact + plan.cost.gas;
  if (worth > approximate(cost, 1n)) return [];
  return [
    {
      limit: 'benefit',
      was: `costs ${dollars(cost)} to remove a risk worth ${dollars(BigInt(Math.floor(worth)))} over ${duration(horizon)}`,
      allowed: 'a benefit above the cost',
      fix: 'widen the bands, wait for cheaper gas or deeper markets, or count with a longer horizon',
    },
  ];
}

/** Compute δ'Σδ {1/yr}, δ the weights less the targets. */
function variance(judged: Case.Case, outlook: Outlook, values: ReadonlyMap<AssetId, Usd>): number {
  const whole = [...values.values()].reduce((total, value) => total + value, 0n);
  const off = outlook.assets.map((asset) => {
    const value = values.get(asset);
    return value === undefined ? 0 : approximate(value, whole) - (judged.targets[asset] ?? 0);
  });
  return sum(off.map((one, i) => one * sum(off.map((other, j) => other * at(at(outlook.covariance, i), j)))));
}
