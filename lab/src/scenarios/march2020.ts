// The crash of 12 March 2020, when ether lost 42 % in a day: nine published daily closes, joined by chance.

import type { Seconds } from '@trimtab/core';
import type { History } from '../history/History.ts';

/** Play 9 to 16 March 2020 for BTC and ETH: real closes, imagined minutes. Same seed, same minutes. */
export function march2020(options: { readonly seed: number; readonly step: Seconds }): History {
  throw new Error(`not yet: ${options.seed}`);
}
