// Curve's pool for assets of nearly equal worth: between a sum and a product, as flat as its amplification says.
// Integers agree with the deployed contracts to the wei, in either of two dialects that round at different places:
// Curve's (Vyper template, fee on the way out) and Balancer's (Composable Stable Pool, fee on the way in).

import type { AssetId } from '../../money/Asset.ts';
import { approximate } from '../../money/approximate.ts';
import { divUp, max, min, mulDivDown, mulDivUp, ONE } from '../../money/Fixed.ts';
import type { Basket, MarketId, Outcome, Rate, Values } from '../Market.ts';
import { checkAssets, checkAtLeast, checkBetween, checkLength, MarketError } from '../Terms.ts';
import { at, checkInput, placesOf } from './Pair.ts';
import * as StableCurve from './StableCurve.ts';
import * as StableResponse from './StableResponse.ts';

/** State a stable pool of two or more assets; all lists are in the order of `assets`. */
export type StableSwap = {
  readonly kind: 'stable-swap';
  readonly id: MarketId;
  /** Whose contract it is, as the two round at different places and charge on different sides. */
  readonly rounding: 'curve' | 'balancer';
  readonly assets: readonly AssetId[];
  /** In atoms. */
  readonly reserves: readonly bigint[];
  /** D18{unit/atom}: 10^(36 − decimals), times the asset's own rate where it grows in worth. */
  readonly rates: readonly bigint[];
  /** The contract's own A, which is the paper's A·n^(n−1), times `ampPrecision`. */
  readonly amp: bigint;
  /** What the contract scales its A by: 1 or 100 for Curve, 1000 for Balancer. */
  readonly ampPrecision: bigint;
  /** Share that the pool keeps, D18{1} [0, 1e18): of the output in Curve's, of the input in Balancer's. */
  readonly fee: bigint;
  /** Share of the fee that leaves a Curve pool's reserves at once, D18{1} [0, 1e18]. */
  readonly adminFee: bigint;
};

/** Reserves and inputs in scaled units stay below this, so that the contract's 256-bit products do not overflow. */
const MAX_SCALED = (1n << 112n) - 1n;

/** Refuse a state that no such pool can be in. Throws MarketError. */
export function check({ assets, reserves, rates, amp, ampPrecision, fee, adminFee, rounding }: StableSwap): void {
  checkAssets(assets);
  checkLength(reserves, assets.length, 'reserves');
  checkLength(rates, assets.length, 'rates');
  reserves.forEach((reserve, place) => checkAtLeast(reserve, 0n, `reserves[${place}]`));
  rates.forEach((rate, place) => checkAtLeast(rate, 1n, `rates[${place}]`));
  checkAtLeast(amp, 1n, 'amp');
  checkAtLeast(ampPrecision, 1n, 'ampPrecision');
  checkBetween(fee, 0n, ONE - 1n, 'fee');
  checkBetween(adminFee, 0n, ONE, 'adminFee');
  if (rounding === 'curve' || rounding === 'balancer') return;
  throw new MarketError('rounding', String(rounding), 'give curve or balancer');
}

/** Give the marginal price before the fee, exact for the integer invariant. Throws NotTraded, BuyUnnamed, StableSwapError. */
export function spot(pool: StableSwap, sell: AssetId, buy?: AssetId): Rate {
  check(pool);
  const [from, to] = placesOf(pool, sell, buy);
  const balances = scaledAll(pool);
  // A pool that lacks an asset has no price.
  if (balances.some((balance) => balance <= 0n)) return { bought: 0n, sold: 0n };
  const invariant = StableCurve.invariant(pool, balances);
  const product = StableCurve.productTerm(balances, invariant);
  const slope = (place: number) => StableCurve.total(pool) * at(pool, balances, place) + pool.ampPrecision * product;
  return {
    bought: at(pool, pool.rates, from) * slope(from) * at(pool, balances, to),
    sold: at(pool, pool.rates, to) * slope(to) * at(pool, balances, from),
  };
}

/**
 * Swap exactly `sold` atoms, or as many as the contract's arithmetic has room for; the output is rounded down.
 * A swap too small to move the invariant takes nothing: the contract refuses it.
 * Formula: the root y of Ann·S + D = Ann·D + D^(n+1)/(n^n·Πx), by the contract's integer Newton steps (Egorov,
 * "StableSwap", 2019). Throws NotTraded, BuyUnnamed, BadInput, StableSwapError.
 */
export function swap(pool: StableSwap, sell: AssetId, sold: bigint, buy?: AssetId): Outcome<StableSwap> {
  checkInput(pool, sold);
  check(pool);
  const [from, to] = placesOf(pool, sell, buy);
  const balances = scaledAll(pool);
  const taken = balances.some((balance) => balance <= 0n) ? 0n : min(sold, room(pool, from));
  if (taken === 0n) return untouched(pool, from, to);
  const charged = pool.rounding === 'balancer' ? mulDivUp(taken, pool.fee, ONE) : 0n;
  const input = mulDivDown(taken - charged, at(pool, pool.rates, from), ONE);
  const rest = StableCurve.restOf(pool, balances, from, input, to);
  const output = at(pool, balances, to) - rest - 1n;
  if (output < 0n) return untouched(pool, from, to);
  return pool.rounding === 'balancer'
    ? settled(pool, from, to, { sold: taken, bought: atomsDown(pool, to, output), fee: charged, leaves: 0n })
    : settled(pool, from, to, { sold: taken, ...chargeOutput(pool, to, output) });
}

/**
 * Swap for at least `bought` atoms, or as many as the pool can pay, which `bought` then says: by the contract's own
 * rounding in Balancer's dialect, and for the least input that suffices in Curve's, whose contract offers no exact
 * output. Throws NotTraded, BuyUnnamed, BadInput, StableSwapError.
 */
