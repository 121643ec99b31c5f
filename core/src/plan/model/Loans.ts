// A lending pool as models. A deposit is worth what it will have become: its receipts count for as much more as it earns over the time that
// it is to stay, at the rate after the deposit itself, which lowers it for every token of it. Where utilisation falls through the kink of the
// rate's curve, what more of a deposit earns jumps up, so that there are two concave models, of which one is used.

import { approximate } from '../../money/approximate.ts';
import * as Bps from '../../money/Bps.ts';
import { min, mulDivDown, ONE } from '../../money/Fixed.ts';
import { YEAR } from '../../money/Time.ts';
import * as AdaptiveCurve from '../../market/AdaptiveCurve.ts';
import { RAY } from '../../market/Kinked.ts';
import * as Lending from '../../market/Lending.ts';
import type { Rung } from '../program/Ladders.ts';
import type { Model } from '../program/Program.ts';
import * as Place from './Place.ts';

/** Into how many pieces a deposit beyond the kink is cut. */
const PIECES = 256;
/** A deposit is looked at up to this many times what others supply. */
const FURTHEST = 9;
/** Room for less than this share of it {1} is none: the rate would not move in the last digit. */
const LEAST = 1e-12;
/** What rounding may move the end of where a deposit is concave by {1}. */
const ROUNDING = 1e-9;

/** Hold what borrowers pay as base + slope·utilisation {1/yr}, on one side of the kink. */
type Side = { readonly base: number; readonly slope: number };

/** Hold a pool in floats: tokens of the asset, and what suppliers keep of the interest {1}. */
type Loan = {
  readonly supplied: number;
  readonly borrowed: number;
  readonly keep: number;
  readonly kink: number;
  readonly below: Side;
  readonly above: Side;
};

/**
 * Model deposits and withdrawals. Over a `horizon` {yr} of zero, or where nothing is lent out, both are one ladder at parity. Otherwise a
 * withdrawal is an alternative of its own, which is charged what the withdrawn earns now; and deposits are one more, or two where the
 * pool stands above its kink.
 */
export function models(pool: Lending.Lending, two: Place.Two, horizon: number): readonly Model[] {
  const tokens = Place.pair(two);
  const spot = Lending.spot(pool, pool.assets[0]);
  const parity = Place.rate(two[0], two[1], spot);
  const issued = pool.receipts.kind === 'shares' ? pool.receipts.total : 1n << 256n;
  const receipts = min(issued, mulDivDown(Lending.withdrawable(pool), spot.bought, spot.sold));
  const room = Lending.room(pool);
  const most = room === undefined ? Infinity : Place.tokens(two[0], room);
  const loan = loanOf(pool, two[0]);
  const earned = loan.borrowed > 0 ? horizon * rateAt(loan, loan.supplied) : 0;
  const out: Rung = { rate: (1 - earned) / parity, most: Place.tokens(two[1], receipts) };
  const rises = out.rate > 0 && out.most > 0 ? [out] : [];
  if (earned === 0) {
    const falls = most > 0 ? [{ rate: parity, most }] : [];
    return falls.length + rises.length > 0 ? [{ kind: 'ladder', tokens, falls, rises }] : [];
  }
  const withdrawal: readonly Model[] = rises.length > 0 ? [{ kind: 'ladder', tokens, falls: [], rises }] : [];
  return [...deposits(loan, { tokens, parity, most, horizon }), ...withdrawal];
}

type Deposit = {
  readonly tokens: readonly [number, number];
  /** Receipts for a token of the asset. */
  readonly parity: number;
  readonly most: number;
  readonly horizon: number;
};

