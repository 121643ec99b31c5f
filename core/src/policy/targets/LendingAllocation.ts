// How much to lend where, when our own deposit lowers the rate that it earns. Pools are filled until the next dollar
// earns the same in each. A pool above its kink makes the problem not concave: pushing it below the kink changes how its
// rate falls, so that every choice of branch is solved by itself and the best is kept.

import * as AdaptiveCurve from '../../market/AdaptiveCurve.ts';
import * as Kinked from '../../market/Kinked.ts';
import * as Lending from '../../market/Lending.ts';
import { approximate } from '../../money/approximate.ts';
import * as Bps from '../../money/Bps.ts';
import { ONE, pow10 } from '../../money/Fixed.ts';
import { YEAR } from '../../money/Time.ts';
import { at, check as checkNumbers, checkInside, ForecastError, sum } from '../../forecast/Numbers.ts';

/** Describe a pool without our money. Amounts in one unit for all pools, such as dollars; rates {1/yr}. */
export type Pool = {
  readonly supplied: number;
  readonly borrowed: number;
  /** The borrowers' rate at no utilisation, its rise up to the kink, and from there to full utilisation. */
  readonly base: number;
  readonly slopeBelow: number;
  readonly slopeAbove: number;
  /** Utilisation at the kink {1}, (0, 1). */
  readonly kink: number;
  /** Share of the interest that suppliers do not get {1}, [0, 1). */
  readonly reserve: number;
  /** The most that may be ours, by the pool's cap or our own; none where absent. */
  readonly room?: number;
  /** What it costs to place money there, whatever the amount; nothing where absent. */
  readonly gas?: number;
};

/** State what to place where, what stays idle, what is earned in a year, and the gas. In the unit of the inputs. */
export type Allocation = {
  readonly placed: readonly number[];
  readonly idle: number;
  readonly yearly: number;
  readonly gas: number;
};

/** One straight piece of a pool's rate, b = intercept + slope·utilisation, and the deposits for which it holds. */
type Branch = {
  readonly pool: Pool;
  readonly linear: number;
  readonly quadratic: number;
  readonly low: number;
  readonly high: number;
};

/** Choices of branches that are tried before the question is refused: a little more than 3^9, under a second. */
const MOST = 20_000;
/** Halvings of the marginal rate: to 10^-30 of the highest, and no nearer to nothing than cubes of its inverse can be taken. */
const BISECTIONS = 100;

/**
 * Place `amount` so that earnings over `horizon` {yr}, less gas, are highest; money that would earn nothing stays idle.
 * Kuhn–Tucker: every pool that is used earns the same on its next dollar, (1 − R)·B·[(AS − cB)/y² + 2cBS/y³] = ν with
 * y = S + x, whose root is that of a cubic. Throws ForecastError on bad pools and on too many choices.
 */
export function of(pools: readonly Pool[], amount: number, horizon = 1): Allocation {
  pools.forEach(checkPool);
  checkNumbers([amount], 'amount', 1);
  if (amount < 0) throw new ForecastError('amount', String(amount), 'give an amount, zero or more');
  checkInside(horizon, 0, Infinity, 'horizon');
  const options = pools.map(optionsOf);
  const choices = options.reduce((product, of) => product * of.length, 1);
  if (choices > MOST) {
    throw new ForecastError('pools', `${choices} choices of branches`, `give fewer pools: at most ${MOST} are tried`);
  }
  const worth = ({ yearly, gas }: Allocation) => yearly * horizon - gas;
  let best: Allocation = { placed: pools.map(() => 0), idle: amount, yearly: 0, gas: 0 };
  for (let choice = 0; choice < choices; choice++) {
    const found = fill(pick(options, choice), amount);
    if (found !== undefined && worth(found) > worth(best)) best = found;
  }
  return best;
}

/** Read a lending market as a pool, in tokens of its asset of `decimals`; its cap is the room. Beliefs: rates in floats. */
export function poolOf(market: Lending.Lending, decimals: number, gas = 0): Pool {
  const tokens = (atoms: bigint) => approximate(atoms, pow10(decimals));
  const room = Lending.room(market);
  const terms = { supplied: tokens(market.supplied), borrowed: tokens(market.borrowed), gas, ...curveOf(market.curve) };
  return room === undefined ? terms : { ...terms, room: tokens(room) };
}

function curveOf(curve: Lending.Lending['curve']): Omit<Pool, 'supplied' | 'borrowed'> {
  if (curve.kind === 'kinked') {
    const of = (ray: bigint) => approximate(ray, Kinked.RAY);
    const { base, slopeBelow, slopeAbove, kink, reserveFactor } = curve;
    const rates = { base: of(base), slopeBelow: of(slopeBelow), slopeAbove: of(slopeAbove), kink: of(kink) };
    return { ...rates, reserve: reserveFactor / Bps.ONE };
  }
  const yearly = (error: bigint) => approximate(AdaptiveCurve.rateAt(curve.rateAtTarget * BigInt(YEAR), error), ONE);
  const [none, target, full] = [yearly(-ONE), yearly(0n), yearly(ONE)];
  const kink = approximate(AdaptiveCurve.TARGET, ONE);
  return {
    base: none,
    slopeBelow: target - none,
    slopeAbove: full - target,
    kink,
    reserve: approximate(curve.fee, ONE),
  };
}

/** Compute what a deposit earns in a year: x·u·b(u)·(1 − R) at the utilisation that it leaves. */
export function earnings(pool: Pool, deposit: number): number {
  const usage = pool.borrowed / (pool.supplied + deposit);
  return usage === 0 ? 0 : deposit * usage * rate(pool, usage) * (1 - pool.reserve);
}

