// What there is to show, folded from the journal and from nothing else: showing, restarting and looking back are
// one code path. Everything in it is bounded, however long the journal.

import type { Seconds, Snapshot, Strategy } from '@trimtab/core';
import type { Entry, Event, Mode } from '@trimtab/engine';
import type { Costs, Decision, DecisionRow, Run, State } from './contract.ts';
import { explain } from './explain.ts';
import * as History from './History.ts';
import * as Inputs from './Inputs.ts';
import * as Rebalance from './Rebalance.ts';
import * as Spent from './Spent.ts';
import { stand } from './stand.ts';

/** Hold what is shown, and what must be remembered to fold the next entry. */
export type Projection = {
  /** Place of the last entry folded in; 0 before the first. */
  readonly seq: number;
  readonly shown: State;
  readonly memory: Memory;
};

type Memory = {
  readonly bucket: Seconds;
  readonly strategy?: Strategy;
  readonly snapshot?: Snapshot;
  /** What the newest run was decided on: its trades are valued at these prices. */
  readonly basis?: Snapshot;
};

/** Lists grow to the first figure and are then cut to the second, so that a cut is rare. */
const DECISIONS = { most: 300, keep: 200 };
const RUNS = { most: 60, keep: 40 };

/** Begin with nothing known but which portfolio and mode. */
export function empty(portfolio: string, mode: Mode): Projection {
  const status = { mode, portfolio, ...stand({ drift: [] }) };
  const lists = { assets: [], drift: [], inputs: [], history: [], decisions: [], runs: [] };
  return { seq: 0, shown: { id: '0', status, costs: costsOf(mode), ...lists }, memory: { bucket: 1 } };
}

/** Fold entries in, in their order. */
export function foldAll(projection: Projection, entries: readonly Entry[]): Projection {
  return entries.reduce(fold, projection);
}

/** Fold one entry in. One already folded, or of another portfolio, changes nothing. */
export function fold(projection: Projection, entry: Entry): Projection {
  const { portfolio } = projection.shown.status;
  if (entry.seq <= projection.seq || entry.portfolio !== portfolio) return projection;
  const { shown, memory } = apply(projection, entry);
  const run = shown.runs.at(-1);
  const { halted } = shown.status;
  const status = { ...shown.status, ...stand({ halted, drift: shown.drift, decision: shown.decision, run }) };
  return { seq: entry.seq, shown: { ...shown, id: `${entry.seq}-${entry.hash.slice(0, 16)}`, status }, memory };
}

type Parts = Pick<Projection, 'shown' | 'memory'>;

function apply(parts: Parts, entry: Entry): Parts {
  const { event } = entry;
  switch (event.kind) {
    case 'Started':
      return started(parts, entry, event);
    case 'Observed':
      return observed(parts, entry, event);
    case 'Decided':
      return decided(parts, entry, event);
    case 'StepIntended':
    case 'StepSigned':
    case 'StepSent':
    case 'StepSettled':
    case 'StepFailed':
    case 'RunClosed':
      return happened(parts, event);
    case 'Halted':
      return withStatus(parts, { halted: { by: event.by, why: event.why, at: entry.at } });
    case 'Resumed': {
      const { halted: _over, ...status } = parts.shown.status;
      return { ...parts, shown: { ...parts.shown, status } };
    }
  }
}

function started(parts: Parts, entry: Entry, event: Extract<Event, { kind: 'Started' }>): Parts {
  const { shown, memory } = withStatus(parts, { mode: event.mode, version: event.version });
  const same = shown.costs.mode === event.mode;
  const since = same ? (shown.costs.since ?? entry.at) : entry.at;
  const costs = { ...(same ? shown.costs : costsOf(event.mode)), since };
  return { shown: { ...shown, costs }, memory: { ...memory, strategy: event.strategy } };
}

function observed(parts: Parts, entry: Entry, event: Extract<Event, { kind: 'Observed' }>): Parts {
  const { snapshot, cycle } = event;
  const { status } = parts.shown;
  const look = { cycle, at: entry.at, pace: entry.at - (status.lookedAt ?? entry.at), mode: status.mode };
  const seen = { at: snapshot.at, block: snapshot.block.number.toString(), lookedAt: entry.at };
  const { shown, memory } = withStatus(parts, seen);
  return {
    shown: { ...shown, inputs: Inputs.of(snapshot, look, memory.strategy) },
    memory: { ...memory, snapshot },
  };
}

