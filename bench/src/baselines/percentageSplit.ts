// A trade in parts of five per cent over several paths, as aggregators split it. Twice: part by part to whichever path pays most for it
// as the parts before it left the pools, from which paths that do not earn their gas are then taken; and by dynamic programming over paths
// that share no pool, where gas is counted exactly. The better of the two.

import type { Market, MarketId } from '@trimtab/core';
import * as Paths from './Paths.ts';
import type { Rebalance, State } from './Rebalance.ts';
import { valueOf } from './Rebalance.ts';
import type { Pair } from './match.ts';
import { singlePath } from './singlePath.ts';
import * as Split from './Split.ts';

/** Parts of five per cent. */
const PARTS = 20;
/** Paths without a common pool that the dynamic program chooses among. */
const APART = 10;

/** Split a trade; undefined where no path takes a part of it. */
export function percentageSplit(
  task: Rebalance,
  state: State,
  pair: Pair,
  paths: readonly Paths.Path[],
): Split.Split | undefined {
  return Split.best([
    singlePath(task, state, pair, paths),
    pruned(task, state, pair, paths),
    dynamic(task, state, pair, paths),
  ]);
}

/** Sum the first `count` parts {atoms}: the last takes what division leaves. */
function firstParts(atoms: bigint, count: number): bigint {
  return (atoms * BigInt(count)) / BigInt(PARTS);
}

/** Go part by part, then take away paths as long as that is worth more. */
function pruned(task: Rebalance, state: State, pair: Pair, paths: readonly Paths.Path[]): Split.Split | undefined {
  let found = partByPart(task, state, pair, paths);
  while (found !== undefined && found.shares.length > 1) {
    const used = found.shares.map(({ path }) => path);
    const fewer = Split.best(
      used.map((path) =>
        partByPart(
          task,
          state,
          pair,
          used.filter((one) => one !== path),
        ),
      ),
    );
    if (fewer === undefined || fewer.worth <= found.worth) return found;
    found = fewer;
  }
  return found;
}

/** Give each part to the path that pays most for it now. */
function partByPart(task: Rebalance, state: State, pair: Pair, paths: readonly Paths.Path[]): Split.Split | undefined {
  const changed = new Map<MarketId, Market>();
  const look: Paths.Look = (id) => changed.get(id) ?? state.get(id);
  const known = new Map<Paths.Path, Paths.Quote | undefined>();
  const sold = new Map<Paths.Path, bigint>();
  for (let part = 0; part < PARTS; part++) {
    const atoms = firstParts(pair.atoms, part + 1) - firstParts(pair.atoms, part);
    const path = dearest(look, paths, atoms, known);
    const quoted = path === undefined ? undefined : known.get(path);
    if (path === undefined || quoted === undefined) return undefined;
    for (const market of quoted.after) changed.set(market.id, market);
    forget(known, new Set(quoted.after.map(({ id }) => id)));
    sold.set(path, (sold.get(path) ?? 0n) + atoms);
  }
  return Split.carry(
    task,
    state,
    pair.buy,
    [...sold].map(([path, atoms]) => ({ path, sold: atoms })),
  );
}

function dearest(
  look: Paths.Look,
  paths: readonly Paths.Path[],
  atoms: bigint,
  known: Map<Paths.Path, Paths.Quote | undefined>,
): Paths.Path | undefined {
  let [chosen, most]: [Paths.Path | undefined, bigint] = [undefined, 0n];
  for (const path of paths) {
    if (!known.has(path)) known.set(path, Paths.quote(look, path, atoms));
    const bought = known.get(path)?.bought ?? 0n;
    if (bought > most) [chosen, most] = [path, bought];
  }
  return chosen;
}

/** A quote holds until a pool on its way is traded with. (Parts differ by an atom at most, which no choice hangs on.) */
function forget(known: Map<Paths.Path, unknown>, traded: ReadonlySet<MarketId>): void {
  for (const path of known.keys()) if (path.some(({ market }) => traded.has(market))) known.delete(path);
}

/** What the first paths bring at most for so many parts {USD}, and how many of them the last of these paths takes. */
type Row = readonly { readonly worth: number; readonly parts: number }[];

/** Choose how many parts go along each of some paths that share no pool. */
function dynamic(task: Rebalance, state: State, pair: Pair, paths: readonly Paths.Path[]): Split.Split | undefined {
  const chosen = apart(state, pair, paths);
  const rows: Row[] = [];
  for (const path of chosen) {
    const before = rows.at(-1);
    const pays = Array.from({ length: PARTS + 1 }, (_, parts) => {
      if (parts === 0) return 0;
      const quoted = Paths.quote((id) => state.get(id), path, firstParts(pair.atoms, parts));
      return quoted === undefined ? -Infinity : valueOf(task, pair.buy, quoted.bought) - task.charges.hop * path.length;
    });
    rows.push(
      pays.map((_, total) => {
        const options = pays.slice(0, total + 1).map((pay, parts) => {
          const rest = before === undefined ? (parts === total ? 0 : -Infinity) : (before[total - parts]?.worth ?? 0);
          return { worth: pay + rest, parts };
        });
        return options.reduce((a, b) => (b.worth > a.worth ? b : a));
      }),
    );
  }
  return trace(task, state, pair, chosen, rows);
}

/** Read the choice back from the last row. */
function trace(
  task: Rebalance,
  state: State,
  pair: Pair,
  chosen: readonly Paths.Path[],
  rows: readonly Row[],
): Split.Split | undefined {
  let left = PARTS;
  const shares: Split.Share[] = [];
  for (let place = rows.length - 1; place >= 0; place--) {
    const [cell, path] = [rows[place]?.[left], chosen[place]];
    if (cell === undefined || path === undefined || !Number.isFinite(cell.worth)) return undefined;
    const sold = firstParts(pair.atoms, left) - firstParts(pair.atoms, left - cell.parts);
    if (cell.parts > 0) shares.push({ path, sold });
    left -= cell.parts;
  }
  return left > 0 ? undefined : Split.carry(task, state, pair.buy, shares);
}

/** Take paths in the order of what they pay for one part, each that shares no pool with those before it. */
function apart(state: State, pair: Pair, paths: readonly Paths.Path[]): readonly Paths.Path[] {
  const pays = new Map(
    paths.map((path) => [path, Paths.quote((id) => state.get(id), path, firstParts(pair.atoms, 1))?.bought ?? 0n]),
  );
  const used = new Set<MarketId>();
  const chosen: Paths.Path[] = [];
  const order = paths.toSorted((a, b) => Number((pays.get(b) ?? 0n) - (pays.get(a) ?? 0n)));
  for (const path of order) {
    if (chosen.length === APART || pays.get(path) === 0n || path.some(({ market }) => used.has(market))) continue;
    for (const { market } of path) used.add(market);
    chosen.push(path);
  }
  return chosen;
}
