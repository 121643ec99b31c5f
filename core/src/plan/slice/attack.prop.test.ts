import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ForecastError } from '../../forecast/Numbers.ts';
import { ONE } from '../../money/Fixed.ts';
import * as SqrtPrice from '../../market/amm/SqrtPrice.ts';
import * as Market from '../../market/Market.ts';
import { attack, stakeUp } from './attack.ts';
import * as Sandwich from './Sandwich.ts';
import * as Way from './Way.ts';

/** Spread evenly in logarithms: `fc.double` from zero on is nearly always next to nothing. */
const real = (min: number, max: number) =>
  fc.integer({ min: 0, max: 1_000_000 }).map((step) => min * (max / min) ** (step / 1_000_000));
const atoms = (min: number, max: number) => real(min, max).map((value) => BigInt(Math.round(value * 1e6)) * 10n ** 12n);

const reserves = fc.tuple(atoms(1e5, 1e8), atoms(1e3, 1e8));
const feePpm = fc.constantFrom(0, 500, 3_000, 10_000);

const product = (id: string, assets: readonly [string, string]): fc.Arbitrary<Market.Market> =>
  fc.record({
    kind: fc.constant('constant-product' as const),
    id: fc.constant(id),
    assets: fc.constant(assets),
    reserves,
    feePpm,
  });

const weighted = (id: string, assets: readonly [string, string]): fc.Arbitrary<Market.Market> =>
  fc.tuple(reserves, fc.integer({ min: 10, max: 90 }), feePpm).map(([both, share, fee]) => ({
    kind: 'weighted',
    id,
    assets,
    reserves: both,
    weights: [(ONE * BigInt(share)) / 100n, (ONE * BigInt(100 - share)) / 100n],
    scales: [1n, 1n],
    fee: BigInt(fee) * 10n ** 12n,
  }));

const stable = (id: string, assets: readonly [string, string]): fc.Arbitrary<Market.Market> =>
  fc
    .tuple(
      atoms(1e5, 1e8),
      real(0.3, 3),
      fc.integer({ min: 10, max: 2_000 }),
      fc.constantFrom(0, 100, 400, 4_000),
      fc.constantFrom('curve' as const, 'balancer' as const),
    )
    .map(([reserve, ratio, amp, fee, rounding]) => ({
      kind: 'stable-swap',
      rounding,
      id,
      assets,
      reserves: [reserve, (reserve * BigInt(Math.round(ratio * 1e6))) / 1_000_000n],
      rates: [ONE, ONE],
      amp: BigInt(amp) * (rounding === 'curve' ? 1n : 1_000n),
      ampPrecision: rounding === 'curve' ? 1n : 1_000n,
      fee: BigInt(fee) * 10n ** 12n,
      adminFee: rounding === 'curve' ? ONE / 2n : 0n,
    }));

/** Three nested positions about a price, so that a swap crosses from thick liquidity into thin. */
const concentrated = (id: string, assets: readonly [string, string]): fc.Arbitrary<Market.Market> =>
  fc
    .tuple(fc.integer({ min: -30_000, max: 30_000 }), fc.array(atoms(1e4, 1e8), { minLength: 3, maxLength: 3 }), feePpm)
    .map(([centre, depths, fee]) => {
      const spacing = 60;
      const middle = Math.round(centre / spacing) * spacing;
      const widths = [2, 20, 400].map((width) => width * spacing);
      const ticks = [-1, 1].flatMap((side) =>
        depths.map((liquidity, place) => ({
          index: middle + side * (widths[place] ?? 0),
          liquidityNet: BigInt(-side) * liquidity,
        })),
      );
      return {
        kind: 'concentrated',
        id,
        assets,
        sqrtPriceX96: SqrtPrice.atTick(middle),
        tick: middle,
        liquidity: depths.reduce((sum, one) => sum + one, 0n),
        feePpm: fee,
        tickSpacing: spacing,
        ticks: ticks.toSorted((one, other) => one.index - other.index),
        known: [middle - 24_000, middle + 24_000],
      };
    });

const pool = (id: string, sell: string, buy: string) =>
  fc.oneof(product(id, [sell, buy]), weighted(id, [sell, buy]), stable(id, [sell, buy]), concentrated(id, [sell, buy]));

const trade = fc.record({ share: real(1e-4, 0.2), slippage: real(1e-4, 0.2) });
/** What a pool has of the asset sold, roughly: what a share of is a trade of some size. */
function depth(market: Market.Market): bigint {
  if (market.kind === 'concentrated') return (market.liquidity << 96n) / market.sqrtPriceX96;
  return 'reserves' in market ? (market.reserves[0] ?? 0n) : 0n;
}
const part = (whole: bigint, share: number) => (whole * BigInt(Math.round(share * 1e9))) / 1_000_000_000n;

