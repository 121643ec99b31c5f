import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { valueDown } from '../../money/Amount.ts';
import * as Bps from '../../money/Bps.ts';
import { ONE } from '../../money/Fixed.ts';
import * as SqrtPrice from '../../market/amm/SqrtPrice.ts';
import type { Pool } from '../../market/Market.ts';
import * as Market from '../../market/Market.ts';
import type { Position } from '../../portfolio/Portfolio.ts';
import type { Outlook } from '../../portfolio/Outlook.ts';
import * as Sample from '../../Sample.ts';
import * as Lane from '../Lane.ts';
import * as Mesh from '../Mesh.ts';
import { type Exposed, protect } from './protect.ts';
import * as Way from './Way.ts';

const real = (min: number, max: number) =>
  fc.integer({ min: 0, max: 1_000_000 }).map((step) => min * (max / min) ** (step / 1_000_000));

const position = (id: string): Position => ({
  asset: { id, symbol: id.toUpperCase(), decimals: 18 },
  held: 0n,
  arriving: 0n,
  staked: 0n,
  price: ONE,
  value: 0n,
});
const [sell, buy] = [position('in'), position('out')];

const fee = fc.constantFrom(500, 3_000, 10_000);
const product = fc.tuple(real(1e5, 1e8), fee).map(([depth, feePpm]): Pool => {
  const reserve = BigInt(Math.round(depth)) * ONE;
  return { kind: 'constant-product', id: 'pool', assets: ['in', 'out'], reserves: [reserve, reserve], feePpm };
});

/** A price of one, and thick liquidity about it that a large swap leaves for thin. */
const concentrated = fc.tuple(real(1e5, 1e8), real(0.01, 1), fee).map(([depth, thin, feePpm]): Pool => {
  const [thick, rest] = [depth, depth * thin].map((one) => BigInt(Math.round(one)) * ONE) as [bigint, bigint];
  return {
    kind: 'concentrated',
    id: 'pool',
    assets: ['in', 'out'],
    sqrtPriceX96: SqrtPrice.atTick(0),
    tick: 0,
    liquidity: thick + rest,
    feePpm,
    tickSpacing: 60,
    ticks: [
      { index: -24_000, liquidityNet: rest },
      { index: -240, liquidityNet: thick },
      { index: 240, liquidityNet: -thick },
      { index: 24_000, liquidityNet: -rest },
    ],
    known: [-24_000, 24_000],
  };
});
const pool = fc.oneof(product, concentrated);

const terms = fc.record({
  share: real(1e-4, 0.2),
  slippage: fc.integer({ min: 0, max: 500 }),
  lifetime: fc.integer({ min: 1, max: 1_200 }),
  price: real(1e8, 1e12).map((wei) => BigInt(Math.round(wei))),
  volatility: fc.option(real(0.01, 2), { nil: undefined }),
});

function outlookOf(volatility: number | undefined): Pick<Exposed, 'outlook'> {
  if (volatility === undefined) return {};
  const outlook: Outlook = {
    at: 0,
    assets: ['in', 'out'],
    covariance: [
      [volatility ** 2, 0],
      [0, 0],
    ],
  };
  return { outlook };
}

function depth(market: Pool): bigint {
  return market.kind === 'constant-product' ? market.reserves[0] : market.liquidity;
}

type Terms = typeof terms extends fc.Arbitrary<infer T> ? T : never;

function exposed(market: Pool, { share, slippage, lifetime, price, volatility }: Terms): Exposed {
  // No more than the pool takes: a lane is routed so.
  const { sold } = Market.swap(market, 'in', (depth(market) * BigInt(Math.round(share * 1e9))) / 1_000_000_000n);
  return {
    lanes: [{ path: [{ market, buy: 'out' }], quote: { sold } }],
    sell,
    buy,
    gas: { ...Sample.snapshot().gas, price },
    trading: { slippage, lifetime },
    ...outlookOf(volatility),
  };
}

/** What an attacker pays: two transactions, and a bare trade in each. */
const attackGas = ({ gas }: Exposed) => 2n * (21_000n + gas.hop) * gas.price * (gas.native / ONE);

