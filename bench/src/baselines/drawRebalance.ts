// A rebalance over given pools: a portfolio of the tokens that most stands behind, off its target by as much as a few weeks make of it.

import { approximate, FixedPoint, Gas, type AssetId, type Market } from '@trimtab/core';
import { Random } from '@trimtab/lab';
import { depthOf } from '../pools/depthOf.ts';
import type { Worths } from '../pools/priceTokens.ts';
import type { Rebalance } from './Rebalance.ts';

/** Say how large a portfolio is {USD}, of how many tokens, how far off, and what deviations count for. */
export type Wish = {
  readonly worth: number;
  readonly tokens: number;
  /** Standard deviation of the logarithm by which a holding is off its target {1}. */
  readonly drift: number;
  readonly kappa: number;
  readonly native: AssetId;
};

/** A quiet day's gas {wei/gas}, and what steps use of it {gas}. */
const GAS = { price: 10n ** 9n, authorise: 200_000n, swap: 200_000n, hop: 80_000n };

/** Draw holdings and targets. */
export function drawRebalance(seed: number, markets: readonly Market[], worths: Worths, wish: Wish): Rebalance {
  const random = Random.stream(seed, 'rebalance');
  const chosen = [...worths.values()].toSorted((a, b) => b.behind - a.behind).slice(0, wish.tokens);
  const raw = chosen.map(() => -Math.log(1 - Random.uniform(random)));
  const drifted = raw.map((weight) => weight * Math.exp(wish.drift * Random.normal(random)));
  const [sum, drift] = [raw, drifted].map((list) => list.reduce((total, one) => total + one, 0));
  const positions = chosen.map(({ asset, usd }, place) => {
    // A price is stated with eighteen decimals, as a snapshot states it.
    const price = approximate(BigInt(Math.round(usd * 1e18)), FixedPoint.ONE);
    const tokens = (wish.worth * (drifted[place] ?? 0)) / (drift ?? NaN) / price;
    return { asset, held: atoms(tokens, asset.decimals), price, weight: (raw[place] ?? 0) / (sum ?? NaN) };
  });
  const gas = { ...GAS, native: BigInt(Math.round((worths.get(wish.native)?.usd ?? NaN) * 1e18)) };
  const charge = (units: bigint) => approximate(Gas.costUp(gas, units), FixedPoint.ONE);
  // A pool that holds less than an order through it costs cannot earn that; one of a token that nothing ties to the anchor leads nowhere.
  const least = charge(gas.swap + gas.hop);
  return {
    markets: new Map(markets.filter((market) => holdings(market, worths) > least).map((market) => [market.id, market])),
    positions,
    worths,
    kappa: wish.kappa,
    gas,
    charges: { plan: charge(gas.authorise), order: charge(gas.swap), hop: charge(gas.hop) },
  };
}

/** Say what a market holds of the token that it holds least of {USD}; zero where one has no price. */
function holdings(market: Market, worths: Worths): number {
  const sides = market.assets.map((asset, place) => {
    const { usd, asset: token } = worths.get(asset) ?? { usd: 0, asset: { decimals: 0 } };
    const [held] = depthOf(market, asset, market.assets[place === 0 ? 1 : 0] ?? asset);
    return (held / 10 ** token.decimals) * usd;
  });
  return Math.min(...sides);
}

/** Count atoms of a float number of tokens, to twelve digits. */
function atoms(tokens: number, decimals: number): bigint {
  const scale = Math.max(0, 11 - Math.floor(Math.log10(tokens)));
  return (BigInt(Math.round(tokens * 10 ** scale)) * FixedPoint.pow10(decimals)) / FixedPoint.pow10(scale);
}
