// Read this first. One frozen picture in, one explained decision out:
//
//     snapshot → intent → plan → verdict → decision
//
// Pure and synchronous: the same snapshot and strategy give the same decision, bit for bit, today or in a replay a
// year later. Nothing here knows what time it is, asks the network, or remembers the last call.

import type { Decision, Seen } from './Decision.ts';
import * as Doubts from './guard/Doubts.ts';
import { inspect, targeted } from './guard/inspect.ts';
import { judge } from './guard/judge.ts';
import { solvency } from './guard/solvency.ts';
import { say, type Refusal } from './guard/Verdict.ts';
import { compose } from './plan/compose.ts';
import type { Plan } from './plan/Plan.ts';
import { aim } from './policy/aim.ts';
import type { Blind } from './policy/Blind.ts';
import { constrain } from './policy/constrain.ts';
import { due } from './policy/due.ts';
import type { Intent } from './policy/Intent.ts';
import { land } from './policy/land.ts';
import * as Region from './policy/Region.ts';
import type { Strategy } from './policy/Strategy.ts';
import * as Drift from './portfolio/Drift.ts';
import * as Portfolio from './portfolio/Portfolio.ts';
import { symbolOf, type Snapshot } from './portfolio/Snapshot.ts';

const NOTHING: Seen = {
  value: 0n,
  drift: [],
  intent: { kind: 'hold', why: 'there is nothing to rebalance' },
  trigger: 'a first deposit',
};

/** Decide whether to rebalance, and how. Bad prices, holdings and weights are not thrown but refused, with the reason. */
export function decide(snapshot: Snapshot, strategy: Strategy): Decision {
  const flaws = inspect(snapshot);
  if (flaws.length > 0) return blind(flaws);

  const portfolio = Portfolio.of(snapshot);
  const broke = solvency(portfolio);
  if (broke.length > 0) return blind(broke);
  if (portfolio.value === 0n) return hold(NOTHING, 'the portfolio is worth nothing');

  const view = { snapshot, portfolio };
  const aimed = constrain(aim(strategy.toward, view), strategy.keeping ?? [], view);
  if (aimed.kind === 'blind') return blind([unseen(aimed)]);
  const targets = aimed.weights;
  const wrong = targeted(snapshot, targets, aimed.owed);
  if (wrong.length > 0) return blind(wrong);

  const bare = Drift.of(portfolio, targets, {});
  const found = due(strategy.when, bare, view);
  if (found.kind === 'blind') return blind([unseen(found)]);
  const drift = Region.mark(bare, found.region ?? Region.NONE);
  const { why: trigger, keep = {} } = found;
  const wanted = joined(trigger, aimed.why);
  const doubts = Doubts.of(snapshot, strategy.within);
  const see = (intent: Intent): Seen => ({ value: portfolio.value, drift, intent, trigger, keep, ...doubts });
  if (found.kind === 'quiet') return hold(see({ kind: 'hold', why: wanted }), `not due: ${wanted}`);

  const landed = land(strategy, drift, found, view);
  if (landed.kind === 'blind') return blind([unseen(landed)]);
  const seen = see({ kind: 'move', why: wanted, weights: landed.weights });
  const plan = compose(snapshot, portfolio, landed.weights, strategy.trading, landed.stiffness);
  if (plan.steps.length === 0) return hold(seen, `due, but nothing is worth trading: ${skipped(plan, snapshot)}`);

  const verdict = judge({ snapshot, portfolio, targets, plan }, strategy.within);
  if (verdict.kind === 'refuse') return refuse(seen, verdict.refusals, plan);
  return { kind: 'act', ...seen, why: joined(wanted, plan.why), plan };
}

function hold(seen: Seen, why: string): Decision {
  return { kind: 'hold', ...seen, why };
}

function refuse(seen: Seen, refusals: readonly Refusal[], plan: Plan): Decision {
  return { kind: 'refuse', ...seen, ...Doubts.among(refusals), why: say(refusals), plan, refusals };
}

/** Refuse a snapshot from which nothing can be judged. */
function blind(refusals: readonly Refusal[]): Decision {
  const intent: Intent = { kind: 'hold', why: 'nothing can be judged from this snapshot' };
  return { kind: 'refuse', value: 0n, drift: [], intent, trigger: 'unknown', why: say(refusals), refusals };
}

function unseen({ was, allowed, fix }: Blind): Refusal {
  return { limit: 'inputs', was, allowed, fix };
}

/** Put reasons one after the other; a target that is plain gives none. */
function joined(...reasons: readonly (string | undefined)[]): string {
  return reasons.filter((reason) => reason !== undefined).join('; ');
}

function skipped(plan: Plan, snapshot: Snapshot): string {
  return plan.skips.map(({ asset, why }) => `${symbolOf(snapshot, asset)} ${why}`).join('; ');
}
