import { describe, expect, test } from 'vitest';
import type { Bridge } from '../../market/Bridge.ts';
import type { ConstantProduct } from '../../market/amm/ConstantProduct.ts';
import type * as Market from '../../market/Market.ts';
import { MarketError } from '../../market/Terms.ts';
import { NetworkError } from '../network/Network.ts';
import type { Terms } from './Offer.ts';
import { offerOf } from './offerOf.ts';
import { quoteModel } from './quoteModel.ts';

const D18 = 10n ** 18n;
const RAY = 10n ** 27n;
const assets = ['A', 'B'] as const;
const places = new Map([
  ['A', { token: 3, decimals: 6 }],
  ['B', { token: 1, decimals: 18 }],
  ['C', { token: 0, decimals: 18 }],
]);
const terms: Terms = { fixed: 2, horizon: 0, worth: (asset) => (asset === 'A' ? 5 : 0.5) };
const product: ConstantProduct = {
  kind: 'constant-product',
  id: 'pool',
  assets,
  reserves: [10n ** 12n, D18],
  feePpm: 3_000,
};
const weighted: Market.Market = {
  kind: 'weighted',
  id: 'weighted',
  assets: ['A', 'B', 'C'],
  reserves: [10n ** 12n, 10n ** 24n, 10n ** 24n],
  weights: [D18 / 2n, D18 / 4n, D18 / 4n],
  scales: [10n ** 12n, 1n, 1n],
  fee: 10n ** 15n,
};
const bridge: Bridge = {
  kind: 'bridge',
  id: 'bridge',
  assets,
  parity: [1n, 10n ** 12n],
  capacity: [10n ** 9n, 10n ** 21n],
  fixedFee: [3n * 10n ** 6n, 10n * D18],
  feePpm: 500_000,
  delay: { expected: 60, longest: 600 },
};
const why = (market: Market.Market, of = terms) => {
  const offer = offerOf(market, places, of);
  return 'why' in offer ? offer.why : 'an offer';
};
const modelOf = (market: Market.Market) => {
  const offer = offerOf(market, places, terms);
  if (!('alternatives' in offer) || offer.alternatives[0] === undefined) throw new Error('an offer was expected');
  return offer.alternatives[0];
};

describe('an offer', () => {
  test('counts whole tokens under the numbers that the plan gives them, and what its use costs', () => {
    expect(offerOf(product, places, terms)).toEqual({
      alternatives: [{ kind: 'constant-product', tokens: [3, 1], reserves: [1e6, 1], fee: 0.003 }],
      fixed: 2,
    });
  });

  test('of a pool of three coins quotes each pair of them', () => {
    const model = modelOf(weighted);
    expect(quoteModel(model, 1, 0, 1_000).bought).toBeCloseTo(1e6 * (1 - 1e6 / (1e6 + 999)), 6);
    expect(quoteModel(model, 3, 0, 1_000).bought).toBeCloseTo(1e6 * (1 - (1e6 / (1e6 + 999)) ** 2), 6);
  });

  test('of a bridge adds what has to be sent before anything arrives, at the dearer end', () => {
    // 10 B sent at half a fee of half each cost 20 B of 0.5; 3 A cost 6 A of 5.
    expect(offerOf(bridge, places, terms)).toMatchObject({ fixed: 32 });
    expect(why(bridge, { ...terms, worth: () => NaN })).toContain('whose worth is not known');
  });
});

describe('a market that cannot be part of a plan', () => {
  test('is said, with the reason', () => {
    expect(why({ ...product, assets: ['A', 'Z'] })).toBe('pool trades Z, which the plan has no place for');
    expect(why({ ...product, reserves: [0n, 1n] })).toBe('pool lacks one of its assets');
    expect(why({ ...product, reserves: [1n << 111n, 1n] })).toContain('nearly all that its contract can count');
    expect(why({ ...weighted, reserves: [10n ** 400n, 1n, 1n] })).toContain('nearly all');
    expect(why({ ...bridge, capacity: [0n, 0n] })).toBe('bridge has nothing left to trade');
    const ranges = { kind: 'concentrated', id: 'ranges', assets, liquidity: 0n, feePpm: 500, tickSpacing: 1 } as const;
    const still = { ...ranges, sqrtPriceX96: 1n << 96n, tick: 0, ticks: [], known: [-10, 10] as const };
    expect(why(still)).toContain('no liquidity in the range that was read');
    const book = { kind: 'book', id: 'book', assets, tick: { bought: 1n, sold: 1n }, lot: 1n, feePpm: 0 } as const;
    expect(why({ ...book, bids: [], asks: [] })).toBe('book has nothing left to trade');
  });

  test('is said of auctions that are over, sold out, or too cheap for digits', () => {
    const valued = { price: D18, decimals: 6 };
    const falling = { notBefore: 100, deadline: 200, decay: 50, startPremium: 100, floorDiscount: 100 };
    const auction = { kind: 'auction', id: 'auction', assets, paid: valued, given: valued, terms: falling } as const;
    expect(why({ ...auction, sellable: 1n, buyable: 1n, at: 99 })).toContain('not open');
    expect(why({ ...auction, sellable: 1n, buyable: 1n, at: 201 })).toContain('not open');
    expect(why({ ...auction, sellable: 0n, buyable: 1n, at: 150 })).toContain('nothing left');
    const gradual = {
      kind: 'gradual-auction',
      id: 'gradual',
      assets,
      start: { bought: 1n, sold: 1n },
      decay: D18,
    } as const;
    const stream = { kind: 'continuous', emission: 1n } as const;
    expect(why({ ...gradual, supply: { ...stream, available: 0n } })).toContain('emitted nothing');
    expect(why({ ...gradual, supply: { ...stream, available: 500n } })).toContain('e^500-fold');
    const units = { kind: 'discrete', unit: 1n, scale: 2n * D18, sold: 0, left: 3, elapsed: 500 } as const;
    expect(why({ ...gradual, supply: units })).toContain('e^500-fold');
    expect(why({ ...gradual, supply: { ...units, left: 0, elapsed: 0 } })).toContain('nothing left');
  });

  test('is said of loans without room and cash', () => {
    const curve = {
      kind: 'kinked',
      base: 0n,
      slopeBelow: 1n,
      slopeAbove: 1n,
      kink: RAY / 2n,
      reserveFactor: 0,
    } as const;
    const receipts = { kind: 'index', index: RAY } as const;
    const loan = {
      kind: 'lending',
      id: 'loan',
      assets,
      supplied: 5n,
      borrowed: 5n,
      supplyCap: 5n,
      receipts,
      curve,
    } as const;
    expect(why(loan)).toBe('loan has neither room for a deposit nor cash to withdraw');
    expect(why({ ...loan, borrowed: 0n })).toBe('an offer');
  });
});

describe('what is no market, no terms or no question', () => {
  test('is refused', () => {
    expect(() => offerOf({ ...product, feePpm: -1 }, places, terms)).toThrow(MarketError);
    expect(() => offerOf(product, places, { ...terms, fixed: -1 })).toThrow('terms.fixed');
    expect(() => offerOf(product, places, { ...terms, horizon: NaN })).toThrow('terms.horizon');
    expect(() => quoteModel(modelOf(product), 3, 0, 1)).toThrow(NetworkError);
    expect(() => quoteModel(modelOf(product), 3, 3, 1)).toThrow(NetworkError);
    expect(() => quoteModel(modelOf(product), 3, 1, -1)).toThrow('amount');
    expect(() => quoteModel(modelOf(product), 3, 1, NaN)).toThrow('amount');
  });
});