function rate({ base, slopeBelow, slopeAbove, kink }: Pool, usage: number): number {
  if (usage <= kink) return base + (slopeBelow * usage) / kink;
  return base + slopeBelow + (slopeAbove * (usage - kink)) / (1 - kink);
}

/** List the pieces of a pool's rate that deposits can reach, each up to where more would earn less. */
function branches(pool: Pool): readonly Branch[] {
  const { supplied, borrowed, base, slopeBelow, slopeAbove, kink } = pool;
  const room = pool.room ?? Infinity;
  if (borrowed === 0 || room === 0) return [];
  const toKink = borrowed / kink - supplied;
  const steep = slopeAbove / (1 - kink);
  const below = piece(pool, base, slopeBelow / kink, Math.max(0, toKink), room);
  const above = piece(pool, base + slopeBelow - steep * kink, steep, 0, Math.min(room, toKink));
  return [below, above].filter(({ low, high }) => low <= high && high > 0);
}

function piece(pool: Pool, intercept: number, slope: number, low: number, high: number): Branch {
  const { supplied, borrowed, reserve } = pool;
  const scale = (1 - reserve) * borrowed;
  const linear = scale * (intercept * supplied - slope * borrowed);
  const quadratic = 2 * scale * slope * borrowed * supplied;
  // Earnings rise up to here and are concave that far; beyond, money is better idle.
  const peak = linear < 0 ? -quadratic / linear - supplied : Infinity;
  return { pool, linear, quadratic, low, high: high < low ? high : Math.max(low, Math.min(high, peak)) };
}

/** List what can be done with a pool. To skip it is a choice of its own where placing nothing on a branch would not do. */
function optionsOf(pool: Pool): readonly (Branch | undefined)[] {
  const pieces = branches(pool);
  const free = (pool.gas ?? 0) === 0 && pieces.some(({ low }) => low === 0);
  return free ? pieces : [undefined, ...pieces];
}

/** Read a choice as a number with one digit for each pool. */
function pick(options: readonly (readonly (Branch | undefined)[])[], choice: number): readonly (Branch | undefined)[] {
  let rest = choice;
  return options.map((of) => {
    const branch = of[rest % of.length];
    rest = Math.floor(rest / of.length);
    return branch;
  });
}

/** Fill the chosen branches to one marginal rate (water-filling, by bisection on it); undefined where they need more. */
function fill(chosen: readonly (Branch | undefined)[], amount: number): Allocation | undefined {
  const used = chosen.filter((branch) => branch !== undefined);
  if (sum(used.map(({ low }) => low)) > amount) return undefined;
  let [low, high] = [0, Math.max(0, ...used.map((branch) => marginal(branch, branch.low)))];
  // At a marginal rate of nothing every branch is full.
  const total = (level: number) => sum(used.map((branch) => deposit(branch, level)));
  if (total(0) > amount) {
    for (let step = 0; step < BISECTIONS; step++) {
      const middle = (low + high) / 2;
      if (middle === low || middle === high) break;
      if (total(middle) > amount) low = middle;
      else high = middle;
    }
  } else high = 0;
  const placed = chosen.map((branch) => (branch === undefined ? 0 : deposit(branch, high)));
  return {
    placed,
    idle: Math.max(0, amount - sum(placed)),
    yearly: sum(chosen.map((branch, index) => (branch === undefined ? 0 : earnings(branch.pool, at(placed, index))))),
    gas: sum(used.map(({ pool }) => pool.gas ?? 0)),
  };
}

function marginal({ pool, linear, quadratic }: Branch, x: number): number {
  const y = pool.supplied + x;
  return linear / y ** 2 + quadratic / y ** 3;
}

/** Solve the cubic ν·y³ = linear·y + quadratic for its one positive root, and stay on the branch. */
function deposit(branch: Branch, level: number): number {
  const { pool, linear, quadratic, low, high } = branch;
  if (level === 0) return high;
  const [third, half] = [linear / level / 3, quadratic / level / 2];
  const discriminant = half ** 2 - third ** 3;
  const root =
    discriminant >= 0
      ? cardano(half, Math.sqrt(discriminant), third)
      : 2 * Math.sqrt(third) * Math.cos(Math.acos(Math.min(1, half / third ** 1.5)) / 3);
  return Math.min(high, Math.max(low, root - pool.supplied));
}

/** The real root a + b (Cardano, 1545), b of the sign of `third`; a − |b| as (a³ − |b|³)/(a² + a|b| + b²), which does not cancel. */
function cardano(half: number, root: number, third: number): number {
  const large = Math.cbrt(half + root);
  if (large === 0) return 0;
  const small = third / large;
  return small >= 0 ? large + small : (2 * half) / (large ** 2 - third + small ** 2);
}

function checkPool(pool: Pool, index: number): void {
  const { supplied, borrowed, base, slopeBelow, slopeAbove, kink, reserve, room = 0, gas = 0 } = pool;
  const path = `pools[${index}]`;
  for (const [name, value] of Object.entries({ supplied, borrowed, base, slopeBelow, slopeAbove, reserve, gas })) {
    if (!(value >= 0 && value < Infinity)) {
      throw new ForecastError(`${path}.${name}`, String(value), 'give a finite number, zero or more');
    }
  }
  if (!(room >= 0)) throw new ForecastError(`${path}.room`, String(room), 'give an amount, zero or more');
  checkInside(kink, 0, 1, `${path}.kink`);
  if (reserve >= 1) throw new ForecastError(`${path}.reserve`, String(reserve), 'give a share below one');
  if (borrowed > supplied) throw new ForecastError(`${path}.borrowed`, String(borrowed), `give at most ${supplied}`);
}