/** Go through markets of two assets one after another, from `in` on. */
function joined(markets: readonly Market.Market[]): readonly Way.Out[] {
  let held = 'in';
  return markets.map((market) => {
    held = market.assets.find((asset) => asset !== held) ?? '';
    return { market, buy: held };
  });
}

function exposed(markets: readonly Market.Market[], lanes: readonly bigint[], slippage: number) {
  const ways = Way.of(
    lanes.map((sold) => ({ path: joined(markets), quote: { sold } })),
    'in',
  );
  const traces = Way.play(ways, new Map());
  const expected = traces === undefined ? 0n : Way.received(traces);
  return { ways, expected, floor: expected - part(expected, slippage) };
}

/** Play one attack by hand, on the first way's market at `place`. */
function playOut(ways: readonly Way.Way[], place: number, front: bigint) {
  const hop = ways[0]?.hops[place];
  if (hop === undefined) throw new RangeError('no such hop');
  const opened = Way.swap(hop.market, hop.sell, front, hop.buy);
  if (opened === undefined) return undefined;
  const states: Way.States = new Map([[hop.market.id, opened.after]]);
  const traces = Way.play(ways, states);
  if (traces === undefined) return undefined;
  const closed = Way.swap(states.get(hop.market.id) ?? hop.market, hop.buy, opened.bought, hop.sell);
  return { gain: (closed?.bought ?? 0n) - opened.sold, received: Way.received(traces) };
}

/** Front-runs from next to nothing to as much as the pool has, and evenly spaced up to a little beyond one of them. */
function fronts(market: Market.Market, near = 0n): readonly bigint[] {
  const far = Array.from({ length: 80 }, (_, step) => part(depth(market), 1.3 ** (step - 79)));
  return [...far, ...Array.from({ length: 25 }, (_, step) => (near * BigInt(step + 1)) / 24n)];
}

/** What the intermediate asset of a chain of two is worth of the first, before all trades. */
function worthOf(ways: readonly Way.Way[], atoms: bigint): bigint {
  const [way] = ways;
  if (way === undefined) return 0n;
  const rate = Way.spotUntil(way, 1);
  return (atoms * rate.sold) / rate.bought;
}

/** Buy along all of a chain of two markets before the swap, and sell back along it; undefined below the floor. */
function attackBoth(ways: readonly Way.Way[], front: bigint, floor: bigint): bigint | undefined {
  const states: Way.States = new Map();
  const hops = ways[0]?.hops ?? [];
  const opened = Way.play([{ hops, sold: front }], states);
  const between = opened === undefined ? undefined : Way.play(ways, states);
  if (opened === undefined || between === undefined || Way.received(between) < floor) return undefined;
  // Every market gets back what it sold; what is over between them stays with the attacker, at the price before.
  const over = hops.map(({ market, sell, buy }, place) => {
    const { sold = 0n, bought = 0n } = opened[0]?.[place] ?? {};
    return (Way.swap(states.get(market.id) ?? market, buy, bought, sell)?.bought ?? 0n) - sold;
  });
  return (over[0] ?? 0n) + worthOf(ways, over[1] ?? 0n);
}

