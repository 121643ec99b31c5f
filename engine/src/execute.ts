// Doing: carry a run forward by its one next thing, writing before acting. Nothing here decides what to trade.

import * as Run from './Run.ts';
import type { Event } from './Event.ts';
import { settle } from './settle.ts';
import type { Attempt, World } from './ports.ts';

/** Say what came of one push: the events to journal, or what the run is waiting for. */
export type Pushed =
  | { readonly kind: 'events'; readonly events: readonly Event[] }
  | { readonly kind: 'wait'; readonly why: string }
  /** Somebody else signs with our key: journal these events and a halt, in one go. */
  | { readonly kind: 'halt'; readonly why: string; readonly events: readonly Event[] };

/** An attempt that has not landed by then is replaced at the same nonce with higher fees. {s} on the writer's clock. */
const REPLACE_AFTER = 90;

/** Say whether anything may be signed or sent now. With tied hands a run can only learn what became of what was sent. */
export type Hands = 'free' | 'tied';

/** Do the one next thing of a run. The caller journals the events before calling again. */
export async function execute(world: World, run: Run.Run, hands: Hands): Promise<Pushed> {
  const next = Run.next(run);
  switch (next.kind) {
    case 'closed':
      return { kind: 'wait', why: `run ${run.id} is closed` };
    case 'close':
      return events({ kind: 'RunClosed', run: run.id, outcome: next.outcome, why: next.why });
    case 'intend':
      return events({
        kind: 'StepIntended',
        run: run.id,
        step: next.step,
        key: `${world.custody.portfolio}/${run.id}/${next.step}`,
      });
    case 'sign':
      return sign(world, run, next.step, { number: 0 });
    case 'send':
      return send(world, run, next.step, next.attempt);
    case 'find':
      return find(world, run, next.step, hands);
  }
}

async function sign(world: World, run: Run.Run, step: number, attempt: Attempt): Promise<Pushed> {
  const planned = Run.stepAt(run, step);
  const proof = await world.venue.prove(planned, attempt);
  if (proof.kind === 'failed') {
    // A replaced attempt may still land, so its step can only wait; a first attempt never left the house.
    if (proof.next === 'wait' || attempt.replaces !== undefined) return { kind: 'wait', why: proof.why };
    return events({ kind: 'StepFailed', run: run.id, step, why: proof.why });
  }
  if (planned.kind === 'swap' && proof.receives < planned.floor) {
    const why = `would bring ${proof.receives}, below the floor ${planned.floor}`;
    return attempt.replaces === undefined
      ? events({ kind: 'StepFailed', run: run.id, step, why })
      : { kind: 'wait', why };
  }
  const signed = await world.custody.sign(proof.unsigned);
  return events({ kind: 'StepSigned', run: run.id, step, attempt: attempt.number, signed, receives: proof.receives });
}

async function send(world: World, run: Run.Run, step: number, attempt: number): Promise<Pushed> {
  const attempted = Run.attemptsOf(run, step)[attempt];
  if (attempted === undefined) throw new RangeError(`run ${run.id} step ${step} has no attempt ${attempt}`);
  await world.venue.send(attempted.signed);
  return events({ kind: 'StepSent', run: run.id, step, attempt });
}

async function find(world: World, run: Run.Run, step: number, hands: Hands): Promise<Pushed> {
  const attempts = Run.attemptsOf(run, step);
  const found = await settle(world.venue, Run.stepAt(run, step), attempts);
  switch (found.kind) {
    case 'settled':
      return events({
        kind: 'StepSettled',
        run: run.id,
        step,
        attempt: found.attempt,
        receipt: found.receipt,
        ...(found.fill === undefined ? {} : { fill: found.fill }),
      });
    case 'reverted':
      return events({ kind: 'StepFailed', run: run.id, step, why: found.why, receipt: found.receipt });
    case 'foreign':
      // The nonce is spent on other bytes, so none of ours can land any more: the step has failed for good.
      return { kind: 'halt', why: found.why, events: [{ kind: 'StepFailed', run: run.id, step, why: found.why }] };
    case 'absent':
    case 'pending':
      if (hands === 'tied')
        return { kind: 'wait', why: `step ${step} was sent and has not landed; nothing is sent now` };
      return insist(world, run, step, found.kind);
  }
}

/** Nothing has landed yet: outbid what has waited too long, at its own nonce; repeat what the network forgot. */
async function insist(world: World, run: Run.Run, step: number, found: 'absent' | 'pending'): Promise<Pushed> {
  const attempts = Run.attemptsOf(run, step);
  const newest = attempts.at(-1);
  if (newest === undefined)
    throw new RangeError(`run ${run.id} step ${step} was never signed, so it cannot be ${found}`);
  if (world.clock.now() - newest.at >= REPLACE_AFTER) {
    return sign(world, run, step, { number: attempts.length, replaces: newest.signed });
  }
  if (found === 'pending') return { kind: 'wait', why: `step ${step} waits for a block` };
  // The same bytes again can only have the same one effect.
  await world.venue.send(newest.signed);
  return { kind: 'wait', why: `step ${step} was sent again` };
}

function events(...list: readonly Event[]): Pushed {
  return { kind: 'events', events: list };
}
