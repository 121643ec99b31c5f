import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { valueUp } from '../money/Amount.ts';
import * as Auction from './Auction.ts';

// The contract's own test computes the same rows from the same file.
const file = new URL('../../../contracts/test/math/dutchPrice.json', import.meta.url);
const { rows } = JSON.parse(readFileSync(file, 'utf8')) as { readonly rows: readonly (readonly string[])[] };

test('the price of a fill is the contract’s, to the last digit', () => {
  expect(rows).toHaveLength(40);
  for (const row of rows) {
    const [elapsed, decay, startPremium, floorDiscount, , , sellDecimals, , buyDecimals] = row.map(Number);
    const [, , , , sold, sellPrice, , buyPrice, , factor, worth, required] = row.map(BigInt);
    const terms = { notBefore: 0, deadline: 2 ** 32, decay, startPremium, floorDiscount } as Auction.Terms;
    const market = {
      kind: 'auction',
      id: 'auction',
      assets: ['paid', 'given'],
      paid: { price: buyPrice, decimals: buyDecimals },
      given: { price: sellPrice, decimals: sellDecimals },
      sellable: 0n,
      buyable: 0n,
      terms,
      at: elapsed,
    } as Auction.Auction;
    expect(Auction.factorUp(terms, market.at)).toBe(factor);
    expect(valueUp(sold ?? -1n, market.given.decimals, market.given.price)).toBe(worth);
    expect(Auction.requiredUp(market, sold ?? -1n)).toBe(required);
  }
});
