// What an attacker gains by trading before and after our swap in a constant-product pool, and how to leave nothing to
// gain: a slippage so tight, or a slice so small, that the attack pays less than its gas. Fees stay in the pool.

import { checkInside, ForecastError } from '../../forecast/Numbers.ts';

/** Describe a victim's swap. Amounts in tokens: `reserveIn` and `size` of the asset sold, `reserveOut` of the other. */
export type Victim = {
  readonly reserveIn: number;
  readonly reserveOut: number;
  readonly size: number;
  /** Fee of the pool {1}, [0, 1). */
  readonly fee: number;
};

/** State an attack and what it does. `front`, `back` and `profit` in the asset that the victim sells, before gas. */
export type Attack = {
  /** What the attacker sells before the victim. */
  readonly front: number;
  /** What selling the purchase again brings. */
  readonly back: number;
  readonly profit: number;
  /** What the victim receives, and what it lost by the attack, in the asset it buys. */
  readonly received: number;
  readonly loss: number;
};

/** How often a golden section halves (nearly) its interval, and a bisection its own: beyond the digits of a float. */
const GOLDEN_STEPS = 90;
const BISECTIONS = 200;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** Quote the victim's swap as if nobody were before it. In the asset bought. */
export function quote(victim: Victim): number {
  checkVictim(victim);
  return output(victim.reserveIn, victim.reserveOut, victim.size, victim.fee);
}

/**
 * Find the largest front-run that the victim's slippage {1} [0, 1) permits: it ends at the least that the victim accepts.
 * Formula: the positive root of φa² + a(X + φX + φ²v) + X² + φvX − φvXY/m = 0 (Heimbach and Wattenhofer, 2022).
 */
export function frontRun(victim: Victim, slippage: number): number {
  checkSlippage(slippage);
  const { reserveIn: x, size, fee } = victim;
  const least = quote(victim) * (1 - slippage);
  const keep = 1 - fee;
  const linear = x + keep * x + keep ** 2 * size;
  const rest = x ** 2 + keep * size * x - (keep * size * x * victim.reserveOut) / least;
  // The root in the form that does not subtract nearly equal numbers; rounding may leave a hair above zero.
  return Math.max(0, (-2 * rest) / (linear + Math.sqrt(Math.max(0, linear ** 2 - 4 * keep * rest))));
}

/** Play an attack of a given front-run through: buy, let the victim buy, sell the whole purchase. */
export function attack(victim: Victim, front: number): Attack {
  checkVictim(victim);
  if (!(front >= 0 && front < Infinity)) {
    throw new ForecastError('front', String(front), 'give a finite amount, zero or more');
  }
  const { reserveIn, reserveOut, size, fee } = victim;
  const purchase = output(reserveIn, reserveOut, front, fee);
  const between = { in: reserveIn + front, out: reserveOut - purchase };
  const received = output(between.in, between.out, size, fee);
  const back = output(between.out - received, between.in + size, purchase, fee);
  return { front, back, profit: back - front, received, loss: quote(victim) - received };
}

/** Find the attack that gains most among those the victim's slippage permits; one of nothing where none gains. */
export function worst(victim: Victim, slippage: number): Attack {
  let [low, high] = [0, frontRun(victim, slippage)];
  const last = attack(victim, high);
  for (let step = 0; step < GOLDEN_STEPS; step++) {
    const [left, right] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
    if (attack(victim, left).profit < attack(victim, right).profit) low = left;
    else high = right;
  }
  const inner = attack(victim, (low + high) / 2);
  const best = inner.profit > last.profit ? inner : last;
  return best.profit > 0 ? best : attack(victim, 0);
}

/**
 * Give the size, as a share of the reserve it is sold into {1}, up to which no attack pays even with free gas,
 * whatever the slippage. Send at most one such slice per block and pool: two in one block can be attacked together.
 * Formula: the root u of φ²(1 + u)(1 + φu) = 1, close to the fee itself (from the first-order gain of a front-run).
 */
export function threshold(fee: number): number {
  checkInside(fee, 0, 1, 'fee');
  const keep = 1 - fee;
  const linear = 1 + keep;
  const rest = keep ** -2 - 1;
  return (2 * rest) / (linear + Math.sqrt(linear ** 2 + 4 * keep * rest));
}

/**
 * Find the largest slippage {1} at which the best attack pays no more than `gas`, in the asset that the victim sells;
 * 1 where no slippage is unsafe. It may be too tight to be filled: never set it below what prices move in a block.
 * For small slippage s the gain is about v·s·(1 − u*X/v), which the search makes exact.
 */
export function safeSlippage(victim: Victim, gas: number): number {
  if (!(gas >= 0 && gas < Infinity)) throw new ForecastError('gas', String(gas), 'give a finite cost, zero or more');
  const unsafe = (slippage: number) => worst(victim, slippage).profit > gas;
  const widest = 1 - Number.EPSILON;
  if (!unsafe(widest)) return 1;
  let [low, high] = [0, widest];
  for (let step = 0; step < BISECTIONS && high - low > 1e-15 * high; step++) {
    const middle = (low + high) / 2;
    if (unsafe(middle)) high = middle;
    else low = middle;
  }
  return low;
}

/** A constant-product output (Adams, Zinsmeister, Robinson, 2020). As a belief: an attack is imagined, never sent. */
function output(reserveIn: number, reserveOut: number, sold: number, fee: number): number {
  const effective = (1 - fee) * sold;
  return (reserveOut * effective) / (reserveIn + effective);
}

function checkVictim({ reserveIn, reserveOut, size, fee }: Victim): void {
  checkInside(reserveIn, 0, Infinity, 'reserveIn');
  checkInside(reserveOut, 0, Infinity, 'reserveOut');
  checkInside(size, 0, Infinity, 'size');
  if (!(fee >= 0 && fee < 1)) throw new ForecastError('fee', String(fee), 'give a number in [0, 1)');
}

function checkSlippage(slippage: number): void {
  if (slippage >= 0 && slippage < 1) return;
  throw new ForecastError('slippage', String(slippage), 'give a number in [0, 1)');
}