describe('a protected swap', () => {
  test('leaves no front-run on a grid more than its gas, or says what it leaves', () => {
    fc.assert(
      fc.property(pool, terms, (market, how) => {
        const swap = exposed(market, how);
        const { slices, tolerance, attacker, loss } = protect(swap);
        for (const size of new Set(slices)) {
          const floor = Bps.shareUp(Market.swap(market, 'in', size).bought, Bps.ONE - tolerance);
          for (let step = 0; step < 120; step++) {
            const front = (depth(market) * BigInt(Math.round(1.2 ** (step - 119) * 1e12))) / 10n ** 12n;
            const opened = Market.swap(market, 'in', front);
            const victim = Market.swap(opened.after, 'in', size);
            if (victim.bought < floor || victim.sold < size) break;
            const gain = Market.swap(victim.after, 'out', opened.bought).bought - opened.sold;
            // What is called safe is safe; what is not is stated to within a hundredth.
            expect(valueDown(gain, 18, ONE) - attackGas(swap)).toBeLessThanOrEqual(attacker + attacker / 100n);
          }
        }
        expect(loss > 0n).toBe(attacker > 0n);
      }),
      { numRuns: 200 },
    );
  });

  test('is cut into slices that add up, no more than the blocks that there are, at no more than the owner allows', () => {
    fc.assert(
      fc.property(pool, terms, (market, how) => {
        const swap = exposed(market, how);
        const { slices, tolerance } = protect(swap);
        expect(slices.reduce((sum, one) => sum + one, 0n)).toBe(swap.lanes[0]?.quote.sold);
        expect(slices.length).toBeLessThanOrEqual(Math.max(1, Math.floor(how.lifetime / 12) - 1));
        expect(tolerance).toBeLessThanOrEqual(how.slippage);
        expect(Number.isInteger(tolerance)).toBe(true);
        const until = Math.min(how.lifetime, 12 * (slices.length + 1));
        const moves = 20_000 * (how.volatility ?? Infinity) * Math.sqrt(until / (365 * 86_400));
        expect(tolerance).toBeGreaterThanOrEqual(Math.min(how.slippage, Math.floor(moves)));
      }),
    );
  });

  test('keeps the slippage and one piece below the size that the fee protects', () => {
    fc.assert(
      fc.property(product, terms, (market, how) => {
        const swap = exposed(market, { ...how, share: (market.feePpm / 1e6) * 0.99 });
        const { slices, tolerance, attacker, loss } = protect(swap);
        expect([slices.length, tolerance, attacker, loss]).toEqual([1, how.slippage, 0n, 0n]);
      }),
    );
  });

  test('stands a wider tolerance or fewer slices only where that would pay an attacker', () => {
    fc.assert(
      fc.property(pool, terms, (market, how) => {
        const swap = exposed(market, how);
        const { slices, tolerance, attacker } = protect(swap);
        if (attacker > 0n || tolerance === how.slippage) return;
        const wider = protect({
          ...exposed(market, { ...how, volatility: undefined, lifetime: 1 }),
          trading: { slippage: tolerance + 1, lifetime: 1 },
          lanes: [{ path: [{ market, buy: 'out' }], quote: { sold: slices.at(-1) ?? 0n } }],
        });
        expect(wider.attacker).toBeGreaterThan(0n);
      }),
    );
  });
});

