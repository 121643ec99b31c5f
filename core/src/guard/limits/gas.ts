// Gas that costs more than the owner ever meant to pay, whatever it buys.

import { dollars, type Usd } from '../../money/Price.ts';
import type { Case } from '../Case.ts';
import type { Refusal } from '../Verdict.ts';

/** Refuse a plan whose gas costs more than `max`. D18{USD}. */
export function gas(max: Usd, { plan }: Case): readonly Refusal[] {
  if (plan.cost.gas <= max) return [];
  const fix = 'wait for cheaper gas, or allow more';
  return [{ limit: 'gas', was: `costs ${dollars(plan.cost.gas)} of gas`, allowed: dollars(max), fix }];
}
