// Balancer's weighted pool: the product of its reserves, each to the power of its weight, never falls.
// Integers agree with the deployed contracts (Balancer v2, Weighted Pool v2 and later) to the wei.

import type { AssetId } from '../../money/Asset.ts';
import { approximate } from '../../money/approximate.ts';
import { divUp, max, min, mulDivDown, mulDivUp, ONE } from '../../money/Fixed.ts';
import type { Basket, MarketId, Outcome, Rate, Values } from '../Market.ts';
import { checkAssets, checkAtLeast, checkBetween, checkLength, MarketError } from '../Terms.ts';
import { powUp } from './LogExp.ts';
import { at, checkInput, placesOf } from './Pair.ts';

/** State a weighted pool of two or more assets; all lists are in the order of `assets`. */
export type Weighted = {
  readonly kind: 'weighted';
  readonly id: MarketId;
  readonly assets: readonly AssetId[];
  /** In atoms. */
  readonly reserves: readonly bigint[];
  /** D18{1}, each at least 0.01e18; they sum to 1e18. */
  readonly weights: readonly bigint[];
  /** 10^(18 − decimals): the contract calculates with 18 decimals and takes no asset with more. */
  readonly scales: readonly bigint[];
  /** Share of the input that the pool keeps, D18{1} [0, 1e18); the contract takes at most 0.1e18. */
  readonly fee: bigint;
};

/** A swap may neither put in nor take out more than this share of a reserve, D18{1}. */
const MAX_RATIO = (3n * ONE) / 10n;

/** The contract keeps reserves in 112 bits. */
const MAX_RESERVE = (1n << 112n) - 1n;

/** The least weight that the contract takes, D18{1}. */
const MIN_WEIGHT = ONE / 100n;

/** Refuse a state that no such pool can be in, weights that do not sum to one above all. Throws MarketError. */
export function check({ assets, reserves, weights, scales, fee }: Weighted): void {
  checkAssets(assets);
  for (const [path, list] of Object.entries({ reserves, weights, scales })) checkLength(list, assets.length, path);
  reserves.forEach((reserve, place) => checkAtLeast(reserve, 0n, `reserves[${place}]`));
  weights.forEach((weight, place) => checkBetween(weight, MIN_WEIGHT, ONE, `weights[${place}]`));
  scales.forEach((scale, place) => checkBetween(scale, 1n, ONE, `scales[${place}]`));
  checkBetween(fee, 0n, ONE - 1n, 'fee');
  const missing = weights.reduce((left, weight) => left - weight, ONE);
  // Each may have been rounded to its last digit.
  const most = BigInt(weights.length);
  if (missing <= most && missing >= -most) return;
  throw new MarketError('weights', `a sum of ${ONE - missing}`, `give weights that sum to ${ONE}`);
}

/** Give the exact marginal price before the fee: (B_out/w_out) / (B_in/w_in). Throws NotTraded, BuyUnnamed. */
export function spot(pool: Weighted, sell: AssetId, buy?: AssetId): Rate {
  check(pool);
  const [from, to] = placesOf(pool, sell, buy);
  return {
    bought: at(pool, pool.reserves, to) * at(pool, pool.weights, from),
    sold: at(pool, pool.reserves, from) * at(pool, pool.weights, to),
  };
}

/**
 * Swap exactly `sold` atoms, or as many as 30 % of the reserve; the output is rounded down, for the pool.
 * Formula: out = B_out·(1 − (B_in/(B_in + φ·in))^(w_in/w_out)), φ = 1 − fee (Martinelli, Mushegian, "Balancer", 2019).
 * Throws NotTraded, BuyUnnamed, BadInput.
 */
export function swap(pool: Weighted, sell: AssetId, sold: bigint, buy?: AssetId): Outcome<Weighted> {
  checkInput(pool, sold);
  check(pool);
  const [from, to] = placesOf(pool, sell, buy);
  const [x, y] = [scaled(pool, from), scaled(pool, to)];
  const taken = x <= 0n || y <= 0n ? 0n : min(sold, mostIn(pool, from));
  const fee = mulDivUp(taken, pool.fee, ONE);
  const effective = (taken - fee) * at(pool, pool.scales, from);
  const bought = effective === 0n ? 0n : amountOutDown(pool, from, to, effective) / at(pool, pool.scales, to);
  return settled(pool, from, to, taken, bought, fee);
}

/**
 * Swap for exactly `bought` atoms, or as many as 30 % of the reserve; the input is rounded up, for the pool.
 * Formula: in = B_in·((B_out/(B_out − out))^(w_out/w_in) − 1)/φ. Throws NotTraded, BuyUnnamed, BadInput.
 */