describe('protection', () => {
  const snapshot = Sample.snapshot();
  const mesh = Mesh.of(snapshot.markets);
  const via = (id: string) => Mesh.pathOf(mesh, { markets: [id], through: [] }, 'weth', 'usdc') ?? [];
  const lanesOf = (atoms: bigint) => [
    { path: via('concentrated:weth/usdc'), sold: atoms - atoms / 3n },
    { path: via('product:weth/usdc'), sold: atoms / 3n },
  ];
  const [weth, usdc] = ['weth', 'usdc'].map((id) => {
    const asset = snapshot.assets.find((one) => one.id === id);
    const price = snapshot.prices.find((one) => one.asset === id)?.price;
    if (asset === undefined || price === undefined) throw new RangeError(id);
    return { ...position(id), asset, price };
  }) as [Position, Position];
  const swapOf = (tokens: bigint, slippage: number): Exposed => ({
    lanes: Lane.send(mesh, 'weth', lanesOf(tokens * ONE)).lanes,
    sell: weth,
    buy: usdc,
    gas: snapshot.gas,
    trading: { slippage, lifetime: 120 },
  });
  const calm: Outlook = {
    at: 0,
    assets: ['weth', 'usdc'],
    covariance: [
      [0.01, 0],
      [0, 0],
    ],
  };

  test('takes lanes as they are routed, and says in a sentence what it found', () => {
    const small = protect(swapOf(1n, 1));
    expect(small.slices).toEqual([ONE]);
    expect(small.why).toMatch(
      /^in one piece, at a slippage of 0\.01 %, an attack gains at most \$0\.\d\d, not the \$0\.40 of its gas$/,
    );
    const large = protect(swapOf(1_000n, 50));
    expect(large.why).toMatch(/^in .* an attacker may earn .* and cost us .*: send it privately, or by auction$/);
    expect(large.loss).toBeGreaterThan(0n);
  });

  test('tightens the slippage rather than slicing where the price is still', () => {
    const swap = { ...swapOf(8n, 50), gas: { ...snapshot.gas, price: 20n * 10n ** 9n } };
    const tight = protect({ ...swap, outlook: calm });
    expect(tight.slices).toHaveLength(1);
    expect(tight.tolerance).toBeLessThan(50);
    expect(tight.attacker).toBe(0n);
    expect(tight.why).toContain('tightened from 0.5 %');
  });

  test('does not believe an outlook that lacks an asset of the swap, or that is none', () => {
    const swap = swapOf(30n, 50);
    const kept = protect(swap);
    for (const outlook of [
      { ...calm, assets: ['weth', 'wbtc'] },
      {
        ...calm,
        covariance: [
          [NaN, 0],
          [0, 0],
        ],
      },
    ])
      expect(protect({ ...swap, outlook })).toEqual(kept);
  });

  test('counts on what custody demands, where that is more than the tolerance does', () => {
    const swap = swapOf(30n, 50);
    const expected = Way.received(Way.play(Way.of(swap.lanes, 'weth'), new Map()) ?? []);
    const bare = protect(swap);
    const held = protect({ ...swap, least: expected });
    expect(bare.slices.length > 1 || bare.attacker > 0n).toBe(true);
    expect([held.slices.length, held.attacker]).toEqual([1, 0n]);
  });

  test('holds an attack that costs nothing for one that pays anything', () => {
    const free = { ...swapOf(30n, 50), gas: { ...snapshot.gas, price: 0n } };
    expect(protect(free).slices.length).toBeGreaterThan(1);
    expect(protect({ ...free, trading: { slippage: 50, lifetime: 12 } }).attacker).toBeGreaterThan(0n);
    expect(protect({ ...free, trading: { slippage: 0, lifetime: 12 } }).attacker).toBe(0n);
  });

  test('is not cut finer than its markets take, nor than what custody demands of each slice admits', () => {
    const swap = swapOf(30n, 50);
    const fine = protect(swap).slices.length;
    expect(fine).toBeGreaterThan(1);
    const assets = ['weth', 'usdc'] as const;
    const tick = { bought: 2_000_000_000n, sold: 10n ** 21n };
    const level = { ticks: 1_000n, lots: 100n };
    const book: Market.Market = {
      kind: 'book',
      id: 'book',
      assets,
      bids: [level],
      asks: [{ ...level, ticks: 1_001n }],
      tick,
      lot: ONE,
      feePpm: 0,
    };
    const bridge: Market.Market = {
      kind: 'bridge',
      id: 'bridge',
      assets,
      parity: [ONE, 2_000_000_000n],
      capacity: [ONE * 1_000n, 10n ** 13n],
      fixedFee: [ONE / 2n, 10n ** 9n],
      feePpm: 0,
      delay: { expected: 60, longest: 600 },
    };
    for (const market of [book, bridge]) {
      const both = Lane.send(mesh, 'weth', lanesOf(30n * ONE)).lanes;
      const lanes = [...both, ...Lane.send(Mesh.of([market]), 'weth', [one(market)]).lanes];
      const least = (Lane.total(lanes, 'bought') * 999n) / 1_000n;
      const { slices, attacker } = protect({ ...swap, lanes, least });
      expect(slices.reduce((sum, atoms) => sum + atoms, 0n)).toBe(31n * ONE);
      expect(slices.length < fine || attacker > 0n).toBe(true);
    }
  });

  const one = (market: Market.Market): Lane.Share => ({ path: [{ market, buy: 'usdc' }], sold: ONE });

  test('is refused for a swap that its markets do not take', () => {
    const swap = swapOf(30n, 50);
    const greedy = swap.lanes.map(({ path }) => ({ path, quote: { sold: 10n ** 40n } }));
    expect(() => protect({ ...swap, lanes: greedy })).toThrow('ask for no more than they pay');
  });
});
