// A limit that cannot see what it judges by refuses.

import type { Refusal } from '../Verdict.ts';

/** Refuse for want of something that the snapshot should hold. */
export function unseen(limit: string, what: string): Refusal {
  return {
    limit,
    was: `the snapshot does not say ${what}`,
    allowed: 'nothing unseen',
    fix: 'let whoever observes add it to the snapshot, or remove the limit',
  };
}