export function swapOut(pool: Weighted, sell: AssetId, bought: bigint, buy?: AssetId): Outcome<Weighted> {
  checkInput(pool, bought);
  check(pool);
  const [from, to] = placesOf(pool, sell, buy);
  const [x, y] = [scaled(pool, from), scaled(pool, to)];
  const scale = at(pool, pool.scales, to);
  const paid = x <= 0n ? 0n : min(bought, mulDivDown(y, MAX_RATIO, ONE) / scale);
  if (paid === 0n) return settled(pool, from, to, 0n, 0n, 0n);
  const base = divUp(y * ONE, y - paid * scale);
  const exponent = divUp(at(pool, pool.weights, to) * ONE, at(pool, pool.weights, from));
  const needed = divUp(mulDivUp(x, powUp(base, exponent) - ONE, ONE), at(pool, pool.scales, from));
  const taken = divUp(needed * ONE, ONE - pool.fee);
  const room = max(MAX_RESERVE - at(pool, pool.reserves, from), 0n);
  return taken > room ? swap(pool, sell, room, buy) : settled(pool, from, to, taken, paid, taken - needed);
}

/**
 * Find the basket that gains most at `values`, in floats; undefined where none gains or a value is not above zero.
 * Each reserve r_j stays inside [φ·μ·w_j/ν_j, μ·w_j/ν_j]; one bisection finds the μ that keeps the invariant
 * (Diamandis, Resnick, Chitra, Angeris, 2023). It is one trade of all assets at once; swaps of two assets, one after
 * another, leave their fees in the pool in between. It knows nothing of the 30 % that the contract takes at once.
 */
export function arb(pool: Weighted, values: Values): Basket | undefined {
  check(pool);
  const keep = 1 - approximate(pool.fee, ONE);
  const assets = pool.assets.map((asset, place) => {
    const reserve = approximate(at(pool, pool.reserves, place), 1n);
    const weight = approximate(at(pool, pool.weights, place), ONE);
    return { asset, reserve, weight, worth: Math.log((reserve * (values[asset] ?? NaN)) / weight) };
  });
  const worths = assets.map(({ worth }) => worth);
  // An empty reserve or a value that is not above zero has no logarithm to compare.
  if (!worths.every(Number.isFinite)) return undefined;
  let [low, high] = [Math.min(...worths), Math.max(...worths)];
  // In logarithms: what lies between a worth and that worth over φ is not traded.
  const gap = -Math.log(keep);
  if (!(high - low > gap)) return undefined;
  const moved = (level: number, worth: number) => Math.min(Math.max(0, level - gap - worth), level - worth);
  for (let round = 0; round < 100; round++) {
    const middle = (low + high) / 2;
    const change = assets.reduce((sum, { weight, worth }) => sum + weight * moved(middle, worth), 0);
    if (change > 0) high = middle;
    else low = middle;
  }
  const changes = assets.map(({ asset, reserve, worth }) => ({
    asset,
    atoms: reserve * Math.expm1(moved(low, worth)),
  }));
  return {
    paid: changes.flatMap(({ asset, atoms }) => (atoms > 0 ? { asset, atoms: atoms / keep } : [])),
    got: changes.flatMap(({ asset, atoms }) => (atoms < 0 ? { asset, atoms: -atoms } : [])),
  };
}

/** What leaves for an input after the fee, both scaled to 18 decimals; every step rounds for the pool. */
function amountOutDown(pool: Weighted, from: number, to: number, input: bigint): bigint {
  const x = scaled(pool, from);
  const base = divUp(x * ONE, x + input);
  const power = powUp(base, mulDivDown(at(pool, pool.weights, from), ONE, at(pool, pool.weights, to)));
  return power < ONE ? mulDivDown(scaled(pool, to), ONE - power, ONE) : 0n;
}

/** The largest input, fee included, of which no more than the permitted share of the reserve is left after the fee. */
function mostIn(pool: Weighted, place: number): bigint {
  const most = mulDivDown(scaled(pool, place), MAX_RATIO, ONE) / at(pool, pool.scales, place);
  const byRatio = divUp((most + 1n) * ONE, ONE - pool.fee) - 1n;
  return min(byRatio, max(MAX_RESERVE - at(pool, pool.reserves, place), 0n));
}

function scaled(pool: Weighted, place: number): bigint {
  return at(pool, pool.reserves, place) * at(pool, pool.scales, place);
}

function settled(
  pool: Weighted,
  from: number,
  to: number,
  sold: bigint,
  bought: bigint,
  fee: bigint,
): Outcome<Weighted> {
  const [sell, buy] = [at(pool, pool.assets, from), at(pool, pool.assets, to)];
  const reserves = pool.reserves.map((reserve, place) => {
    if (place === from) return reserve + sold;
    return place === to ? reserve - bought : reserve;
  });
  return { sell, buy, sold, bought, fee, feeIn: sell, after: { ...pool, reserves } };
}
