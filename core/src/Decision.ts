// The outcome of looking once: what was seen, wanted and planned, and who let it pass.

import type { Doubts } from './guard/Doubts.ts';
import type { Refusal } from './guard/Verdict.ts';
import type { Plan } from './plan/Plan.ts';
import type { Intent } from './policy/Intent.ts';
import type { Keep } from './policy/triggers/Finding.ts';
import type { Usd } from './money/Price.ts';
import type { Drift } from './portfolio/Drift.ts';

export type Decision = Seen &
  (
    | { readonly kind: 'hold'; readonly why: string }
    | { readonly kind: 'refuse'; readonly why: string; readonly plan?: Plan; readonly refusals: readonly Refusal[] }
    | { readonly kind: 'act'; readonly why: string; readonly plan: Plan }
  );

/** What every decision reports, whatever its outcome; `doubts` are those about the prices that it rests on. */
export type Seen = Doubts & {
  readonly value: Usd;
  readonly drift: readonly Drift[];
  readonly intent: Intent;
  /** What would make a rebalance due, in words with numbers. */
  readonly trigger: string;
  /** What the triggers must be told of next time: `remember` takes it into the past. Absent where they could not see. */
  readonly keep?: Keep;
};
