// The lots of a whole portfolio. A swap is a sale and a purchase of the same value at once, so that profit is realised by
// every rebalance, also where no dollar comes in. What is owed has no lots: a portfolio that borrows has to keep the cost
// of its debt elsewhere, and selling what was borrowed is refused rather than taken for a sale of what is owned.

import type { AssetId } from '../money/Asset.ts';
import { valueDown } from '../money/Amount.ts';
import type { Price, Usd } from '../money/Price.ts';
import type { Time } from '../money/Time.ts';
import type { Booking, Side } from './Ledger.ts';
import * as Lots from './Lots.ts';

/** Hold the lots of each asset that was ever held; all go by one method. There are none of a debt. */
export type Books = { readonly method: Lots.Method; readonly assets: { readonly [asset: AssetId]: Lots.Lots } };

/** State what an asset is worth now. */
export type Quotation = { readonly asset: AssetId; readonly decimals: number; readonly price: Price };

/** Start with nothing held. */
export function empty(method: Lots.Method): Books {
  return { method, assets: {} };
}

/** Take in what its owner brings, at its market value rounded down: its basis is never more than it is worth. Throws LotsError. */
export function deposit(books: Books, side: Side, at: Time): Books {
  return bought(books, side, { cost: worth(side), fee: 0n, at });
}

/** Give out what its owner takes, at its market value rounded down: no more is realised than it is worth. Throws LotsError. */
export function withdraw(books: Books, side: Side, at: Time): Books {
  return sold(books, side, { proceeds: worth(side), fee: 0n, at });
}

/**
 * Book a swap at the value of what was received, rounded down: that is what was realised, and what the new lot cost. Gas
 * goes into the new lot's basis; fee and impact are in what was received already. Throws LotsError, also on a sale of
 * more than is held, such as of what was borrowed.
 */
export function trade(books: Books, { sell, buy, gas }: Booking, at: Time): Books {
  const value = worth(buy);
  return bought(sold(books, sell, { proceeds: value, fee: 0n, at }), buy, { cost: value, fee: gas, at });
}

/** Give the lots of an asset; none where it was never held. */
export function lotsOf({ method, assets }: Books, asset: AssetId): Lots.Lots {
  return (Object.hasOwn(assets, asset) ? assets[asset] : undefined) ?? Lots.empty(method);
}

/** Add up what all sales have realised. D18{USD}. */
export function realised({ assets }: Books): Usd {
  return Object.values(assets).reduce((total, lots) => total + lots.realised, 0n);
}

/** Add up the profit not yet taken, each asset's value rounded down. D18{USD}. Every asset that is held has a quotation. */
export function unrealised(books: Books, now: readonly Quotation[]): Usd {
  const quotations = new Map(now.map((one) => [one.asset, one]));
  return Object.entries(books.assets).reduce((total, [asset, lots]) => {
    if (lots.lots.length === 0) return total;
    const quotation = quotations.get(asset);
    if (quotation === undefined)
      throw new Lots.LotsError(asset, 'no price', 'give a price of every asset that is held');
    return total + Lots.unrealised(lots, quotation.decimals, quotation.price);
  }, 0n);
}

function bought(books: Books, { asset, atoms }: Side, paid: Omit<Lots.Purchase, 'atoms'>): Books {
  if (atoms === 0n) return books;
  return { ...books, assets: { ...books.assets, [asset]: Lots.buy(lotsOf(books, asset), { atoms, ...paid }) } };
}

function sold(books: Books, { asset, atoms }: Side, got: Omit<Lots.Sale, 'atoms'>): Books {
  const { lots } = Lots.sell(lotsOf(books, asset), { atoms, ...got });
  return { ...books, assets: { ...books.assets, [asset]: lots } };
}

function worth({ atoms, decimals, price }: Side): Usd {
  return valueDown(atoms, decimals, price);
}
