// How much may be traded in dollars, whatever share of the portfolio that is.

import { dollars, type Usd } from '../../money/Price.ts';
import * as Case from '../Case.ts';
import type { Refusal } from '../Verdict.ts';
import { unseen } from './unseen.ts';

/** Refuse a swap that sells more than `perTrade`, and a plan that brings the last 24 hours above `perDay`. D18{USD}. */
export function notional(perTrade: Usd | undefined, perDay: Usd | undefined, judged: Case.Case): readonly Refusal[] {
  const refusals: Refusal[] = [];
  const refuse = (was: string, allowed: string, fix: string) => refusals.push({ limit: 'notional', was, allowed, fix });
  for (const swap of perTrade === undefined ? [] : Case.swaps(judged)) {
    const value = Case.sold(judged, swap);
    if (perTrade === undefined || value <= perTrade) continue;
    refuse(`sells ${dollars(value)} at once`, dollars(perTrade), 'move the targets in smaller steps, or allow more');
  }
  if (perDay === undefined) return refusals;
  const { past } = judged.snapshot;
  if (past === undefined) return [...refusals, unseen('notional', 'what was sold in the last 24 h')];
  const total = past.soldToday + judged.plan.turnover;
  if (total > perDay) {
    const was = `sells ${dollars(judged.plan.turnover)} after ${dollars(past.soldToday)} in the last 24 h`;
    refuse(was, `${dollars(perDay)} a day`, 'wait until tomorrow, or allow more');
  }
  return refusals;
}
