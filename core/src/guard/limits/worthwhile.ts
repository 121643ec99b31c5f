// Drift costs little; trading too early costs more. A plan has to be worth its price.

import * as Bps from '../../money/Bps.ts';
import { dollars } from '../../money/Price.ts';
import type { Case } from '../Case.ts';
import type { Refusal } from '../Verdict.ts';

/** Refuse a plan whose fees, impact and gas exceed `max` of the value it trades. */
export function worthwhile(max: Bps.Bps, { plan }: Case): readonly Refusal[] {
  const { fee, impact, gas } = plan.cost;
  const cost = fee + impact + gas;
  if (cost * BigInt(Bps.ONE) <= plan.turnover * BigInt(max)) return [];
  return [
    {
      limit: 'worthwhile',
      was: `costs ${dollars(cost)} (gas ${dollars(gas)}) to trade ${dollars(plan.turnover)}`,
      allowed: `${Bps.percent(max)} of what is traded`,
      fix: 'wait for cheaper gas or deeper markets, widen the bands, or allow more',
    },
  ];
}
