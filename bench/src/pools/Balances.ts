// Pools that are their balances and a curve, as recorded: Uniswap v2 and its kin, Balancer's vault, Curve.

import { FixedPoint } from '@trimtab/core';
import type { AssetId, ConstantProduct, StableSwap, Weighted } from '@trimtab/core';
import { assetAt, count, has, list, pairOf, PoolDataError, record, text, whole, wholeOf, wholes } from './Fields.ts';
import type { Fields } from './Fields.ts';
import * as Reading from './Reading.ts';

/** What Uniswap v2's contract charges, unchangeably {ppm}. */
const UNISWAP_V2 = 3_000;
/** Curve states its fees with ten decimals. */
const CURVE_DECIMALS = 10n ** 8n;
/** Balancer scales its amplification. */
const BALANCER_PRECISION = 1_000n;

/** Read a constant product. */
export function product(state: Fields, chain: number, id: string, family: string): ConstantProduct | string {
  if (!has(state, 'token0')) return 'tokens not named';
  const assets = pairOf(state, chain, ['token0', 'token1']);
  const feePpm = family === 'uniswap_v2' ? UNISWAP_V2 : feeOf(state);
  const reserve = (place: 0 | 1) => wholeOf(state, [`reserve${place}`, `reserves_token${place}`]);
  return { kind: 'constant-product', id, assets, reserves: [reserve(0), reserve(1)], feePpm };
}

/** Recorders wrote what is kept, what is charged, or what is charged on one side {ppm}. */
function feeOf(state: Fields): number {
  const whole = count(state, has(state, 'fee_denom') ? 'fee_denom' : 'fee_denominator');
  const charged = has(state, 'fee_gamma')
    ? whole - count(state, 'fee_gamma')
    : Number(wholeOf(state, ['fee_numer', 'fee_token0']));
  return (charged * 1_000_000) / whole;
}

/** Read a pool of Balancer's vault: weighted, or stable. A stable pool's own share among its tokens is not traded. */
export function vaulted(
  state: Fields,
  chain: number,
  id: string,
  tokens: Reading.Tokens,
): Weighted | StableSwap | string {
  const [assets, reserves, fee] = [assetsOf(state, chain), wholes(state, 'balances'), share(text(state, 'fee'))];
  if (has(state, 'weights')) {
    const scales = assets.map((asset) => 10n ** BigInt(18 - Reading.describe(tokens, asset).decimals));
    return { kind: 'weighted', id, assets, reserves, weights: wholes(state, 'weights'), scales, fee };
  }
  const own = has(state, 'bpt_idx') ? count(state, 'bpt_idx') : -1;
  const traded = <Value>(values: readonly Value[]) => values.filter((_, place) => place !== own);
  return {
    kind: 'stable-swap',
    id,
    rounding: 'balancer',
    assets: traded(assets),
    reserves: traded(reserves),
    rates: traded(wholes(state, 'resolved_scaling_factors')),
    amp: whole(state, 'amp'),
    ampPrecision: BALANCER_PRECISION,
    fee,
    adminFee: 0n,
  };
}

/** Read a pool of Curve's stable curve. */
export function curve(state: Fields, chain: number, id: string, tokens: Reading.Tokens): StableSwap | string {
  if (has(state, 'gamma')) return "a curve that no market kind has (Curve's for volatile coins)";
  const assets = assetsOf(state, chain);
  const unit = assets.map((asset) => 10n ** BigInt(36 - Reading.describe(tokens, asset).decimals));
  // A pool against another pool's shares counts them at what they can be turned into, and this one its coin at what redeems it.
  const rates = has(state, 'redemption_price')
    ? [whole(state, 'redemption_price'), whole(state, 'base_virtual_price')]
    : unit;
  return {
    kind: 'stable-swap',
    id,
    rounding: 'curve',
    assets,
    reserves: wholes(state, 'balances'),
    rates,
    amp: whole(state, 'future_a'),
    ampPrecision: whole(state, 'future_a') / whole(state, 'a_coefficient'),
    fee: whole(state, 'fee') * CURVE_DECIMALS,
    adminFee: whole(state, 'admin_fee') * CURVE_DECIMALS,
  };
}

function assetsOf(state: Fields, chain: number): readonly AssetId[] {
  return list(state, 'tokens').map((token) => assetAt(chain, record(token, 'token')['address']));
}

/** Read a fraction such as 3/10000 into D18. Throws PoolDataError. */
function share(written: string): bigint {
  const [part, of] = written.split('/');
  const fields = { part, of: of ?? '1' };
  if (whole(fields, 'of') <= 0n) throw new PoolDataError('fee', written, 'give a fraction');
  return (whole(fields, 'part') * FixedPoint.ONE) / whole(fields, 'of');
}
