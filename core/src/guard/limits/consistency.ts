// A plan is checked against its own arithmetic: the guard trusts no planner, ours included.

import { symbolOf } from '../../portfolio/Snapshot.ts';
import type { Swap } from '../../plan/Plan.ts';
import * as Case from '../Case.ts';
import type { Refusal } from '../Verdict.ts';

/** Refuse a plan that trades what is not held, sells more than there is, or whose amounts do not add up. */
export function consistency(judged: Case.Case): readonly Refusal[] {
  const spent = new Map<string, bigint>();
  return Case.swaps(judged).flatMap((swap) => {
    const total = (spent.get(swap.sell) ?? 0n) + swap.sold;
    spent.set(swap.sell, total);
    const flaw = flawIn(swap, total, judged);
    if (flaw === undefined) return [];
    const names = `${symbolOf(judged.snapshot, swap.sell)} for ${symbolOf(judged.snapshot, swap.buy)}`;
    return [
      { limit: 'consistency', was: `${names}: ${flaw}`, allowed: 'a plan that adds up', fix: 'report this as a bug' },
    ];
  });
}

function flawIn(swap: Swap, spent: bigint, judged: Case.Case): string | undefined {
  const sell = Case.position(judged, swap.sell);
  if (sell === undefined || Case.position(judged, swap.buy) === undefined) return 'not both in the portfolio';
  if (swap.sold <= 0n || swap.floor <= 0n) return `sells ${swap.sold} atoms for at least ${swap.floor}`;
  if (swap.floor > swap.expected) return `the floor ${swap.floor} is above the ${swap.expected} expected`;
  if (spent > sell.held) return `sells ${spent} atoms of ${sell.held}`;
  const routed = swap.routes.reduce((sum, { sold }) => sum + sold, 0n);
  return routed === swap.sold ? undefined : `its routes carry ${routed} of ${swap.sold} atoms`;
}
