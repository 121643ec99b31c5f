// How much of an asset, exactly. Amounts of different assets cannot be added, and every change of unit
// between atoms and dollars says which way it rounds.

import type { AssetId } from './Asset.ts';
import { divDown, divUp, format, pow10 } from './Fixed.ts';
import type { Price, Usd } from './Price.ts';

/** State an amount in atoms; negative for what is owed. */
export type Amount = { readonly asset: AssetId; readonly atoms: bigint };

/** Add two amounts of one asset. Throws MixedAssets. */
export function add(a: Amount, b: Amount): Amount {
  if (a.asset !== b.asset) throw new MixedAssets(a.asset, b.asset);
  return { asset: a.asset, atoms: a.atoms + b.atoms };
}

/** Subtract `b` from `a`, of one asset. Throws MixedAssets. */
export function sub(a: Amount, b: Amount): Amount {
  return add(a, neg(b));
}

/** Turn what is held into what is owed, and back. */
export function neg(a: Amount): Amount {
  return { asset: a.asset, atoms: -a.atoms };
}

/** Value atoms, the fraction of a D18 dollar lost by whoever holds them. `decimals` in [0, 36]. D18{USD}. */
export function valueDown(atoms: bigint, decimals: number, price: Price): Usd {
  return divDown(atoms * price, pow10(decimals));
}

/** Value atoms, the fraction of a D18 dollar lost by whoever pays for them. D18{USD}. */
export function valueUp(atoms: bigint, decimals: number, price: Price): Usd {
  return divUp(atoms * price, pow10(decimals));
}

/** Count the atoms a value buys, the fraction of an atom lost by the buyer. `price` > 0. */
export function atomsDown(usd: Usd, decimals: number, price: Price): bigint {
  return divDown(usd * pow10(decimals), price);
}

/** Count the atoms a value asks for, the fraction of an atom lost by the seller. `price` > 0. */
export function atomsUp(usd: Usd, decimals: number, price: Price): bigint {
  return divUp(usd * pow10(decimals), price);
}

/** Write atoms as tokens for a person: whole digits and as many decimals as make six figures. For reading only. */
export function tokens(atoms: bigint, decimals: number): string {
  const [whole = '0', fraction = ''] = format(atoms, decimals).split('.');
  const leading = whole.replace(/^-?0?/, '').length === 0 ? (/^0*/.exec(fraction)?.[0].length ?? 0) : -whole.length;
  const kept = fraction.slice(0, Math.max(0, 6 + leading)).replace(/0+$/, '');
  return kept === '' ? whole : `${whole}.${kept}`;
}

/** Report an addition of unlike things. */
export class MixedAssets extends Error {
  override readonly name = 'MixedAssets';
  readonly next = 'halt';
  constructor(a: AssetId, b: AssetId) {
    super(`an amount of ${a} was added to one of ${b}; convert one of them through a market or a price first`);
  }
}
