// A lending pool as a market: an asset on one side, the receipt for a deposit of it on the other. Its price is the
// interest earned so far; what a deposit changes is the rate from now on, for everybody in the pool.

import type { AssetId } from '../money/Asset.ts';
import { max, min, mulDivDown } from '../money/Fixed.ts';
import { YEAR } from '../money/Time.ts';
import * as AdaptiveCurve from './AdaptiveCurve.ts';
import { checkInput, sideOf } from './amm/Pair.ts';
import { arbAtRate } from './arbAtRate.ts';
import * as Kinked from './Kinked.ts';
import type { MarketId, Rate, Swapped, Trade, Values } from './Market.ts';
import { checkAtLeast, checkPair, unknown } from './Terms.ts';

/** State a lending pool, interest accrued up to now. Amounts in atoms of the asset. */
export type Lending = {
  readonly kind: 'lending';
  readonly id: MarketId;
  /** The asset, and the receipt for it whose atoms do not change in number. */
  readonly assets: readonly [AssetId, AssetId];
  /** Everything suppliers own, whether lent out or not. */
  readonly supplied: bigint;
  readonly borrowed: bigint;
  /** The most that the pool lets be supplied; absent where it sets no cap. */
  readonly supplyCap?: bigint;
  readonly receipts: Receipts;
  readonly curve: Kinked.Kinked | AdaptiveCurve.AdaptiveCurve;
};

/**
 * Say what a receipt is worth: by an index, D27{assetAtom/receiptAtom} (Aave), or as a share of all that is supplied
 * (Morpho Blue, with its 10^6 virtual receipts against one virtual atom, which make a first depositor's trick costly).
 */
export type Receipts =
  | { readonly kind: 'index'; readonly index: bigint }
  | { readonly kind: 'shares'; readonly total: bigint };

const VIRTUAL_RECEIPTS = 1_000_000n;
const VIRTUAL_ATOMS = 1n;

/** Give the exact price of a deposit or of a withdrawal. Throws NotTraded, MarketError. */
export function spot(pool: Lending, sell: AssetId): Rate {
  check(pool);
  const [atoms, receipts] = parity(pool);
  return sideOf(pool, sell) === 0 ? { bought: receipts, sold: atoms } : { bought: atoms, sold: receipts };
}

/**
 * Deposit up to `sold` atoms of the asset, or withdraw for up to `sold` receipts, as far as cap and cash reach. What is
 * paid out is rounded down: the pool keeps the atom. Throws NotTraded, BadInput, MarketError.
 */
export function swap(pool: Lending, sell: AssetId, sold: bigint): Swapped & { readonly after: Lending } {
  checkInput(pool, sold);
  check(pool);
  const [atoms, receipts] = parity(pool);
  const [asset, receipt] = pool.assets;
  if (sideOf(pool, sell) === 0) {
    const taken = min(sold, room(pool) ?? sold);
    const bought = mulDivDown(taken, receipts, atoms);
    return { sell, buy: receipt, sold: taken, bought, fee: 0n, feeIn: sell, after: moved(pool, taken, bought) };
  }
  const inIssue = pool.receipts.kind === 'shares' ? min(sold, pool.receipts.total) : sold;
  const taken = min(inIssue, mulDivDown(withdrawable(pool), receipts, atoms));
  const bought = mulDivDown(taken, atoms, receipts);
  return { sell, buy: asset, sold: taken, bought, fee: 0n, feeIn: sell, after: moved(pool, -bought, -taken) };
}

/** Find the deposit or withdrawal that gains at `values`; undefined where the receipt is worth what it can be had for. */
export function arb(pool: Lending, values: Values): Trade | undefined {
  // Nobody owns more than the asset's whole supply: a deposit without a cap is bounded by what has been deposited.
  const most = (sell: AssetId) => (sell === pool.assets[0] ? (room(pool) ?? max(pool.supplied, 1n)) : 1n << 256n);
  return arbAtRate(pool.assets, (sell) => swap(pool, sell, most(sell)), values);
}

