// Weights in proportion to sizes, none above a cap, in the integers of the contracts' `IndexWeights`.

import { ONE } from '../../money/Fixed.ts';

/** Weigh by size; what a `cap` (D18{1}, above zero) takes from the large goes to the others in proportion, until none is above. D18{1}. */
export function cappedDown(sizes: readonly bigint[], cap: bigint): readonly bigint[] {
  const capped = sizes.map(() => false);
  for (;;) {
    const room = ONE - cap * BigInt(capped.filter(Boolean).length);
    const free = sizes.reduce((sum, size, member) => (capped[member] === true ? sum : sum + size), 0n);
    const over = sizes.map((size, member) => capped[member] === false && size * room > cap * free);
    if (!over.includes(true)) {
      return sizes.map((size, member) => (capped[member] === true ? cap : size === 0n ? 0n : (size * room) / free));
    }
    for (const [member, is] of over.entries()) if (is) capped[member] = true;
  }
}
