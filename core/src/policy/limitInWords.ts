// A limit as a person would say it, wherever limits are listed.

import * as Bps from '../money/Bps.ts';
import { dollars } from '../money/Price.ts';
import { duration } from '../money/Time.ts';
import type { Limit } from './Limit.ts';

/** Say what a limit allows. */
export function limitInWords(limit: Limit): string {
  switch (limit.kind) {
    case 'staleness':
      return `staleness: no price more than ${duration(limit.grace)} past its heartbeat`;
    case 'divergence':
      return `divergence: sources and markets within ${Bps.percent(limit.max)} of the primary price`;
    case 'depeg':
      return `depeg: nothing bought more than ${Bps.percent(limit.max)} from its peg`;
    case 'slippage':
      return `slippage: floors at most ${Bps.percent(limit.max)} below the primary prices`;
    case 'impact':
      return `impact: no trade moves its price by more than ${Bps.percent(limit.max)}`;
    case 'notional':
      return `notional: ${amounts(limit)}`;
    case 'turnover':
      return `turnover: one plan sells at most ${Bps.percent(limit.max)} of the portfolio`;
    case 'concentration':
      return `concentration: nothing bought weighs more than ${Bps.percent(limit.max)}, or its own limit`;
    case 'exposure':
      return `exposure: at most ${Bps.percent(limit.max)} in ${limit.name}`;
    case 'health':
      return `health: a health factor of at least ${limit.min / Bps.ONE}`;
    case 'gas':
      return `gas: at most ${dollars(limit.max)} for a plan`;
    case 'worthwhile':
      return `worthwhile: costs at most ${Bps.percent(limit.maxCost)} of the value traded`;
    case 'benefit':
      return `benefit: the risk removed over ${duration(limit.horizon)} is worth more than the cost`;
    case 'drawdown':
      return `drawdown: nothing while a share is more than ${Bps.percent(limit.max)} below its best`;
    case 'failures':
      return `failures: nothing after more than ${limit.max} failed rebalances in a row`;
    case 'reduce-only':
      return `reduce-only: ${limit.assets.length === 1 ? 'one asset' : `${limit.assets.length} assets`} sold but not bought`;
  }
}

function amounts({ perTrade, perDay }: Extract<Limit, { readonly kind: 'notional' }>): string {
  const trade = perTrade === undefined ? [] : [`${dollars(perTrade)} at once`];
  const day = perDay === undefined ? [] : [`${dollars(perDay)} a day`];
  return `at most ${[...trade, ...day].join(', ')}`;
}
