// What tokens that are only passed through trade at, to start a search from. Too high a price costs a few looks: a market gives no more
// than it holds. Too low a price would flood the markets, and be hard to come back from.

import { real, whole } from './Flat.ts';
import type { Frame } from './Goal.ts';
import type { Program } from './Program.ts';

/** Price each token that a target does not count as high as a market of two coins does whose other coin has a price; else leave it. */
export function priceTransit({ first, tracked }: Frame, { pairs: { count, one, other, low, high } }: Program): void {
  const known = Int32Array.from(tracked);
  for (let found = true; found;) {
    const next = Float64Array.from(first, (price, j) => (whole(known, j) === 1 ? price : 0));
    found = false;
    for (let index = 0; index < count; index++) {
      const [a, b] = [whole(one, index), whole(other, index)];
      if (whole(known, a) === whole(known, b)) continue;
      const spot = Math.sqrt(real(low, index) * real(high, index));
      if (!(spot > 0 && spot < Infinity)) continue;
      found = true;
      if (whole(known, a) === 1) next[b] = Math.max(real(next, b), real(first, a) / spot);
      else next[a] = Math.max(real(next, a), real(first, b) * spot);
    }
    for (let j = 0; j < known.length; j++) {
      if (whole(known, j) === 1 || real(next, j) === 0) continue;
      known[j] = 1;
      first[j] = real(next, j);
    }
  }
}
