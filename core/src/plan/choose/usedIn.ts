// Which offers a trial uses, as the rules that leave out one of them need to know.

import type { Trial } from './Inquiry.ts';
import { NONE } from './Slate.ts';

/** List the offers that a trial trades with. */
export function usedIn({ used }: Trial): readonly number[] {
  return [...used.keys()].filter((offer) => used[offer] !== NONE);
}