function deposits(loan: Loan, { tokens, parity, most, horizon }: Deposit): readonly Model[] {
  const { supplied, borrowed, kink, above, below } = loan;
  const turn = borrowed / kink - supplied;
  const reach = (side: Side) => Math.min(most, FURTHEST * supplied, concaveFor(loan, side));
  const along = (side: Side, end: number): readonly Model[] => {
    if (end < LEAST * supplied) return [];
    const earns = earnings(loan, side, horizon);
    return [{ kind: 'deposit', tokens, rate: parity, supplied, earns, most: end }];
  };
  if (turn <= 0) return along(below, reach(below));
  const near = along(above, Math.min(turn, reach(above)));
  if (reach(below) <= turn) return near;
  const value = (deposit: number) => parity * deposit * (1 + horizon * rateAt(loan, supplied + deposit));
  const ratio = Math.log1p((reach(below) - turn) / (supplied + turn)) / PIECES;
  const beyond = Array.from({ length: PIECES + 1 }, (_, piece) => turn + (supplied + turn) * Math.expm1(ratio * piece));
  return [...near, { kind: 'ladder', tokens, falls: chords(beyond, value), rises: [] }];
}

/** Join nothing and points of a curve by straight steps, the first of them as far as the next ones are no better. */
function chords(points: readonly number[], value: (point: number) => number): readonly Rung[] {
  const rungs: Rung[] = [];
  let [from, worth] = [0, 0];
  for (const point of points) {
    const before = rungs.at(-1);
    const rate = (value(point) - worth) / (point - from);
    if (rungs.length === 1 && before !== undefined && rate > before.rate) {
      rungs[0] = { rate: value(point) / point, most: point };
    } else rungs.push({ rate: Math.min(rate, before?.rate ?? rate), most: point - from });
    [from, worth] = [point, value(point)];
  }
  return rungs.filter(({ rate }) => rate > 0);
}

/** What suppliers get {1/yr} once so much is supplied. */
function rateAt({ borrowed, keep, kink, below, above }: Loan, supplied: number): number {
  const usage = borrowed / supplied;
  const { base, slope } = usage <= kink ? below : above;
  return keep * usage * (base + slope * usage);
}

/**
 * What one more of a deposit earns over a `horizon` is a/u² + b/u³ once supply is u times what others supply. With S of theirs, B lent out
 * and u·S = y supplied in all, the earnings (y − S)·keep·B·(A/y + c·B/y²) change by keep·B·((A·S − c·B)/y² + 2·c·B·S/y³).
 */
function earnings(
  { supplied, borrowed, keep }: Loan,
  { base, slope }: Side,
  horizon: number,
): readonly [number, number] {
  const usage = borrowed / supplied;
  const all = horizon * keep * usage;
  return [all * (base - slope * usage), 2 * all * slope * usage];
}

/** How much may be deposited until more of it no longer earns ever less, from where on 2·a·u + 3·b is below zero. */
function concaveFor({ supplied, borrowed }: Loan, { base, slope }: Side): number {
  const lent = (slope * borrowed) / supplied;
  return lent > base ? supplied * ((3 * lent) / (lent - base) - 1) * (1 - ROUNDING) : Infinity;
}

function loanOf({ supplied, borrowed, curve }: Lending.Lending, asset: Place.Place): Loan {
  const amounts = { supplied: Place.tokens(asset, supplied), borrowed: Place.tokens(asset, borrowed) };
  switch (curve.kind) {
    case 'kinked': {
      const [base, gentle, steep, kink] = [curve.base, curve.slopeBelow, curve.slopeAbove, curve.kink].map(ofRay);
      return {
        ...amounts,
        keep: 1 - curve.reserveFactor / Bps.ONE,
        kink: kink ?? NaN,
        ...sides(base, gentle, steep, kink),
      };
    }
    case 'adaptive-curve': {
      const target = approximate(curve.rateAtTarget * BigInt(YEAR), ONE);
      const kink = approximate(AdaptiveCurve.TARGET, ONE);
      // A quarter of the rate at target where nothing is lent out, four times it where all is.
      const lines = sides(target / 4, (3 * target) / 4, 3 * target, kink);
      return { ...amounts, keep: 1 - approximate(curve.fee, ONE), kink, ...lines };
    }
  }
}

/** The lines of a curve that starts at `base` and rises by `gentle` up to the kink and by `steep` beyond it. */
function sides(base = NaN, gentle = NaN, steep = NaN, kink = NaN): { readonly below: Side; readonly above: Side } {
  const slope = steep / (1 - kink);
  return { below: { base, slope: gentle / kink }, above: { base: base + gentle - slope * kink, slope } };
}

function ofRay(value: bigint): number {
  return approximate(value, RAY);
}
