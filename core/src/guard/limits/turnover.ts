// A plan that turns over much of the portfolio at once is more often a mistake than a need.

import * as Bps from '../../money/Bps.ts';
import { dollars } from '../../money/Price.ts';
import type { Case } from '../Case.ts';
import type { Refusal } from '../Verdict.ts';

/** Refuse a plan that sells more than `max` of the portfolio's value. */
export function turnover(max: Bps.Bps, { plan }: Case): readonly Refusal[] {
  const share = Bps.ofUp(plan.turnover, plan.value);
  if (share <= BigInt(max)) return [];
  return [
    {
      limit: 'turnover',
      was: `sells ${dollars(plan.turnover)}, ${Bps.percent(share)} of the portfolio`,
      allowed: Bps.percent(max),
      fix: 'allow more in one plan, or move the targets in smaller steps',
    },
  ];
}
