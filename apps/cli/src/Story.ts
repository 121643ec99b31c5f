// A decision told to a person: what was seen, what is planned at which cost, who let it pass, and what came of it.

import { Deed } from '@trimtab/api/contract';
import type { Decision, Drift, Plan, Run, RunStep, Spent, Step } from '@trimtab/api/contract';
import * as Figure from './Figure.ts';
import * as Table from './Table.ts';

type Amount = { readonly atoms: string; readonly symbol: string; readonly decimals: number };

/** Tell a decision whole, as far as it has gone. */
export function of(decision: Decision): readonly string[] {
  const { seen, at, guard, kind, why, trigger, planned, run } = decision;
  return [
    `${Figure.usd(BigInt(seen.value))} at block ${seen.block}, ${Figure.moment(at)}`,
    drifts(seen.drift),
    '',
    // What is held says its trigger as its reason already.
    ...(kind === 'hold' ? [`HOLD: ${why}`] : [trigger]),
    ...(planned === undefined ? [] : ['', 'Plan:', ...plan(planned)]),
    ...(kind === 'act' ? ['', 'ACT: no limit stands in the way.'] : []),
    // Each limit says below why it refuses.
    ...(kind === 'refuse' ? ['', 'REFUSED:'] : []),
    ...guard.refusals.map(({ limit, was, allowed, fix }) => `  ${limit}: was ${was}, allowed ${allowed}; ${fix}`),
    ...(run === undefined ? [] : ['', ...happened(run)]),
  ];
}

/** Tell where every asset stands: now, target, band and drift. */
export function drifts(drift: readonly Drift[]): string {
  const columns = ['value', 'now', 'target', 'band', 'drift', 'relative'].map((title) => ({
    title,
    lean: 'right' as const,
  }));
  const rows = drift.map((each) => [
    each.symbol,
    Figure.usd(BigInt(each.value)),
    Figure.share(each.weight),
    Figure.share(each.target),
    each.band === undefined ? '–' : `${Figure.share(each.band[0])} … ${Figure.share(each.band[1])}`,
    Figure.points(each.absolute),
    each.relative === undefined ? '–' : Figure.relative(each.relative),
    place(each),
  ]);
  return Table.render([{ title: 'asset', lean: 'left' }, ...columns, { title: '', lean: 'left' }], rows);
}

function place({ weight, band }: Drift): string {
  if (band === undefined) return 'no band';
  if (weight < band[0]) return 'below its band';
  return weight > band[1] ? 'above its band' : 'in band';
}

function plan({ steps, skips, passed, turnover, cost, proof }: Plan): readonly string[] {
  return [
    ...Deed.of(steps).flatMap(deed),
    ...skips.map(({ symbol, why }) => `  not ${symbol}: ${why}`),
    ...passed.map(({ market, why }) => `  not through ${market}: ${why}`),
    `  sells ${Figure.usd(BigInt(turnover))}; costs ${costs(cost)}${BigInt(cost.mev) === 0n ? '' : `; others may take ${Figure.usd(BigInt(cost.mev))}`}`,
    ...(proof === undefined ? [] : proved(proof)),
  ];
}

/** Tell a trade in one line however many slices it has, and in another how it is kept from attackers. */
function deed({ from, steps }: Deed.Deed<Step>): readonly string[] {
  const all = Deed.whole(steps);
  const why = all.kind === 'swap' ? all.guarded?.why : undefined;
  return [`  ${places(from, steps.length)}. ${planned(all)}`, ...(why === undefined ? [] : [`     ${why}`])];
}

/** Number the steps of a deed as a plan counts them, from one. */
function places(from: number, count: number): string {
  return count === 1 ? `${from + 1}` : `${from + 1}–${from + count}`;
}

function proved({ limits, gap, gapBps }: NonNullable<Plan['proof']>): readonly string[] {
  const better = `${Figure.believed(gap)} (${gapBps.toPrecision(2)} bps of the portfolio)`;
  return [...limits.map((why) => `  ${why}`), `  no plan through these markets is better by more than ${better}`];
}

function planned(step: Step): string {
  if (step.kind === 'authorise')
    return `let custody sell down to ${Figure.bps(step.floorDiscount)} below the oracle, until ${Figure.moment(step.deadline)}`;
  const { sold, expected, floor, markets, cost } = step;
  const through = `${markets.length} ${markets.length === 1 ? 'market' : 'markets'}`;
  return `sell ${amount(sold)} for ${amount(expected)}, at least ${amount(floor)}, through ${through}; costs ${costs(cost)}`;
}

function happened({ id, state, why, steps, spent }: Run): readonly string[] {
  return [
    `Run ${id}: ${state}${why === '' ? '' : `, ${why}`}`,
    ...Deed.of(steps.map(({ step }) => step)).flatMap((each) => became(each, steps)),
    `  cost ${costs(spent)}${lost(spent)}`,
  ];
}

/** Tell what became of a deed: of a trade whose slices are all settled in one line, else of every step by itself. */
function became({ from, steps }: Deed.Deed<Step>, all: readonly RunStep[]): readonly string[] {
  const [whole, own] = [Deed.whole(steps), all.slice(from, from + steps.length)];
  const fill = Deed.filled(own);
  if (steps.length === 1 || whole.kind === 'authorise' || fill?.count !== steps.length) {
    return own.map((step, index) => `  ${from + index + 1}. ${result(step)}`);
  }
  const { first, last, sold, received } = fill;
  const told = `settled in blocks ${first} to ${last}: sold ${amount(sold)} for ${amount(received)}`;
  return [`  ${places(from, steps.length)}. ${told} (expected ${amount(whole.expected)})`];
}

function result({ state, attempts, landed, block, at, sold, received, step, why }: RunStep): string {
  const hash = attempts[landed ?? attempts.length - 1]?.hash;
  const parts = [
    state,
    ...(block === undefined ? [] : [`in block ${block}`]),
    ...(at === undefined ? [] : [`at ${Figure.moment(at)}`]),
    ...(hash === undefined ? [] : [`as ${hash}`]),
  ];
  const filled = sold === undefined || received === undefined ? '' : `: sold ${amount(sold)} for ${amount(received)}`;
  const expected = filled !== '' && step.kind === 'swap' ? ` (expected ${amount(step.expected)})` : '';
  return `${parts.join(' ')}${filled}${expected}${why === undefined ? '' : `: ${why}`}`;
}

function costs({ fee, impact, gas, bridge }: Pick<Spent, 'fee' | 'impact' | 'gas' | 'bridge'>): string {
  const [fees, moved, burnt, carried] = [BigInt(fee), BigInt(impact), BigInt(gas), BigInt(bridge)];
  const bridges = carried === 0n ? '' : `, bridges ${Figure.usd(carried)}`;
  const all = Figure.usd(fees + moved + burnt + carried);
  return `${all} (fees ${Figure.usd(fees)}, impact ${Figure.usd(moved)}, gas ${Figure.usd(burnt)}${bridges})`;
}

function lost({ mev }: Spent): string {
  return BigInt(mev) === 0n ? '' : `; others took ${Figure.usd(BigInt(mev))} between proof and fill`;
}

function amount({ atoms, symbol, decimals }: Amount): string {
  return Figure.amount(BigInt(atoms), { symbol, decimals });
}
