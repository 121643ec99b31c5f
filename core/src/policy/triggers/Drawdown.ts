// Act on a loss: when a share is worth much less than it once was.

import { ofUp, ONE, percent, type Bps } from '../../money/Bps.ts';
import { max } from '../../money/Fixed.ts';
import type { Drift } from '../../portfolio/Drift.ts';
import * as Field from '../Field.ts';
import { shareValue } from '../targets/Protection.ts';
import type { View } from '../View.ts';
import type { Finding } from './Finding.ts';
import { remembered } from './remembered.ts';

/** Fire while a share is worth at least `min` less than at its peak. Per share, so that withdrawals are no loss. */
export type Drawdown = { readonly kind: 'drawdown'; readonly min: Bps };

/** Read a drawdown trigger. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field): Drawdown {
  Field.record(field, ['kind', 'min']);
  return { kind: 'drawdown', min: Field.integer(Field.part(field, 'min'), 1, ONE) };
}

/** Find whether the loss since the peak is large enough; before a first peak there is none. Blind without a past or without shares. */
export function find({ min }: Drawdown, _drift: readonly Drift[], view: View): Finding {
  const past = remembered(view, 'the highest value of a share so far');
  if ('kind' in past) return past;
  const share = shareValue(view);
  if (typeof share !== 'bigint') return share;
  const peak = max(share, past.peak);
  const down = share === peak ? 0n : ofUp(peak - share, peak);
  const what = `a share is worth ${percent(down)} less than at its peak`;
  return down >= BigInt(min)
    ? { kind: 'due', why: `${what}, at least ${percent(min)}` }
    : { kind: 'quiet', why: `${what}; a fall of ${percent(min)} is waited for` };
}
