// What rebalancing has done and cost so far, to the atom: a fold over settled fills, the same live, replayed or simulated.

import type { AssetId } from '../money/Asset.ts';
import { valueDown, valueUp } from '../money/Amount.ts';
import type { Price, Usd } from '../money/Price.ts';

/** Hold totals over all fills booked. */
export type Ledger = {
  readonly fills: number;
  /** Value sold at the prices booked. */
  readonly turnover: Usd;
  readonly fee: Usd;
  readonly impact: Usd;
  readonly gas: Usd;
  /** Value sold less value received at the prices booked: what trading cost before gas; negative where it gained. */
  readonly shortfall: Usd;
  /** Net atoms received of each asset; negative for what was sold. */
  readonly flows: { readonly [asset: AssetId]: bigint };
};

/** Describe a settled fill, the prices it is judged by and the costs known for it. */
export type Booking = {
  readonly sell: Side;
  readonly buy: Side;
  readonly fee: Usd;
  readonly impact: Usd;
  readonly gas: Usd;
};

/** State one side of a fill: atoms that really moved, and the price they are valued at. */
export type Side = {
  readonly asset: AssetId;
  readonly atoms: bigint;
  readonly decimals: number;
  readonly price: Price;
};

/** Start with nothing done. */
export const empty: Ledger = { fills: 0, turnover: 0n, fee: 0n, impact: 0n, gas: 0n, shortfall: 0n, flows: {} };

/** Add one fill. What was sold is valued up and what was received down: the shortfall is never understated. */
export function book(ledger: Ledger, { sell, buy, fee, impact, gas }: Booking): Ledger {
  const sold = valueUp(sell.atoms, sell.decimals, sell.price);
  const received = valueDown(buy.atoms, buy.decimals, buy.price);
  // A map, since an object answers to names that it does not hold.
  const flows = new Map<AssetId, bigint>(Object.entries(ledger.flows));
  flows.set(sell.asset, (flows.get(sell.asset) ?? 0n) - sell.atoms);
  flows.set(buy.asset, (flows.get(buy.asset) ?? 0n) + buy.atoms);
  return {
    fills: ledger.fills + 1,
    turnover: ledger.turnover + sold,
    fee: ledger.fee + fee,
    impact: ledger.impact + impact,
    gas: ledger.gas + gas,
    shortfall: ledger.shortfall + sold - received,
    flows: Object.fromEntries(flows),
  };
}

/** Add gas spent on something other than a fill, such as an authorisation or a failed step. */
export function spendGas(ledger: Ledger, gas: Usd): Ledger {
  return { ...ledger, gas: ledger.gas + gas };
}

/** Sum all that rebalancing cost: the shortfall against the prices booked, and gas. */
export function cost(ledger: Ledger): Usd {
  return ledger.shortfall + ledger.gas;
}
