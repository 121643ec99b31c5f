// How the vault stands, in one plain sentence. Whoever asks "why has nothing happened?" finds the answer here.

import type { Decision, Drift, Run, Status, Step } from './contract.ts';

/** Hold what the sentence is made from. */
export type Facts = {
  readonly halted?: Status['halted'] | undefined;
  readonly drift: readonly Drift[];
  readonly decision?: Decision | undefined;
  readonly run?: Run | undefined;
};

/** Name the state of the vault and put it into words. */
export function stand(facts: Facts): Pick<Status, 'state' | 'sentence'> {
  const { halted, run, decision } = facts;
  if (halted !== undefined) {
    const why = stopped(halted.why);
    return { state: 'halted', sentence: `Halted by ${halted.by}: ${why} Nothing is traded until it is resumed.` };
  }
  if (decision === undefined) return { state: 'waiting', sentence: 'Waiting for the first look at the vault.' };
  if (run !== undefined && run.decision === decision.seq) return { state: 'rebalancing', sentence: rebalancing(run) };
  const nearest = nearestToBand(facts.drift);
  if (nearest?.room === undefined) return { state: 'on-target', sentence: unguarded(facts.drift) };
  if (nearest.room >= 0) {
    return {
      state: 'on-target',
      sentence: `On target. ${nearest.symbol} is nearest to the edge of its band, ${pp(nearest.room)} away.`,
    };
  }
  return {
    state: 'outside',
    sentence: `${nearest.symbol} is ${pp(-nearest.room)} outside its band. ${reason(decision)}`,
  };
}

/** Until the next look, drift is what it was before the trades: say what was done instead. */
function rebalancing(run: Run): string {
  if (run.state === 'done') return 'Rebalanced. The next look will show where it landed.';
  if (run.state === 'abandoned') return `The rebalance was given up: ${stopped(run.why)} The next look decides afresh.`;
  const index = run.steps.findIndex((one) => one.state !== 'settled');
  const current = run.steps[index];
  if (current === undefined) return `Rebalancing: all ${run.steps.length} steps are settled.`;
  const { step } = current;
  return `Rebalancing: step ${index + 1} of ${run.steps.length}, ${doing(step)}.`;
}

function doing(step: Step): string {
  if (step.kind === 'authorise') return 'announcing the plan to the vault';
  const { sold, expected, guarded } = step;
  const slice = guarded === undefined || guarded.of === 1 ? '' : `, slice ${guarded.slice} of ${guarded.of}`;
  return `selling ${sold.symbol} for ${expected.symbol}${slice}`;
}

function reason(decision: Decision): string {
  switch (decision.kind) {
    case 'act':
      return decision.mode === 'DRY RUN'
        ? 'A dry run plans the trades and sends none.'
        : `A rebalance was decided: ${stopped(decision.why)}`;
    case 'refuse':
      return `The guard stopped the plan: ${stopped(decision.why)}`;
    case 'hold':
      return `Holding: ${stopped(decision.why)}`;
  }
}

function unguarded(drift: readonly Drift[]): string {
  const furthest = drift.toSorted((a, b) => Math.abs(b.absolute) - Math.abs(a.absolute))[0];
  if (furthest === undefined) return 'The vault holds no assets.';
  return `No band is set. ${furthest.symbol} is furthest from its target, ${pp(Math.abs(furthest.absolute))} away.`;
}

function nearestToBand(drift: readonly Drift[]): Drift | undefined {
  return drift.filter((one) => one.room !== undefined).toSorted((a, b) => (a.room ?? 0) - (b.room ?? 0))[0];
}

/** Write a weight in percentage points; what would round to 0.0 is written to two places. */
function pp(weight: number): string {
  const points = weight * 100;
  return `${points.toFixed(points < 0.05 ? 2 : 1)} pp`;
}

/** End a phrase with exactly one full stop. */
function stopped(phrase: string): string {
  return `${phrase.replace(/[.\s]+$/, '')}.`;
}
