// When things go wrong in a row, the fault may be ours: stop, and let a person look.

import * as Bps from '../../money/Bps.ts';
import { max as larger, mulDivDown, ONE } from '../../money/Fixed.ts';
import type { Case } from '../Case.ts';
import type { Refusal } from '../Verdict.ts';
import { unseen } from './unseen.ts';

/** Refuse everything while a share is worth more than `max` less than at its best; before a first peak it is at its best. */
export function drawdown(max: Bps.Bps, { snapshot, portfolio }: Case): readonly Refusal[] {
  const { past, custody } = snapshot;
  if (past === undefined) return [unseen('drawdown', 'the best value of a share so far')];
  if (custody.supply <= 0n) return [unseen('drawdown', 'what a share is worth')];
  const share = mulDivDown(portfolio.value, ONE, custody.supply);
  const peak = larger(share, past.peak);
  const down = share === peak ? 0n : Bps.ofUp(peak - share, peak);
  if (down <= BigInt(max)) return [];
  const fix = 'look at what was lost and why, then allow more or lower the risk';
  return [{ limit: 'drawdown', was: `${Bps.percent(down)} below the peak`, allowed: Bps.percent(max), fix }];
}

/** Refuse everything after more than `max` failed rebalances in a row. */
export function failures(max: number, { snapshot }: Case): readonly Refusal[] {
  const { past } = snapshot;
  if (past === undefined) return [unseen('failures', 'how the last rebalances ended')];
  if (past.failures <= max) return [];
  const fix = 'find out why they failed before the next one';
  return [{ limit: 'failures', was: `${past.failures} rebalances failed in a row`, allowed: `${max}`, fix }];
}
