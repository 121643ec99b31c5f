// The last word before anything is done: every limit is judged, and every refusal is told.

import type { Limit } from '../policy/Limit.ts';
import type { Case } from './Case.ts';
import { concentration } from './limits/concentration.ts';
import { benefit } from './limits/benefit.ts';
import { drawdown, failures } from './limits/breakers.ts';
import { depeg } from './limits/depeg.ts';
import { exposure } from './limits/exposure.ts';
import { gas } from './limits/gas.ts';
import { health } from './limits/health.ts';
import { impact } from './limits/impact.ts';
import { notional } from './limits/notional.ts';
import { reduceOnly } from './limits/reduceOnly.ts';
import { consistency } from './limits/consistency.ts';
import { custody } from './limits/custody.ts';
import { divergence } from './limits/divergence.ts';
import { slippage } from './limits/slippage.ts';
import { staleness } from './limits/staleness.ts';
import { turnover } from './limits/turnover.ts';
import { worthwhile } from './limits/worthwhile.ts';
import type { Refusal, Verdict } from './Verdict.ts';

/** Judge a plan by its own arithmetic, by what custody permits, and by every limit of its owner. */
export function judge(judged: Case, within: readonly Limit[]): Verdict {
  // A plan that is not what it says cannot be judged by what it says.
  const flaws = consistency(judged);
  if (flaws.length > 0) return { kind: 'refuse', refusals: flaws };
  const refusals = [...custody(judged), ...within.flatMap((limit) => judgeBy(limit, judged))];
  return refusals.length === 0 ? { kind: 'pass' } : { kind: 'refuse', refusals };
}

/** Judge a plan by one limit alone, taking its word for what it sells, expects and costs. */
export function judgeBy(limit: Limit, judged: Case): readonly Refusal[] {
  switch (limit.kind) {
    case 'staleness':
      return staleness(limit.grace, judged);
    case 'divergence':
      return divergence(limit.max, judged);
    case 'slippage':
      return slippage(limit.max, judged);
    case 'turnover':
      return turnover(limit.max, judged);
    case 'worthwhile':
      return worthwhile(limit.maxCost, judged);
    case 'depeg':
      return depeg(limit.pegs, limit.max, judged);
    case 'impact':
      return impact(limit.max, judged);
    case 'notional':
      return notional(limit.perTrade, limit.perDay, judged);
    case 'concentration':
      return concentration(limit.max, limit.perAsset ?? {}, judged);
    case 'exposure':
      return exposure(limit, judged);
    case 'health':
      return health(limit, judged);
    case 'gas':
      return gas(limit.max, judged);
    case 'benefit':
      return benefit(limit, judged);
    case 'drawdown':
      return drawdown(limit.max, judged);
    case 'failures':
      return failures(limit.max, judged);
    case 'reduce-only':
      return reduceOnly(limit.assets, judged);
  }
}