function decided(parts: Parts, entry: Entry, event: Extract<Event, { kind: 'Decided' }>): Parts {
  const { snapshot, strategy, bucket } = parts.memory;
  const { shown } = withStatus(parts, { value: event.decision.value.toString() });
  const { mode } = shown.status;
  const earlier = shown.decision?.seq;
  const decision = explain(entry, event, { mode, snapshot, strategy, earlier });
  const drift = decision.seen.drift;
  const assets = assetsOf(shown, decision, snapshot);
  const points = assets === shown.assets ? shown.history : [];
  const history = History.add({ bucket, points }, History.pointOf(decision.at, drift));
  const decisions = listed(shown.decisions, decision, shown.decision);
  const common = { ...shown, assets, drift, history: [...history.points], decisions };
  const memory = { ...parts.memory, bucket: history.bucket };
  if (event.run === undefined || decision.kind !== 'act') return { shown: { ...common, decision }, memory };
  const run = Rebalance.open(event.run, decision);
  const runs = cut([...shown.runs, run], RUNS);
  const basis = snapshot === undefined ? {} : { basis: snapshot };
  return { shown: { ...common, decision: { ...decision, run }, runs }, memory: { ...memory, ...basis } };
}

/** Keep the same list while the assets are the same, so that nobody is told of a change that is none. */
function assetsOf(shown: State, decision: Decision, snapshot: Snapshot | undefined): State['assets'] {
  const ids = decision.seen.drift.map((one) => one.asset);
  if (ids.length === shown.assets.length && ids.every((id, i) => id === shown.assets[i]?.id)) return shown.assets;
  return ids.map((id) => {
    const asset = snapshot?.assets.find((one) => one.id === id);
    return { id, symbol: asset?.symbol ?? id, decimals: asset?.decimals ?? 0 };
  });
}

/**
 * Append a row, or let it stand for the one before: holds in a row, refusals for one and the same limit, and what a dry
 * run would do again at every look because nothing is ever done.
 */
function listed(rows: DecisionRow[], decision: Decision, before: Decision | undefined): DecisionRow[] {
  const last = rows.at(-1);
  const row = { seq: decision.seq, at: decision.at, kind: decision.kind, why: decision.why };
  const done = decision.kind === 'act' && decision.mode !== 'DRY RUN';
  const repeats = before !== undefined && !done && headline(decision) === headline(before);
  if (last === undefined || !repeats) return cut([...rows, { ...row, looks: 1 }], DECISIONS);
  return [...rows.slice(0, -1), { ...row, looks: last.looks + 1 }];
}

function headline(decision: Decision): string {
  return `${decision.kind} ${decision.guard.refusals.map((refusal) => refusal.limit).join(' ')}`;
}

function happened(parts: Parts, event: Rebalance.Happening): Parts {
  const { shown, memory } = parts;
  const index = shown.runs.findLastIndex((run) => run.id === event.run);
  const before = shown.runs[index];
  if (before === undefined) return parts;
  const run = Rebalance.advance(before, event, memory.basis);
  const { decision } = shown;
  const told = decision?.run?.id === run.id ? { decision: { ...decision, run } } : {};
  return {
    shown: { ...shown, ...told, runs: shown.runs.with(index, run), costs: charged(shown.costs, before, run) },
    memory,
  };
}

function charged(costs: Costs, before: Run, after: Run): Costs {
  if (after.mode !== costs.mode) return costs;
  const first = !Rebalance.hasTraded(before) && Rebalance.hasTraded(after) ? 1 : 0;
  if (after.spent.total === before.spent.total && after.spent.turnover === before.spent.turnover) return costs;
  const { fee, impact, gas, bridge, mev, total, turnover } = costs;
  const spent = Spent.add({ fee, impact, gas, bridge, mev, total, turnover }, Spent.sub(after.spent, before.spent));
  return { ...costs, ...spent, rebalances: costs.rebalances + first };
}

function costsOf(mode: Mode): Costs {
  return { ...Spent.ZERO, mode, rebalances: 0 };
}

function withStatus(parts: Parts, news: Partial<State['status']>): Parts {
  return { ...parts, shown: { ...parts.shown, status: { ...parts.shown.status, ...news } } };
}

function cut<Item>(list: Item[], size: { readonly most: number; readonly keep: number }): Item[] {
  return list.length > size.most ? list.slice(-size.keep) : list;
}
