// The search for the front-run that gains most. In integers throughout, as the contracts would do it, and in few looks, because a
// plan is looked at in this way for every market of every swap.

import { max, min } from '../../money/Fixed.ts';
import * as Prey from './Prey.ts';

/** Looks at most for the largest front-run (six are usual), and for the best below it. */
const LOOKS = 60;
const GOLDEN_LOOKS = 24;
/** A front-run is found that leaves the floor to one part in so many of the slack. */
const NEAR = 2_000n;
/**
 * Front-runs tried before the best is looked for between its neighbours, in sixty-fourths of the largest: ranges of liquidity
 * make more than one summit, and where much slippage is allowed the summit is near the beginning.
 */
const SCAN = [1n, 2n, 4n, 8n, 12n, 16n, 24n, 32n, 40n, 48n, 56n];

/**
 * Find the front-run that gains most among those that leave the swap its floor. Where the floor is what ends it, the answer is
 * up to 1/2,000 of the slack beyond, so that the gain is not understated.
 */
export function bestFront(prey: Prey.Prey, expected: bigint, floor: bigint): Prey.Played {
  const [within, over] = largest(prey, expected, floor);
  const [last, beyond] = [Prey.close(prey, within), Prey.close(prey, over)];
  // Still rising at the end: the floor is what stops it.
  const rising = over !== within && beyond.gain >= last.gain;
  if (Prey.isSmooth(prey.hop.market, beyond.market) && (rising || !prey.opensWithGain)) return beyond;
  const shares = SCAN.map((share) => (last.front * share) / 64n);
  const tried = [...shares.map((front) => Prey.close(prey, Prey.open(prey, front))), rising ? beyond : last];
  const best = tried.reduce((one, other) => (other.gain > one.gain ? other : one));
  if (best === beyond) return beyond;
  const place = tried.indexOf(best);
  const inner = summit(prey, shares[place - 1] ?? 0n, shares[place + 1] ?? last.front);
  return inner.gain > best.gain ? inner : best;
}

/** Close in on the highest gain between two front-runs, by golden section. */
function summit(prey: Prey.Prey, from: bigint, to: bigint): Prey.Played {
  const between = (low: bigint, high: bigint, share: bigint) =>
    Prey.close(prey, Prey.open(prey, low + ((high - low) * share) / 1_000n));
  let [low, high] = [from, to];
  let left = between(low, high, 382n);
  let right = between(low, high, 618n);
  for (let look = 0; look < GOLDEN_LOOKS && high - low > 2n; look++) {
    if (left.gain < right.gain) {
      low = left.front;
      left = right;
      right = between(low, high, 618n);
    } else {
      high = right.front;
      right = left;
      left = between(low, high, 382n);
    }
  }
  return left.gain > right.gain ? left : right;
}

/**
 * Find the largest front-run that leaves the swap its floor, and one a little larger that does not, by false position on
 * what is left above the floor. Each look aims a little beyond the chord's answer, away from the end that moved last, so that
 * both ends close in; every third halves, where the chord misleads. Where a market takes no more, both are the same.
 */
function largest(prey: Prey.Prey, expected: bigint, floor: bigint): readonly [Prey.Opened, Prey.Opened] {
  const slack = expected - floor;
  let low: Prey.Opened = { front: 0n, bought: 0n, market: prey.hop.market, received: expected };
  let high: Prey.Opened | undefined;
  let asked = max((prey.offered * slack) / max(expected, 1n), 1n);
  for (let look = 1; look <= LOOKS; look++) {
    const tried = Prey.open(prey, asked);
    const left = above(tried, floor, slack);
    if (left >= 0n && tried.front < asked) return [tried, tried];
    if (left < 0n) high = tried;
    else low = tried;
    if (high === undefined) asked = further(tried.front, slack, left);
    else {
      const [up, down] = [above(low, floor, slack), -above(high, floor, slack)];
      const width = high.front - low.front;
      if (up + down <= slack / NEAR + 1n || width <= 1n) break;
      const beyond = (left < 0n ? up - slack / (3n * NEAR) : up + slack / (3n * NEAR)) * width;
      const aimed = low.front + beyond / (up + down) + (left < 0n ? -1n : 1n);
      const useful = look % 3 !== 0 && aimed > low.front && aimed < high.front;
      asked = useful ? aimed : low.front + width / 2n;
    }
  }
  return [low, high ?? low];
}

/** Guess where the floor is met, from how much of the slack a front-run has used up; at most 64 times as far. */
function further(front: bigint, slack: bigint, left: bigint): bigint {
  const used = slack - left;
  const eighths = used <= 0n ? 512n : min(512n, max(9n, (slack * 8n) / used));
  return (front * eighths) / 8n + 1n;
}

/** What a front-run leaves the swap above the floor; as much below as there was above where the swap fails. */
function above({ received }: Prey.Opened, floor: bigint, slack: bigint): bigint {
  return received === undefined ? -slack - 1n : received - floor;
}
