// Whatever state a market can be in, an offer or a sentence comes back, and what is offered can be laid out in a program.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Market } from '../../market/Market.ts';
import * as Markets from '../../market/Market.ts';
import { MarketError } from '../../market/Terms.ts';
import * as SqrtPrice from '../../market/amm/SqrtPrice.ts';
import * as Program from '../program/Program.ts';
import { offerOf } from './offerOf.ts';

const D18 = 10n ** 18n;
const RAY = 10n ** 27n;
const whole = (min: number, max: number) => fc.integer({ min, max });
/** Any power of two, or near it. */
const upTo = (bits: number) =>
  fc.tuple(whole(-1, bits), whole(-1, 1)).map(([power, more]) => {
    const value = power < 0 ? 0n : (1n << BigInt(power)) + BigInt(more);
    return value < 0n ? 0n : value;
  });
const named = { id: fc.constant('market'), assets: fc.constant(['A', 'B'] as const) };
const pair = (bits: number) => fc.tuple(upTo(bits), upTo(bits));
const ppm = fc.constantFrom(0, 1, 999_999);
const rate = fc.record({ bought: upTo(300), sold: upTo(300) });
const curve = fc.oneof(
  fc.record({
    kind: fc.constant('kinked' as const),
    base: upTo(200),
    slopeBelow: upTo(200),
    slopeAbove: upTo(200),
    kink: fc.bigInt({ min: 1n, max: RAY - 1n }),
    reserveFactor: whole(0, 10_000),
  }),
  fc.record({
    kind: fc.constant('adaptive-curve' as const),
    rateAtTarget: upTo(100),
    fee: fc.bigInt({ min: 0n, max: D18 - 1n }),
  }),
);
const level = fc.record({ ticks: upTo(200), lots: upTo(200) });

const market: fc.Arbitrary<Market> = fc.oneof(
  fc.record({ kind: fc.constant('constant-product' as const), ...named, reserves: pair(111), feePpm: ppm }),
  fc.record({
    kind: fc.constant('weighted' as const),
    ...named,
    reserves: pair(2_000),
    weights: fc.constantFrom([D18 / 2n, D18 / 2n], [D18 / 100n, (99n * D18) / 100n]),
    scales: fc.constantFrom([1n, 1n], [1n, D18]),
    fee: fc.constantFrom(0n, D18 - 1n),
  }),
  fc.record({
    kind: fc.constant('stable-swap' as const),
    ...named,
    rounding: fc.constantFrom('curve' as const, 'balancer' as const),
    reserves: pair(130),
    rates: pair(130),
    amp: upTo(100),
    ampPrecision: upTo(30),
    fee: fc.constantFrom(0n, D18 - 1n),
    adminFee: fc.constant(0n),
  }),
  fc
    .record({
      ...named,
      tick: whole(-887_272, 887_271),
      liquidity: upTo(127),
      feePpm: ppm,
      known: fc.tuple(whole(-900_000, 900_000), whole(-900_000, 900_000)),
      far: whole(1, 100_000),
    })
    .map(({ far, ...rest }) => ({
      kind: 'concentrated' as const,
      ...rest,
      sqrtPriceX96: SqrtPrice.atTick(rest.tick),
      tickSpacing: 1,
      ticks: [
        { index: rest.tick - far, liquidityNet: rest.liquidity },
        { index: rest.tick + far, liquidityNet: -rest.liquidity },
      ],
    })),
  fc.record({
    kind: fc.constant('book' as const),
    ...named,
    bids: fc.array(level, { maxLength: 1 }),
    asks: fc.array(level, { maxLength: 1 }),
    tick: rate,
    lot: upTo(300),
    feePpm: ppm,
  }),
  fc.record({
    kind: fc.constant('gradual-auction' as const),
    ...named,
    start: rate,
    decay: upTo(100),
    supply: fc.oneof(
      fc.record({ kind: fc.constant('continuous' as const), emission: upTo(200), available: upTo(200) }),
      fc.record({
        kind: fc.constant('discrete' as const),
        unit: upTo(200),
        scale: upTo(100),
        sold: whole(0, 500),
        left: whole(0, 500),
        elapsed: whole(0, 1e9),
      }),
    ),
  }),
  fc.record({ kind: fc.constant('batch' as const), ...named, reserves: pair(1_100), net: upTo(1_100) }),
  fc.record({
    kind: fc.constant('lending' as const),
    ...named,
    supplied: upTo(300),
    borrowed: upTo(300),
    supplyCap: upTo(300),
    receipts: fc.oneof(
      fc.record({ kind: fc.constant('index' as const), index: upTo(300) }),
      fc.record({ kind: fc.constant('shares' as const), total: upTo(300) }),
    ),
    curve,
  }),
  fc.record({
    kind: fc.constant('vault-4626' as const),
    ...named,
    totalAssets: upTo(256),
    totalShares: upTo(256),
    offset: whole(0, 36),
    maxDeposit: upTo(256),
    maxWithdraw: upTo(256),
    entryPpm: ppm,
    exitPpm: ppm,
  }),
  fc.record({
    kind: fc.constant('bridge' as const),
    ...named,
    parity: pair(300),
    capacity: pair(300),
    fixedFee: pair(300),
    feePpm: ppm,
    delay: fc.constant({ expected: 1, longest: 1 }),
  }),
);

test('a market that can be is offered, or a sentence says why not', () => {
  const terms = fc.record({
    fixed: fc.constantFrom(0, 1, 1e300),
    horizon: fc.constantFrom(0, 1e-9, 1, 1e6, 1e300),
    worth: fc.constant(() => 1),
  });
  fc.assert(
    fc.property(market, terms, whole(0, 36), whole(0, 36), (drawn, of, one, other) => {
      fc.pre(admitted(drawn));
      const places = new Map([
        ['A', { token: 0, decimals: one }],
        ['B', { token: 1, decimals: other }],
      ]);
      const offer = offerOf(drawn, places, of);
      const models = 'why' in offer ? [] : offer.alternatives;
      expect('why' in offer ? offer.why.length : models.length).toBeGreaterThan(0);
      for (const model of models) expect(Program.of(2, [model]).markets).toBe(1);
    }),
    { numRuns: 3_000 },
  );
});

function admitted(drawn: Market): boolean {
  try {
    Markets.check(drawn);
    return true;
  } catch (error) {
    if (error instanceof MarketError) return false;
    throw error;
  }
}
