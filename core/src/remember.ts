// What a decision must be told of the past, folded from what was journalled: what was seen, what was decided of it, how
// a rebalance ended. Pure, so that replaying a journal gives the same past, and the same decisions, as living it.

import type { Decision } from './Decision.ts';
import type { AssetId } from './money/Asset.ts';
import { max, mulDivDown, ONE } from './money/Fixed.ts';
import type { Usd } from './money/Price.ts';
import type { Seconds, Time } from './money/Time.ts';
import type { CashFlow, Past } from './portfolio/Past.ts';
import type { Snapshot } from './portfolio/Snapshot.ts';

/** Hold the past as the next snapshot must be told it, and what is needed to carry it on. */
export type Memory = {
  readonly past: Past;
  /** What was there at the last look, which explains what is there now but for what flowed; absent before the first. */
  readonly seen?: Seen;
  /** Sales of the last 24 h, oldest first. */
  readonly sales: readonly Sale[];
};

/** Give one thing that happened, in the order of the journal. */
export type Told =
  | { readonly kind: 'seen'; readonly snapshot: Snapshot }
  | { readonly kind: 'decided'; readonly decision: Decision }
  | Closed
  | Reset;

/** Say how a rebalance ended: what it sold, D18{USD}, and the net atoms that its fills moved of each asset. */
export type Closed = {
  readonly kind: 'closed';
  readonly at: Time;
  readonly outcome: 'done' | 'abandoned';
  readonly sold: Usd;
  readonly moved: readonly CashFlow[];
};

/** Say that a person has looked at a breaker and lets it start anew: at the next peak, or from no failure. */
type Reset = { readonly kind: 'reset'; readonly of: 'peak' | 'failures' };

/** State a sale: when it closed and what it was worth, D18{USD}. */
type Sale = { readonly at: Time; readonly sold: Usd };

/** Keep what was counted at a look: atoms in hand, arriving and staked less those claimed, and the shares in issue. */
type Seen = { readonly atoms: readonly CashFlow[]; readonly supply: bigint };

const DAY: Seconds = 86_400;

const NOTHING: Memory = { past: { peak: 0n, flows: [], soldToday: 0n, failures: 0 }, sales: [] };

/**
 * Add one thing that happened to what is remembered, nothing as yet if undefined. After a 'seen', `past` is what that snapshot must be told before it is decided on; the
 * decision follows as 'decided', and the end of a rebalance, whatever it came to, as 'closed'.
 */
export function remember(memory: Memory | undefined, told: Told): Memory {
  const before = memory ?? NOTHING;
  switch (told.kind) {
    case 'seen':
      return look(before, told.snapshot);
    case 'decided':
      return keep(before, told.decision);
    case 'closed':
      return close(before, told);
    case 'reset':
      return { ...before, past: { ...before.past, [told.of]: told.of === 'peak' ? 0n : 0 } };
  }
}

/**
 * Take what is there but was not there before as flowed in; what is missing, as out. What fills moved is neither. What is
 * claimed has gone already when it is asked for, as the portfolio sees it too. What is staked is still there; what a pool
 * makes of it, and what a token that rebases adds, is seen as flowing.
 */
function look({ past, seen, sales }: Memory, snapshot: Snapshot): Memory {
  const coming = snapshot.inFlight.map(({ asset, atoms }) => ({ asset, atoms }));
  const staked = (snapshot.stakes ?? []).flatMap(({ parts }) => parts);
  const atoms = subtract(add(snapshot.holdings, [...coming, ...staked]), snapshot.claims ?? []);
  const flows = seen === undefined ? [] : add(past.flows, subtract(atoms, seen.atoms));
  const recent = sales.filter(({ at }) => at > snapshot.at - DAY);
  const soldToday = recent.reduce((sum, { sold }) => sum + sold, 0n);
  return { past: { ...past, flows, soldToday }, seen: { atoms, supply: snapshot.custody.supply }, sales: recent };
}

/**
 * Keep what the triggers asked for, and the peak. Where the prices are in doubt, or nothing could be judged, the value is
 * not taken for a peak; where triggers saw nothing, what was kept before stands.
 */
function keep(memory: Memory, decision: Decision): Memory {
  const { past, seen } = memory;
  const { outsideSince, spreadSince, ...rest } = past;
  const before = {
    ...(outsideSince === undefined ? undefined : { outsideSince }),
    ...(spreadSince === undefined ? undefined : { spreadSince }),
  };
  const kept = decision.keep ?? before;
  const supply = seen?.supply ?? 0n;
  const share = decision.doubts !== undefined || supply <= 0n ? 0n : mulDivDown(decision.value, ONE, supply);
  return { ...memory, past: { ...rest, ...kept, peak: max(past.peak, share) } };
}

/** Count the sale, and the failure; flows start anew once a rebalance was done. What the fills moved is no flow when it is next seen. */
function close({ past, seen, sales }: Memory, { at, outcome, sold, moved }: Closed): Memory {
  return {
    past: outcome === 'done' ? { ...past, flows: [], failures: 0 } : { ...past, failures: past.failures + 1 },
    ...(seen === undefined ? undefined : { seen: { ...seen, atoms: add(seen.atoms, moved) } }),
    sales: sold === 0n ? sales : [...sales, { at, sold }],
  };
}

function add(one: readonly CashFlow[], other: readonly CashFlow[]): readonly CashFlow[] {
  const sums = new Map<AssetId, bigint>();
  for (const { asset, atoms } of [...one, ...other]) sums.set(asset, (sums.get(asset) ?? 0n) + atoms);
  return [...sums].map(([asset, atoms]) => ({ asset, atoms })).filter(({ atoms }) => atoms !== 0n);
}

function subtract(one: readonly CashFlow[], other: readonly CashFlow[]): readonly CashFlow[] {
  return add(
    one,
    other.map(({ asset, atoms }) => ({ asset, atoms: -atoms })),
  );
}
