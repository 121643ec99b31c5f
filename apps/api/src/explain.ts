// A decision in the API's words: what was seen, what was wanted, what was planned and who let it pass.

import { limitInWords, type Snapshot, type Strategy } from '@trimtab/core';
import type { Entry, Event, Mode } from '@trimtab/engine';
import type { Decision } from './contract.ts';
import * as Named from './Named.ts';

type Decided = Extract<Event, { kind: 'Decided' }>;

/** Say what a decision was made under. The snapshot is absent only where the journal begins in the middle. */
export type Setting = {
  readonly mode: Mode;
  readonly snapshot?: Snapshot | undefined;
  readonly strategy?: Strategy | undefined;
  readonly earlier?: number | undefined;
};

/** Explain a decision. */
export function explain(entry: Entry, event: Decided, setting: Setting): Decision {
  const { decision } = event;
  const { snapshot, strategy, mode, earlier } = setting;
  const assets = snapshot?.assets ?? [];
  const plan = decision.kind === 'hold' ? undefined : decision.plan;
  return {
    seq: entry.seq,
    cycle: event.cycle,
    mode,
    at: snapshot?.at ?? entry.at,
    decidedAt: entry.at,
    kind: decision.kind,
    why: decision.why,
    trigger: decision.trigger,
    seen: {
      block: snapshot?.block.number.toString() ?? 'unknown',
      value: decision.value.toString(),
      prices: snapshot === undefined ? [] : Named.prices(snapshot),
      drift: Named.drift(decision.drift, assets),
    },
    wanted: { kind: decision.intent.kind, why: decision.intent.why },
    ...(plan === undefined ? {} : { planned: Named.plan(plan, assets) }),
    guard: {
      verdict: verdictOf(event),
      limits: (strategy?.within ?? []).map(limitInWords),
      refusals: decision.kind === 'refuse' ? decision.refusals.map((refusal) => ({ ...refusal })) : [],
    },
    ...(earlier === undefined ? {} : { earlier }),
  };
}

function verdictOf(event: Decided): Decision['guard']['verdict'] {
  switch (event.decision.kind) {
    case 'hold':
      return 'not asked';
    case 'refuse':
      return 'refuse';
    case 'act':
      return 'pass';
  }
}