describe('the best attack on a swap', () => {
  test('loses to none on a grid of front-runs that leave the swap its floor, whatever the pool', () => {
    fc.assert(
      fc.property(pool('a', 'in', 'out'), trade, ({ ...market }, { share, slippage }) => {
        const { ways, expected, floor } = exposed([market], [part(depth(market), share)], slippage);
        fc.pre(expected > 1_000_000n);
        const [found] = attack(ways, floor);
        const gain = found?.gain ?? 0n;
        const stake = stakeUp(ways, floor);
        for (const front of fronts(market, found?.front)) {
          const tried = playOut(ways, 0, front);
          if (tried === undefined || tried.received < floor) continue;
          expect(tried.gain - gain).toBeLessThanOrEqual(gain / 1_000n + 1_000n);
          expect(Number(tried.gain)).toBeLessThanOrEqual(stake * (1 + 1e-9) + 1_000);
        }
        expect(Number(gain)).toBeLessThanOrEqual(stake * (1 + 1e-3) + 1_000);
      }),
      { numRuns: 150 },
    );
  });

  test('is that of the closed forms on a constant product', () => {
    fc.assert(
      fc.property(reserves, feePpm, trade, (both, fee, { share, slippage }) => {
        const market: Market.Market = {
          kind: 'constant-product',
          id: 'a',
          assets: ['in', 'out'],
          reserves: both,
          feePpm: fee,
        };
        const sold = part(both[0], share);
        const { ways, floor } = exposed([market], [sold], slippage);
        const victim = { reserveIn: Number(both[0]), reserveOut: Number(both[1]), size: Number(sold), fee: fee / 1e6 };
        const wanted = Sandwich.worst(victim, slippage);
        const [found] = attack(ways, floor);
        if (wanted.profit < 1e-6 * victim.size) return;
        expect(Math.abs(Number(found?.gain) / wanted.profit - 1)).toBeLessThan(1e-3);
        expect(found?.worth).toBe(found?.gain);
      }),
    );
  });

  test('gains no less where more slippage is allowed', () => {
    fc.assert(
      fc.property(pool('a', 'in', 'out'), trade, real(1.05, 4), (market, { share, slippage }, times) => {
        const sold = part(depth(market), share);
        const [tight, wide] = [slippage, Math.min(0.9, slippage * times)].map((allowed) => {
          const { ways, floor, expected } = exposed([market], [sold], allowed);
          fc.pre(expected > 1_000_000n);
          return attack(ways, floor)[0]?.gain ?? 0n;
        });
        expect((tight ?? 0n) - (wide ?? 0n)).toBeLessThanOrEqual((tight ?? 0n) / 1_000n + 1_000n);
      }),
      { numRuns: 200 },
    );
  });

  test('on a chain of two markets gains no more on both at once than the sum, nor than the whole stake', () => {
    fc.assert(
      fc.property(pool('a', 'in', 'mid'), pool('b', 'mid', 'out'), trade, (first, second, { share, slippage }) => {
        const { ways, expected, floor } = exposed([first, second], [part(depth(first), share)], slippage);
        fc.pre(expected > 1_000_000n);
        const total = attack(ways, floor).reduce((sum, { worth }) => sum + worth, 0n);
        const stake = stakeUp(ways, floor);
        const unit = 1_000n + worthOf(ways, 1_000n);
        for (const front of fronts(first)) {
          const gained = attackBoth(ways, front, floor);
          if (gained === undefined) continue;
          expect(gained - total).toBeLessThanOrEqual(total / 1_000n + unit);
          expect(Number(gained)).toBeLessThanOrEqual(stake * (1 + 1e-9) + Number(unit));
        }
      }),
      { numRuns: 75 },
    );
  });

  test('counts a market that two ways share once, with both of them as its victims', () => {
    fc.assert(
      fc.property(product('a', ['in', 'out']), real(0.02, 0.2), real(0.01, 0.05), (market, share, slippage) => {
        const sold = part(depth(market), share);
        const one = exposed([market], [sold], slippage);
        const two = exposed([market], [sold / 2n, sold - sold / 2n], slippage);
        const [single, ...none] = attack(one.ways, one.floor);
        const [shared, ...more] = attack(two.ways, two.floor);
        expect([none, more]).toEqual([[], []]);
        // The fee of the first half is in the pool when the second half trades: the attacks are alike, not the same.
        if ((single?.gain ?? 0n) < sold / 10_000n) return;
        expect(Number(shared?.gain) / Number(single?.gain)).toBeCloseTo(1, 1);
      }),
    );
  });
});

describe('nothing is gained', () => {
  const market: Market.Market = {
    kind: 'constant-product',
    id: 'a',
    assets: ['in', 'out'],
    reserves: [10n ** 24n, 10n ** 24n],
    feePpm: 3_000,
  };

  test('where the swap accepts nothing below its quote', () => {
    const { ways, expected } = exposed([market], [10n ** 23n], 0);
    expect(attack(ways, expected)).toEqual([]);
  });

  test('below the size that a fee protects, at any slippage', () => {
    const share = Sandwich.threshold(0.003);
    const at = (size: number) => exposed([market], [part(10n ** 24n, size)], 0.5);
    expect(attack(at(share * 0.999).ways, at(share * 0.999).floor)).toEqual([]);
    expect(attack(at(share * 1.05).ways, at(share * 1.05).floor)).not.toEqual([]);
  });

  test('at an order book, whose taker pays what the makers ask', () => {
    const book: Market.Market = {
      kind: 'book',
      id: 'book',
      assets: ['in', 'out'],
      bids: [{ ticks: 1n, lots: 10n ** 24n }],
      asks: [],
      tick: { bought: 1n, sold: 1n },
      lot: 1n,
      feePpm: 0,
    };
    const { ways, floor, expected } = exposed([book], [10n ** 20n], 0.1);
    expect(expected).toBeGreaterThan(0n);
    expect(attack(ways, floor)).toEqual([]);
    expect(stakeUp(ways, floor)).toBe(0);
  });

  test('and nothing is answered where the swap itself cannot be', () => {
    const { ways, expected } = exposed([market], [10n ** 20n], 0);
    expect(() => attack(ways, expected + 1n)).toThrow(ForecastError);
  });
});
