import { describe, expect, test } from 'vitest';
import {
  auction,
  batch,
  book,
  bridge,
  concentrated,
  everyMarket,
  gradual,
  kinked,
  lending,
  product,
  stable,
  twamm,
  valued,
  vault,
  weighted,
} from '../EveryMarket.ts';
import { ONE } from '../money/Fixed.ts';
import * as Market from './Market.ts';
import { MarketError } from './Terms.ts';

/** What cannot be, by where it stands. The types forbid some of it; whoever reads from outside may not. */
const flawed: readonly (readonly [object, object, string])[] = [
  [product, { feePpm: NaN }, 'feePpm'],
  [product, { feePpm: -500_000 }, 'feePpm'],
  [product, { feePpm: 0.5 }, 'feePpm'],
  [product, { feePpm: 1_000_000 }, 'feePpm'],
  [product, { reserves: [ONE] }, 'reserves'],
  [product, { reserves: [ONE, -1n] }, 'reserves[1]'],
  [product, { reserves: [1n << 112n, 1n] }, 'reserves[0]'],
  [product, { assets: ['A', 'A'] }, 'assets'],
  [product, { kind: 'unheard-of' }, 'kind'],
  [concentrated, { tickSpacing: 0 }, 'tickSpacing'],
  [concentrated, { tickSpacing: -1 }, 'tickSpacing'],
  [concentrated, { tickSpacing: 1e-320 }, 'tickSpacing'],
  [concentrated, { sqrtPriceX96: 0n }, 'sqrtPriceX96'],
  [concentrated, { sqrtPriceX96: -1n }, 'sqrtPriceX96'],
  [concentrated, { tick: NaN }, 'tick'],
  [concentrated, { tick: 5 }, 'tick'],
  [concentrated, { tick: 1e9 }, 'tick'],
  [concentrated, { liquidity: -1n }, 'liquidity'],
  [concentrated, { known: [NaN, 5] }, 'known'],
  [concentrated, { known: [5, -5] }, 'known'],
  [concentrated, { ticks: [{ index: NaN, liquidityNet: 1n }] }, 'ticks'],
  [concentrated, { ticks: [{ index: 15, liquidityNet: 1n }] }, 'ticks'],
  [concentrated, { ticks: [...concentrated.ticks].toReversed() }, 'ticks'],
  [concentrated, { ticks: Array.from({ length: 10_001 }, (_, at) => ({ index: 10 * at, liquidityNet: 0n })) }, 'ticks'],
  [concentrated, { ticks: [{ index: 100, liquidityNet: -6n * ONE }] }, 'ticks[0].liquidityNet'],
  [concentrated, { ticks: [{ index: -100, liquidityNet: 6n * ONE }] }, 'ticks[0].liquidityNet'],
  [concentrated, { feeGrowth: [-1n, 0n] }, 'feeGrowth'],
  [weighted, { fee: 2n * ONE }, 'fee'],
  [weighted, { weights: [0n, ONE] }, 'weights[0]'],
  [weighted, { weights: [ONE / 2n, ONE / 4n] }, 'weights'],
  [weighted, { scales: [1n] }, 'scales'],
  [stable, { fee: 2n * ONE }, 'fee'],
  [stable, { amp: 0n }, 'amp'],
  [stable, { ampPrecision: 0n }, 'ampPrecision'],
  [stable, { adminFee: -1n }, 'adminFee'],
  [stable, { rates: [0n, ONE] }, 'rates[0]'],
  [stable, { rounding: 'mine' }, 'rounding'],
  [lending, { supplied: 4n }, 'supplied'],
  [lending, { supplyCap: -1n }, 'supplyCap'],
  [lending, { receipts: { kind: 'promises' } }, 'receipts.kind'],
  [lending, { curve: { kind: 'flat' } }, 'curve.kind'],
  [lending, { curve: { ...kinked, kink: 0n } }, 'kink'],
  [lending, { curve: { kind: 'adaptive-curve', rateAtTarget: 0n, fee: 0n } }, 'rateAtTarget'],
  [auction, { at: NaN }, 'at'],
  [auction, { paid: { ...valued, decimals: -1 } }, 'paid.decimals'],
  [gradual, { supply: { kind: 'sudden' } }, 'supply.kind'],
  [gradual, { decay: 0n }, 'decay'],
  [batch, { net: 5n }, 'net'],
  [twamm, { pool: { ...product, assets: ['A', 'C'] } }, 'pool.assets'],
  [twamm, { selling: [-1n, 0n] }, 'selling[0]'],
  [vault, { offset: NaN }, 'offset'],
  [bridge, { fixedFee: [0n] }, 'fixedFee'],
  [book, { lot: 0n }, 'lot'],
];

describe('a market', () => {
  test.each(everyMarket)('of kind $kind is let pass as it is', (market) => {
    expect(() => Market.check(market)).not.toThrow();
  });

  test.each(flawed)('%o with %o is refused at %s', (market, change, path) => {
    const bad = { ...market, ...change } as Market.Market;
    expect(() => Market.check(bad)).toThrow(MarketError);
    expect(() => Market.check(bad)).toThrow(`market at ${path}: `);
  });
});

describe('what a pool is asked is not answered from terms that cannot be', () => {
  const asked = (market: object): readonly (() => unknown)[] => {
    const pool = market as Market.Market;
    return [
      () => Market.spot(pool, 'A'),
      () => Market.swap(pool, 'A', 10n ** 15n),
      () => Market.swapOut(pool, 'A', 10n ** 15n),
      () => Market.arb(pool, { A: 2, B: 1 }),
    ];
  };

  test.each([
    { ...stable, fee: 2n * ONE },
    { ...stable, amp: 0n },
    { ...weighted, fee: 2n * ONE },
    { ...weighted, weights: [0n, ONE] },
    { ...weighted, weights: [ONE, ONE] },
    { ...product, feePpm: 2_000_000 },
    { ...product, feePpm: 1_000_000 },
    { ...concentrated, tickSpacing: 0 },
    { ...concentrated, tickSpacing: -1 },
    { ...concentrated, tickSpacing: 1e-320 },
    { ...concentrated, feePpm: 1_000_000 },
  ])('%o', (market) => {
    for (const ask of asked(market)) expect(ask).toThrow(MarketError);
  });
});
