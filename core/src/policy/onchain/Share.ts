// What shares of a vault are made of, in the integers of the contract's share arithmetic: units of an asset in every
// atom of a share, D36{tokAtom/shareAtom}. Whoever mints or redeems loses the atom.

import { divUp } from '../../money/Fixed.ts';

const ONE_36 = 10n ** 36n;

/** Record a balance {tokAtom} that all shares own together. `supply` > 0. D36{tokAtom/shareAtom}. */
export function unitsDown(balance: bigint, supply: bigint): bigint {
  return (balance * ONE_36) / supply;
}

/** Count the atoms to pay in for new shares. */
export function atomsUp(units: bigint, shares: bigint): bigint {
  return divUp(units * shares, ONE_36);
}

/** Count the atoms to pay out for shares that are burnt. */
export function atomsDown(units: bigint, shares: bigint): bigint {
  return (units * shares) / ONE_36;
}
