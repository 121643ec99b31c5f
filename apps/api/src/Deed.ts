// A trade that is sent in public may be cut into slices, one a block: many steps, but one deed. Whoever reads a plan reads of
// trades, so every telling of a plan groups its steps here.

import type { RunStep, Step } from './contract.ts';

type Swap = Extract<Step, { kind: 'swap' }>;

/** Hold the steps that make one deed, and the place of the first of them in the plan. */
export type Deed<Each> = { readonly from: number; readonly steps: readonly [Each, ...Each[]] };

/** What of a step says whether it goes on with the one before. */
type Cut = { readonly kind: string; readonly guarded?: { readonly slice: number } };

/** Group the steps of a plan: the slices of a trade together, every other step by itself. */
export function of<Each extends Cut>(steps: readonly Each[]): readonly Deed<Each>[] {
  const deeds: { from: number; steps: [Each, ...Each[]] }[] = [];
  for (const [from, step] of steps.entries()) {
    const last = deeds.at(-1);
    // Slices follow one another: only the first of them begins a trade.
    if (last === undefined || (step.guarded?.slice ?? 1) === 1) deeds.push({ from, steps: [step] });
    else last.steps.push(step);
  }
  return deeds;
}

/** Tell a deed as one step: amounts and costs of slices are added up, their markets named once. */
export function whole([first, ...more]: Deed<Step>['steps']): Step {
  return more.reduce<Step>((all, next) => (all.kind === 'swap' && next.kind === 'swap' ? add(all, next) : all), first);
}

/** Hold what settled steps brought together: how many, in which blocks from first to last, and when the first of them {s}. */
export type Filled = {
  readonly count: number;
  readonly at: number;
  readonly first: string;
  readonly last: string;
  readonly sold: Swap['sold'];
  readonly received: Swap['sold'];
};

/** Add up what the steps of a trade sold and received so far; undefined before any of them is settled. */
export function filled(steps: readonly RunStep[]): Filled | undefined {
  const fills = steps.flatMap(({ sold, received, block, at }): readonly Filled[] =>
    sold === undefined || received === undefined || block === undefined || at === undefined
      ? []
      : [{ count: 1, at, first: block, last: block, sold, received }],
  );
  const [first, ...more] = fills;
  if (first === undefined) return undefined;
  return more.reduce(
    (all, next) => ({
      ...all,
      count: all.count + 1,
      last: next.last,
      sold: both(all.sold, next.sold),
      received: both(all.received, next.received),
    }),
    first,
  );
}

function add(one: Swap, other: Swap): Swap {
  const [a, b] = [one.cost, other.cost];
  return {
    ...one,
    sold: both(one.sold, other.sold),
    expected: both(one.expected, other.expected),
    floor: both(one.floor, other.floor),
    markets: [...new Set([...one.markets, ...other.markets])],
    cost: {
      fee: plus(a.fee, b.fee),
      impact: plus(a.impact, b.impact),
      gas: plus(a.gas, b.gas),
      bridge: plus(a.bridge, b.bridge),
      mev: plus(a.mev, b.mev),
    },
  };
}

function both(one: Swap['sold'], other: Swap['sold']): Swap['sold'] {
  return { ...one, atoms: plus(one.atoms, other.atoms) };
}

function plus(one: string, other: string): string {
  return (BigInt(one) + BigInt(other)).toString();
}