export function swapOut(pool: StableSwap, sell: AssetId, bought: bigint, buy?: AssetId): Outcome<StableSwap> {
  checkInput(pool, bought);
  check(pool);
  const [from, to] = placesOf(pool, sell, buy);
  const balances = scaledAll(pool);
  if (bought === 0n || balances.some((balance) => balance <= 0n)) return untouched(pool, from, to);
  if (pool.rounding === 'curve') return leastInput(pool, sell, bought, at(pool, pool.assets, to));
  const wanted = mulDivDown(bought, at(pool, pool.rates, to), ONE);
  if (wanted >= at(pool, balances, to)) return swap(pool, sell, room(pool, from), buy);
  const grown = StableCurve.restOf(pool, balances, to, -wanted, from);
  const input = max(grown - at(pool, balances, from) + 1n, 0n);
  const needed = divUp(input * ONE, at(pool, pool.rates, from));
  const taken = divUp(needed * ONE, ONE - pool.fee);
  return taken > room(pool, from)
    ? swap(pool, sell, room(pool, from), buy)
    : settled(pool, from, to, { sold: taken, bought, fee: taken - needed, leaves: 0n });
}

/**
 * Find the basket that gains most at `values`, in floats; undefined where none gains or a value is not above zero. It is
 * one trade of all assets at once; swaps of two assets, one after another, leave their fees in the pool in between.
 */
export function arb(pool: StableSwap, values: Values): Basket | undefined {
  check(pool);
  const balances = scaledAll(pool);
  if (balances.some((balance) => balance <= 0n)) return undefined;
  const product = StableCurve.productTerm(balances, StableCurve.invariant(pool, balances));
  const keep = 1 - approximate(pool.fee, ONE);
  const rates = pool.rates.map((rate) => approximate(rate, ONE));
  const moves = StableResponse.respond({
    balances: balances.map((balance) => approximate(balance, 1n)),
    values: pool.assets.map((asset, place) => (values[asset] ?? NaN) / at(pool, rates, place)),
    total: approximate(StableCurve.total(pool), pool.ampPrecision),
    product: approximate(product, 1n),
    keep,
  });
  if (moves === undefined) return undefined;
  const changes = moves.map((move, place) => ({
    asset: at(pool, pool.assets, place),
    atoms: move / at(pool, rates, place),
  }));
  const [paidShare, gotShare] = pool.rounding === 'balancer' ? [1 / keep, 1] : [1, keep];
  return {
    paid: changes.flatMap(({ asset, atoms }) => (atoms > 0 ? { asset, atoms: atoms * paidShare } : [])),
    got: changes.flatMap(({ asset, atoms }) => (atoms < 0 ? { asset, atoms: -atoms * gotShare } : [])),
  };
}

/** Say what reserves are in the units that the invariant counts in, rounded down as the contracts do. */
export function scaledAll(pool: StableSwap): readonly bigint[] {
  return pool.reserves.map((reserve, place) => mulDivDown(reserve, at(pool, pool.rates, place), ONE));
}

/** Search for the least input whose output is at least what is wanted, from the spot price upwards. */
function leastInput(pool: StableSwap, sell: AssetId, wanted: bigint, buy: AssetId): Outcome<StableSwap> {
  const most = room(pool, pool.assets.indexOf(sell));
  const rate = spot(pool, sell, buy);
  const brings = (sold: bigint) => swap(pool, sell, sold, buy).bought >= wanted;
  let [low, high] = [0n, min(divUp(wanted * rate.sold, rate.bought), most)];
  while (high < most && !brings(high)) [low, high] = [high, min(2n * high, most)];
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (brings(middle)) high = middle;
    else low = middle;
  }
  return swap(pool, sell, high, buy);
}

/** Take Curve's fee from an output in scaled units; what the administrator is due leaves the reserves with it. */
function chargeOutput(pool: StableSwap, to: number, output: bigint): Moved {
  const charged = mulDivDown(output, pool.fee, ONE);
  const bought = atomsDown(pool, to, output - charged);
  const leaves = atomsDown(pool, to, mulDivDown(charged, pool.adminFee, ONE));
  // What rounding keeps back is fee too.
  return { bought, fee: divUp(output * ONE, at(pool, pool.rates, to)) - bought, leaves };
}

function atomsDown(pool: StableSwap, place: number, scaled: bigint): bigint {
  return mulDivDown(scaled, ONE, at(pool, pool.rates, place));
}

/** How many atoms of an asset still fit. */
function room(pool: StableSwap, place: number): bigint {
  const held = at(pool, pool.reserves, place);
  const scaled = ((MAX_SCALED + 1n) * ONE - 1n) / at(pool, pool.rates, place);
  return max(min(scaled, MAX_SCALED) - held, 0n);
}

type Moved = { readonly bought: bigint; readonly fee: bigint; readonly leaves: bigint };

function untouched(pool: StableSwap, from: number, to: number): Outcome<StableSwap> {
  return settled(pool, from, to, { sold: 0n, bought: 0n, fee: 0n, leaves: 0n });
}

function settled(
  pool: StableSwap,
  from: number,
  to: number,
  { sold, bought, fee, leaves }: Moved & { readonly sold: bigint },
): Outcome<StableSwap> {
  const [sell, buy] = [at(pool, pool.assets, from), at(pool, pool.assets, to)];
  const reserves = pool.reserves.map((reserve, place) => {
    if (place === from) return reserve + sold;
    return place === to ? reserve - bought - leaves : reserve;
  });
  const feeIn = pool.rounding === 'balancer' ? sell : buy;
  return { sell, buy, sold, bought, fee, feeIn, after: { ...pool, reserves } };
}
