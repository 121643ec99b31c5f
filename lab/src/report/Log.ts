// What happened in a run, reduced to what its report needs. Folded from the journal, so that a report tells what the
// engine did and not what somebody remembers.

import { FixedPoint } from '@trimtab/core';
import type { Asset, AssetId, Cost, Decision, Plan, Price, Snapshot, Time, Usd, Weight } from '@trimtab/core';
import type { Entry, Receipt } from '@trimtab/engine';

export type Log = {
  /** Decisions made, those on an incomplete picture included. */
  readonly cycles: number;
  /** One for each decision whose picture had a price for every asset, in order of time. */
  readonly sights: readonly Sight[];
  /** In order of time. */
  readonly trades: readonly Trade[];
  /** Every transaction that was paid for, reverted ones included. */
  readonly spent: readonly Spent[];
  /** Runs that settled at least one swap. */
  readonly rebalances: number;
};

/** State what the portfolio was at one moment: one position for each asset, always in the same order. */
export type Sight = {
  readonly at: Time;
  /** Shares in issue, 18 decimals, > 0. */
  readonly supply: bigint;
  readonly positions: readonly Position[];
};

export type Position = {
  readonly asset: Asset;
  /** Held and in flight. */
  readonly atoms: bigint;
  /** The oracle's price, D18{USD/tok}. */
  readonly price: Price;
  readonly target: Weight;
  /** Lowest and highest weight inside the band; absent where no band guards this asset. */
  readonly band?: readonly [Weight, Weight];
};

/** State one settled swap, in atoms. */
export type Trade = {
  readonly at: Time;
  readonly run: string;
  readonly sell: AssetId;
  readonly buy: AssetId;
  readonly sold: bigint;
  /** What our own simulation promised just before the bytes were signed. */
  readonly proved: bigint;
  readonly received: bigint;
  /** What the plan expected to pay. */
  readonly cost: Cost;
};

/** State what inclusion of one transaction cost. */
export type Spent = { readonly at: Time; readonly cost: Usd };

/**
 * Fold journal entries, in ascending order and of one portfolio, into a log.
 * Throws RangeError where an entry speaks of a decision or a signing that the entries before it do not tell of.
 */
export function fromJournal(entries: Iterable<Entry>): Log {
  const fold: Fold = { cycles: 0, sights: [], trades: [], spent: [], runs: new Map(), filled: new Set() };
  for (const entry of entries) apply(fold, entry);
  const { cycles, sights, trades, spent, filled } = fold;
  return { cycles, sights, trades, spent, rebalances: filled.size };
}

/** Take one sight of a snapshot; undefined where an asset has no price or no target. */
export function sight(snapshot: Snapshot, drift: Decision['drift']): Sight | undefined {
  const positions = snapshot.holdings.flatMap(({ asset: id, atoms }): Position[] => {
    const asset = snapshot.assets.find((a) => a.id === id);
    const price = snapshot.prices.find((reading) => reading.asset === id)?.price;
    const aim = drift.find((d) => d.asset === id);
    if (asset === undefined || price === undefined || aim === undefined) return [];
    const coming = snapshot.inFlight.reduce((sum, f) => (f.asset === id ? sum + f.atoms : sum), 0n);
    const band = aim.band === undefined ? {} : { band: aim.band };
    return [{ asset, atoms: atoms + coming, price, target: aim.target, ...band }];
  });
  if (positions.length < snapshot.holdings.length) return undefined;
  return { at: snapshot.at, supply: snapshot.custody.supply, positions };
}

type Fold = {
  cycles: number;
  readonly sights: Sight[];
  readonly trades: Trade[];
  readonly spent: Spent[];
  snapshot?: Snapshot;
  readonly runs: Map<string, { readonly plan: Plan; readonly native: Price; readonly proved: Map<string, bigint> }>;
  readonly filled: Set<string>;
};

function apply(fold: Fold, { event }: Entry): void {
  switch (event.kind) {
    case 'Observed':
      fold.snapshot = event.snapshot;
      return;
    case 'Decided':
      decided(fold, event.decision, event.run);
      return;
    case 'StepSigned':
      runOf(fold, event.run).proved.set(`${event.step}/${event.attempt}`, event.receives);
      return;
    case 'StepSettled':
      pay(fold, event.run, event.receipt);
      settled(fold, event);
      return;
    case 'StepFailed':
      if (event.receipt !== undefined) pay(fold, event.run, event.receipt);
      return;
    case 'Started':
    case 'StepIntended':
    case 'StepSent':
    case 'RunClosed':
    case 'Halted':
    case 'Resumed':
      return;
  }
}

function decided(fold: Fold, decision: Decision, run: string | undefined): void {
  const { snapshot } = fold;
  if (snapshot === undefined)
    throw new RangeError('a decision stands before any observation: read from an earlier entry');
  fold.cycles += 1;
  const seen = sight(snapshot, decision.drift);
  if (seen !== undefined) fold.sights.push(seen);
  if (run === undefined || decision.kind !== 'act') return;
  fold.runs.set(run, { plan: decision.plan, native: snapshot.gas.native, proved: new Map() });
}

function settled(fold: Fold, event: Extract<Entry['event'], { kind: 'StepSettled' }>): void {
  const { run, step: index, attempt, receipt, fill } = event;
  if (fill === undefined) return;
  const { plan, proved } = runOf(fold, run);
  const step = plan.steps[index];
  const promised = proved.get(`${index}/${attempt}`);
  if (step?.kind !== 'swap' || promised === undefined) {
    throw new RangeError(`run ${run} settled a swap in step ${index}, attempt ${attempt}, which was never signed`);
  }
  fold.filled.add(run);
  fold.trades.push({ at: receipt.at, run, ...fill, proved: promised, cost: step.cost });
}

function pay(fold: Fold, run: string, { at, gasUsed, gasPrice }: Receipt): void {
  const cost = FixedPoint.mulDivUp(gasUsed * gasPrice, runOf(fold, run).native, FixedPoint.ONE);
  fold.spent.push({ at, cost });
}

function runOf(
  fold: Fold,
  id: string,
): { readonly plan: Plan; readonly native: Price; readonly proved: Map<string, bigint> } {
  const run = fold.runs.get(id);
  if (run === undefined) throw new RangeError(`run ${id} was never decided: read from an earlier entry`);
  return run;
}
