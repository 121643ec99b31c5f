// Drift costs little; trading too early costs more. A plan has to be worth its price.

import * as Bps from '../../money/Bps.ts';
import { dollars } from '../../money/Price.ts';
import * as Cost from '../../plan/Cost.ts';
import type { Case } from '../Case.ts';
import type { Refusal } from '../Verdict.ts';

/** Refuse a plan whose costs of every kind exceed `max` of the value it trades. */
export function worthwhile(max: Bps.Bps, { plan }: Case): readonly Refusal[] {
  const cost = Cost.total(plan.cost);
  if (cost * BigInt(Bps.ONE) <= plan.turnover * BigInt(max)) return [];
  return [
    {
      limit: 'worthwhile',
      was: `costs ${dollars(cost)} (gas ${dollars(plan.cost.gas)}) to trade ${dollars(plan.turnover)}`,
      allowed: `${Bps.percent(max)} of what is traded`,
      fix: 'wait for cheaper gas or deeper markets, widen the bands, or allow more',
    },
  ];
}
