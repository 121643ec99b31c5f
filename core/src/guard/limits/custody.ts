// What custody would refuse anyway is refused here first, before gas is spent on finding out.

import { valueDown, valueUp } from '../../money/Amount.ts';
import { dollars } from '../../money/Price.ts';
import { duration } from '../../money/Time.ts';
import * as Case from '../Case.ts';
import type { Refusal } from '../Verdict.ts';

/** Refuse a plan that custody is not ready for, or that could use up more than its buckets have room for. */
export function custody(judged: Case.Case): readonly Refusal[] {
  const { at, custody: permits } = judged.snapshot;
  const refusals: Refusal[] = [];
  if (at < permits.readyAt) {
    const was = `custody takes its next plan in ${duration(permits.readyAt - at)}`;
    refusals.push({ limit: 'cooldown', was, allowed: 'not before then', fix: 'wait' });
  }
  const loss = atWorst(judged);
  if (loss > permits.lossRoom) {
    const was = `could lose ${dollars(loss)} against the oracle`;
    const fix = 'wait for the loss bucket to leak, or lower the slippage of trades';
    refusals.push({ limit: 'loss', was, allowed: dollars(permits.lossRoom), fix });
  }
  if (judged.plan.turnover > permits.turnoverRoom) {
    const was = `sells ${dollars(judged.plan.turnover)}`;
    const fix = 'wait for the turnover bucket to leak';
    refusals.push({ limit: 'turnover', was, allowed: dollars(permits.turnoverRoom), fix });
  }
  return refusals;
}

/** Sum what each swap would lose at its floor, valued at the primary prices; a gain pays for no other's loss. */
function atWorst(judged: Case.Case): bigint {
  return Case.swaps(judged).reduce((sum, swap) => {
    const sell = Case.position(judged, swap.sell);
    const buy = Case.position(judged, swap.buy);
    if (sell === undefined || buy === undefined) return sum;
    const given = valueUp(swap.sold, sell.asset.decimals, sell.price);
    const received = valueDown(swap.floor, buy.asset.decimals, buy.price);
    return given > received ? sum + given - received : sum;
  }, 0n);
}
