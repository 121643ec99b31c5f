// How much may be at risk above a floor, in the integers of the contracts' `Cppi`. Every step rounds towards the floor.

import { divUp, max, min, ONE } from '../../money/Fixed.ts';
import type { Usd } from '../../money/Price.ts';
import { D18_A_BPS, DAY, WHOLE } from './Scale.ts';

/** Follow the best value of a share, `elapsed` {s} after the last peak, which rises by at most `rise` {bps} a day. D18{USD/share}. */
export function peak(last: Usd, share: Usd, elapsed: bigint, rise: bigint): Usd {
  if (last === 0n) return share;
  return max(last, min(share, last + (last * rise * min(elapsed, DAY)) / (WHOLE * DAY)));
}

/** Find the floor of a share: what was fixed, or `keep` {bps} of its peak if that is more. D18{USD/share}. */
export function floorUp(fixed: Usd, best: Usd, keep: bigint): Usd {
  return max(fixed, divUp(best * keep, WHOLE));
}

/** Find what may be at risk: `multiplier` {bps} times the cushion, at most `cap` {bps}. D18{1} of NAV. */
export function exposureDown(share: Usd, floor: Usd, multiplier: bigint, cap: bigint): bigint {
  if (share <= floor) return 0n;
  return min(cap * D18_A_BPS, ((((share - floor) * ONE) / share) * multiplier) / WHOLE);
}
