// How many pieces to cut an order into, and the pieces themselves in whole atoms that add up to the order.

import { check, checkPositive, ForecastError, sum } from '../../forecast/Numbers.ts';
import { quantize } from '../quantize.ts';

/** State how many slices cost least, and that cost. In the currency of the inputs. */
export type Count = { readonly slices: number; readonly cost: number };

/**
 * Find the number of slices for a pool that arbitrage refills between them, where each slice costs gas.
 * Formula: cost(N) = N·g + v²/(N·X), least at N* = v/√(X·g), of which the better whole neighbour is taken. `size` v and
 * `reserve` X in one currency with `gas` g. (The second term is the impact of a small swap on a constant product.)
 */
export function best(size: number, reserve: number, gas: number): Count {
  checkPositive([size, reserve, gas], 'size, reserve, gas', 3);
  const below = Math.max(1, Math.floor(size / Math.sqrt(reserve * gas)));
  const [fewer, more] = [of(below), of(below + 1)];
  return more.cost < fewer.cost ? more : fewer;

  function of(slices: number): Count {
    return { slices, cost: slices * gas + size ** 2 / (slices * reserve) };
  }
}

/** Cut atoms into equal parts for a time-weighted average price; they add up, and differ by an atom at most. */
export function equal(atoms: bigint, parts: number): readonly bigint[] {
  checkAtoms(atoms);
  if (!Number.isSafeInteger(parts) || parts < 1) {
    throw new ForecastError('parts', String(parts), 'give a whole number of at least 1');
  }
  const count = BigInt(parts);
  return Array.from({ length: parts }, (_, index) => {
    const before = (atoms * BigInt(index)) / count;
    return (atoms * BigInt(index + 1)) / count - before;
  });
}

/**
 * Cut atoms in the proportions of a schedule. What has been traded by each moment is rounded down, so that the parts
 * add up exactly and no part is negative. Throws ForecastError on negative proportions and on none above zero.
 */
export function weighted(atoms: bigint, proportions: readonly number[]): readonly bigint[] {
  checkAtoms(atoms);
  check(proportions, 'proportions', 1);
  const whole = sum(proportions);
  if (proportions.some((part) => part < 0) || !(whole > 0)) {
    throw new ForecastError('proportions', `a sum of ${whole}`, 'give numbers of zero or more, not all zero');
  }
  const parts: bigint[] = [];
  let [traded, so] = [0n, 0];
  for (const part of proportions) {
    // The same additions as in the sum above, so that the last share is exactly one.
    so += part;
    const until = quantize(Math.min(1, so / whole), atoms);
    parts.push(until - traded);
    traded = until;
  }
  return parts;
}

function checkAtoms(atoms: bigint): void {
  if (atoms < 0n) throw new ForecastError('atoms', `${atoms}`, 'give zero or more');
}
