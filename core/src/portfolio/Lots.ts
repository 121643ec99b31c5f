// What was paid for what is held: lots of one asset, and which of them a sale takes. The method decides when a profit is
// realised, never how large it is in the end: basis is only moved, no fraction of it appears or is lost.

import { valueDown } from '../money/Amount.ts';
import { mulDivUp } from '../money/Fixed.ts';
import type { Price, Usd } from '../money/Price.ts';
import type { Time } from '../money/Time.ts';

/** Say which lots a sale takes first: the oldest, the newest, the dearest per atom, or of all in proportion. */
export type Method = 'fifo' | 'lifo' | 'hifo' | 'average';

/** State what was bought at once: atoms, > 0, and their basis: what they cost with all fees. D18{USD}. */
export type Lot = { readonly atoms: bigint; readonly basis: Usd; readonly at: Time };

/** Hold the lots of one asset in order of time, what its sales have realised so far, and when it was last traded. D18{USD}. */
export type Lots = {
  readonly method: Method;
  readonly lots: readonly Lot[];
  readonly realised: Usd;
  /** Absent before the first trade. */
  readonly last?: Time;
};

/** Describe a purchase: atoms, > 0, what was paid for them and the fee on top, both ≥ 0. D18{USD}. A deposit is one at its market value. */
export type Purchase = { readonly atoms: bigint; readonly cost: Usd; readonly fee: Usd; readonly at: Time };

/** Describe a sale: atoms, > 0, what they fetched and the fee off it, both ≥ 0. D18{USD}. A withdrawal is one at its market value. */
export type Sale = { readonly atoms: bigint; readonly proceeds: Usd; readonly fee: Usd; readonly at: Time };

/** Hold the lots after a sale, the parts of lots that it took and the profit on them: proceeds less fee less their basis. */
export type Sold = { readonly lots: Lots; readonly taken: readonly Lot[]; readonly realised: Usd };

/** Start with nothing held. */
export function empty(method: Method): Lots {
  return { method, lots: [], realised: 0n };
}

/** Add a purchase; its fee goes into the basis. By the average all lots are one, dated as the first. Throws LotsError. */
export function buy(held: Lots, { atoms, cost, fee, at }: Purchase): Lots {
  checkTrade(held, atoms, cost, fee, at);
  const bought: Lot = { atoms, basis: cost + fee, at };
  const lots = [...held.lots, bought];
  return { ...held, lots: held.method === 'average' ? [lots.reduce(pool)] : lots, last: at };
}

/**
 * Take a sale out of the lots. Of a lot sold in part, the part takes its share of the basis rounded up: the fraction of a
 * D18 dollar counts against the profit realised now and for the one to come. Throws LotsError, also on more than is held.
 */
export function sell(held: Lots, { atoms, proceeds, fee, at }: Sale): Sold {
  checkTrade(held, atoms, proceeds, fee, at);
  const has = total(held);
  if (atoms > has)
    throw new LotsError(
      'sale.atoms',
      `${atoms} of ${has}`,
      'sell what is held, or add the missing purchase; what is borrowed has no lots',
    );
  let left = atoms;
  const parts = new Map<Lot, Lot>();
  for (const lot of inOrder(held)) {
    const part = left < lot.atoms ? left : lot.atoms;
    if (part > 0n) parts.set(lot, { ...lot, atoms: part, basis: mulDivUp(lot.basis, part, lot.atoms) });
    left -= part;
  }
  const taken = [...parts.values()];
  const realised = proceeds - fee - taken.reduce((sum, part) => sum + part.basis, 0n);
  const lots = held.lots.flatMap((lot) => rest(lot, parts.get(lot)));
  return { lots: { ...held, lots, realised: held.realised + realised, last: at }, taken, realised };
}

/** Count the atoms held. */
export function total({ lots }: Lots): bigint {
  return lots.reduce((sum, lot) => sum + lot.atoms, 0n);
}

/** Add up what is held cost, with fees. D18{USD}. */
export function basis({ lots }: Lots): Usd {
  return lots.reduce((sum, lot) => sum + lot.basis, 0n);
}

/** Value the profit not yet taken: value, rounded down so that it is never overstated, less basis. D18{USD}. */
export function unrealised(held: Lots, decimals: number, price: Price): Usd {
  return valueDown(total(held), decimals, price) - basis(held);
}

function pool(one: Lot, other: Lot): Lot {
  return { atoms: one.atoms + other.atoms, basis: one.basis + other.basis, at: one.at };
}

function rest(lot: Lot, part: Lot | undefined): readonly Lot[] {
  if (part === undefined) return [lot];
  const left = { ...lot, atoms: lot.atoms - part.atoms, basis: lot.basis - part.basis };
  return left.atoms === 0n ? [] : [left];
}

/** List the lots as a sale takes them; where two are equally dear, the older first. */
function inOrder({ method, lots }: Lots): readonly Lot[] {
  switch (method) {
    case 'fifo':
    case 'average':
      return lots;
    case 'lifo':
      return lots.toReversed();
    case 'hifo':
      return lots.toSorted(
        (a, b) => Number(b.basis * a.atoms > a.basis * b.atoms) - Number(a.basis * b.atoms > b.basis * a.atoms),
      );
  }
}

function checkTrade(
  { lots, last = lots.at(-1)?.at ?? -Infinity }: Lots,
  atoms: bigint,
  value: Usd,
  fee: Usd,
  at: Time,
): void {
  if (atoms <= 0n) throw new LotsError('atoms', `${atoms}`, 'give a number above zero');
  if (value < 0n || fee < 0n) throw new LotsError('value or fee', `${value}, ${fee}`, 'give numbers from zero');
  if (!Number.isFinite(at)) throw new LotsError('at', `${at}`, 'give the time of the trade');
  if (at < last) throw new LotsError('at', `${at} after ${last}`, 'book trades in order of time');
}

/** Report a trade that cannot be booked: where, what stands there, and the fix. */
export class LotsError extends Error {
  override readonly name = 'LotsError';
  readonly next = 'halt';
  readonly path: string;
  constructor(path: string, found: string, fix: string) {
    super(`lots at ${path}: ${found} found; ${fix}`);
    this.path = path;
  }
}
