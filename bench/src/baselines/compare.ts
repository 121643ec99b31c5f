// One rebalance, planned three ways and judged alike: as one program, by the best single path, and by a percentage split.

import type { Proof } from '@trimtab/core';
import { percentageSplit } from './percentageSplit.ts';
import { planned } from './planned.ts';
import { carryOut, gasOf, type Outcome, type Rebalance } from './Rebalance.ts';
import { rebalanceBy } from './rebalanceBy.ts';
import { singlePath } from './singlePath.ts';

/** Hold what came of each way, and of doing nothing. */
export type Comparison = {
  readonly idle: Outcome;
  readonly plan: Outcome;
  readonly single: Outcome;
  readonly split: Outcome;
  readonly proof: Proof;
  /** How far what the plan counts on is from what carrying it out comes to {1}. */
  readonly missed: number;
  /** What planning took {ms}. */
  readonly took: number;
};

/** Plan a rebalance three ways. Throws OrderRefused where a plan cannot be carried out as it is. */
export function compare(task: Rebalance): Comparison {
  const idle = carryOut(task, []);
  const { orders, swaps, plan: planning, took } = planned(task);
  const plan = carryOut(task, orders);
  // The plan counts the gas of every slice.
  const { value, penalty } = plan;
  const came = value - penalty - gasOf(task.charges, swaps);
  return {
    idle,
    plan,
    single: rebalanceBy(singlePath, task).outcome,
    split: rebalanceBy(percentageSplit, task).outcome,
    proof: planning.proof,
    missed: Math.abs(planning.proof.objective / came - 1),
    took,
  };
}

/** Say by how much the plan leaves the portfolio better off than another way {bps of value}, and of what the plan sells. */
export function margin(
  { plan, idle }: Comparison,
  other: Outcome,
): { readonly value: number; readonly turnover: number } {
  const more = 1e4 * (plan.objective - other.objective);
  return { value: more / idle.value, turnover: plan.turnover > 0 ? more / plan.turnover : 0 };
}
