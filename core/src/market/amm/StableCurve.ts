// The integer Newton iterations of the stable invariant, step by step as the contracts take them: each division rounds
// where theirs does, so the root is theirs and not merely near it.
// Sources: Curve, SwapTemplateBase.vy (get_D, get_y; 2020); Balancer, StableMath.sol (2022).

import { divUp } from '../../money/Fixed.ts';

/** State what shapes the curve; see StableSwap. */
export type Shape = {
  readonly id: string;
  readonly rounding: 'curve' | 'balancer';
  readonly amp: bigint;
  readonly ampPrecision: bigint;
  readonly assets: readonly string[];
};

/** The contracts give up after this many steps. */
const STEPS = 255;

/** Give Ann, the amplification as the iterations use it: the contract's A times the number of assets. */
export function total(shape: Shape): bigint {
  return shape.amp * BigInt(shape.assets.length);
}

/**
 * Compute the invariant D of balances above zero, in scaled units, rounded down as both contracts do.
 * Throws StableSwapError where the contract would not converge.
 */
export function invariant(shape: Shape, balances: readonly bigint[]): bigint {
  const count = BigInt(balances.length);
  const sum = balances.reduce((so, balance) => so + balance, 0n);
  const ann = total(shape);
  const precision = shape.ampPrecision;
  let now = sum;
  for (let step = 0; step < STEPS; step++) {
    const product = productTerm(balances, now);
    const before = now;
    now =
      (((ann * sum) / precision + product * count) * now) /
      (((ann - precision) * now) / precision + (count + 1n) * product);
    if (isSettled(now, before)) return now;
  }
  throw new StableSwapError(shape.id, `an invariant for balances ${balances.join(', ')}`);
}

/** Compute D^(n+1) / (n^n·Πx), rounded down at each factor as the contracts do. Balances above zero. */
export function productTerm(balances: readonly bigint[], invariantNow: bigint): bigint {
  const count = BigInt(balances.length);
  return balances.reduce((so, balance) => (so * invariantNow) / (balance * count), invariantNow);
}

/**
 * Find what is left of asset `to` once `change` has been added to asset `from`, in scaled units.
 * Curve rounds every step down; Balancer rounds the last division of each step up, for the pool.
 * Throws StableSwapError where the contract would not converge.
 */
export function restOf(shape: Shape, balances: readonly bigint[], from: number, change: bigint, to: number): bigint {
  const kept = invariant(shape, balances);
  const moved = balances.map((balance, place) => (place === from ? balance + change : balance));
  return shape.rounding === 'curve' ? restByCurve(shape, moved, kept, to) : restByBalancer(shape, moved, kept, to);
}

function restByCurve(shape: Shape, balances: readonly bigint[], kept: bigint, to: number): bigint {
  const count = BigInt(balances.length);
  const ann = total(shape);
  const others = balances.filter((_, place) => place !== to);
  const sum = others.reduce((so, balance) => so + balance, 0n);
  const share = others.reduce((so, balance) => (so * kept) / (balance * count), kept);
  const c = (share * kept * shape.ampPrecision) / (ann * count);
  const b = sum + (kept * shape.ampPrecision) / ann;
  let now = kept;
  for (let step = 0; step < STEPS; step++) {
    const before = now;
    now = (now * now + c) / (2n * now + b - kept);
    if (isSettled(now, before)) return now;
  }
  throw new StableSwapError(shape.id, `what is left of ${String(shape.assets[to])}`);
}

function restByBalancer(shape: Shape, balances: readonly bigint[], kept: bigint, to: number): bigint {
  const count = BigInt(balances.length);
  const ann = total(shape);
  const [first = 0n, ...more] = balances;
  const share = more.reduce((so, balance) => (so * balance * count) / kept, first * count);
  const own = balances[to] ?? 0n;
  const sum = balances.reduce((so, balance) => so + balance, 0n) - own;
  const square = kept * kept;
  // The contract removes the balance it solves for from the product by multiplying it back in.
  const c = divUp(square, ann * share) * shape.ampPrecision * own;
  const b = sum + (kept / ann) * shape.ampPrecision;
  let now = divUp(square + c, kept + b);
  for (let step = 0; step < STEPS; step++) {
    const before = now;
    now = divUp(now * now + c, 2n * now + b - kept);
    if (isSettled(now, before)) return now;
  }
  throw new StableSwapError(shape.id, `what is left of ${String(shape.assets[to])}`);
}

function isSettled(now: bigint, before: bigint): boolean {
  const gap = now - before;
  return gap <= 1n && gap >= -1n;
}

/** Report an iteration that did not settle: the contract would refuse the swap. */
export class StableSwapError extends Error {
  override readonly name = 'StableSwapError';
  readonly next = 'skip';
  constructor(id: string, what: string) {
    super(`${id} did not settle on ${what} in ${STEPS} steps; the contract would refuse, so use another market`);
  }
}