/** Count what can be withdrawn now: the cash, whatever the receipts are worth. In atoms. */
export function withdrawable(pool: Lending): bigint {
  return max(pool.supplied - pool.borrowed, 0n);
}

/** Count what may still be supplied; undefined where there is no cap. In atoms. */
export function room(pool: Lending): bigint | undefined {
  return pool.supplyCap === undefined ? undefined : max(pool.supplyCap - pool.supplied, 0n);
}

/** Give the share of what is supplied that is lent out, as an exact ratio of atoms; nothing of one where all is empty. */
export function utilisation({ supplied, borrowed }: Lending): { readonly borrowed: bigint; readonly supplied: bigint } {
  return { borrowed, supplied: max(supplied, 1n) };
}

/** Compute what borrowers pay, D27{1/yr}, without compounding. Throws MarketError. */
export function borrowRate(pool: Lending): bigint {
  check(pool);
  const { curve, supplied, borrowed } = pool;
  switch (curve.kind) {
    case 'kinked':
      return Kinked.borrowRate(curve, supplied, borrowed);
    case 'adaptive-curve':
      return perYear(AdaptiveCurve.adapt(curve, supplied, borrowed, 0).average);
  }
}

/** Compute what suppliers get, D27{1/yr}, without compounding. Throws MarketError. */
export function supplyRate(pool: Lending): bigint {
  const { curve, supplied, borrowed } = pool;
  switch (curve.kind) {
    case 'kinked':
      return Kinked.supplyRate(curve, supplied, borrowed);
    case 'adaptive-curve': {
      const earned = mulDivDown(borrowRate(pool), borrowed, max(supplied, 1n));
      return mulDivDown(earned, 10n ** 18n - curve.fee, 10n ** 18n);
    }
  }
}

/**
 * Compute what suppliers will get once `deposit` more atoms are supplied, D27{1/yr}: our own money lowers the rate that
 * it earns. Negative for a withdrawal, of at most the cash. Cap and cash are not looked at. Throws MarketError.
 */
export function supplyRateAfter(pool: Lending, deposit: bigint): bigint {
  return supplyRate({ ...pool, supplied: pool.supplied + deposit });
}

/** State how many atoms of the asset how many receipts are worth, both above zero. */
function parity({ receipts, supplied }: Lending): readonly [bigint, bigint] {
  switch (receipts.kind) {
    case 'index':
      return [receipts.index, Kinked.RAY];
    case 'shares':
      return [supplied + VIRTUAL_ATOMS, receipts.total + VIRTUAL_RECEIPTS];
  }
}

function moved(pool: Lending, atoms: bigint, receipts: bigint): Lending {
  const supplied = pool.supplied + atoms;
  return pool.receipts.kind === 'index'
    ? { ...pool, supplied }
    : { ...pool, supplied, receipts: { kind: 'shares', total: pool.receipts.total + receipts } };
}

function perYear(perSecond: bigint): bigint {
  return perSecond * BigInt(YEAR) * 10n ** 9n;
}

/** Refuse a state that no pool can be in: more lent out than supplied, receipts or a curve that are none. Throws MarketError. */
export function check(pool: Lending): void {
  const { assets, supplied, borrowed, supplyCap, curve } = pool;
  checkPair(assets);
  checkAtLeast(borrowed, 0n, 'borrowed');
  checkAtLeast(supplied, borrowed, 'supplied');
  if (supplyCap !== undefined) checkAtLeast(supplyCap, 0n, 'supplyCap');
  checkReceipts(pool.receipts);
  checkCurve(curve);
}

function checkReceipts(receipts: Receipts): void {
  switch (receipts.kind) {
    case 'index':
      return checkAtLeast(receipts.index, 1n, 'receipts.index');
    case 'shares':
      return checkAtLeast(receipts.total, 0n, 'receipts.total');
    default:
      throw unknown('receipts.kind', receipts);
  }
}

function checkCurve(curve: Lending['curve']): void {
  switch (curve.kind) {
    case 'kinked':
      return Kinked.check(curve);
    case 'adaptive-curve':
      return AdaptiveCurve.check(curve);
    default:
      throw unknown('curve.kind', curve);
  }
}
