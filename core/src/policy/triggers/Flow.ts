// Act on money that came in or went out: a trade in the direction of a flow removes drift that the flow has made.

import { valueDown } from '../../money/Amount.ts';
import { ONE, ofUp, percent, shareUp, type Bps } from '../../money/Bps.ts';
import { dollars, type Usd } from '../../money/Price.ts';
import type { Drift } from '../../portfolio/Drift.ts';
import * as Field from '../Field.ts';
import type { View } from '../View.ts';
import type { Finding } from './Finding.ts';
import { remembered } from './remembered.ts';

/** Fire once what came in, less what went out since the last rebalance closed, is at least `min` of the portfolio's value. */
export type Flow = { readonly kind: 'flow'; readonly direction: 'in' | 'out' | 'either'; readonly min: Bps };

/** Read a flow trigger. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field): Flow {
  Field.record(field, ['kind', 'direction', 'min']);
  return {
    kind: 'flow',
    direction: Field.word(Field.part(field, 'direction'), ['in', 'out', 'either']),
    min: Field.integer(Field.part(field, 'min'), 1, ONE),
  };
}

/** Find whether enough has flowed. Blind without a past. */
export function find({ direction, min }: Flow, _drift: readonly Drift[], view: View): Finding {
  const past = remembered(view, 'what came in and went out since the last rebalance');
  if ('kind' in past) return past;
  let net: Usd = 0n;
  for (const { asset, price } of view.portfolio.positions) {
    for (const flow of past.flows) if (flow.asset === asset.id) net += valueDown(flow.atoms, asset.decimals, price);
  }
  const size = net < 0n ? -net : net;
  const { value } = view.portfolio;
  const way = net < 0n ? 'out' : 'in';
  const what = `${dollars(size)} went ${way} since the last rebalance, ${percent(ofUp(size, value))} of the portfolio`;
  const counts = direction === 'either' || direction === way;
  if (counts && size > 0n && size >= shareUp(value, min)) return { kind: 'due', why: what };
  return {
    kind: 'quiet',
    why: `${what}; ${percent(min)} ${direction === 'either' ? 'either way' : direction} is waited for`,
  };
}
