import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { at, ForecastError } from '../../forecast/Numbers.ts';
import { ONE } from '../../money/Fixed.ts';
import type { Supply } from '../../portfolio/Snapshot.ts';
import * as Portfolio from '../../portfolio/Portfolio.ts';
import * as Sample from '../../Sample.ts';
import { capWeights } from './capWeights.ts';
import { aim, type IndexTracking } from './IndexTracking.ts';
import { selectMembers } from './selectMembers.ts';

describe('capped weights', () => {
  const settings = fc
    .array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 })
    .chain((sizes) => {
      const total = sizes.reduce((sum, size) => sum + size, 0);
      const least = 1 / sizes.length;
      const weights = sizes.map((size) => size / total);
      return fc.tuple(fc.constant(weights), fc.double({ min: Math.min(1, least * 1.000_001), max: 1, noNaN: true }));
    });

  test('sum to one, exceed the cap nowhere, and keep the proportions of those below it', () => {
    fc.assert(
      fc.property(settings, ([weights, cap]) => {
        const capped = capWeights(weights, cap);
        expect(capped.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
        expect(Math.max(...capped)).toBeLessThanOrEqual(cap * (1 + 1e-9));
        const ratios = capped.flatMap((weight, i) => (weight < cap * (1 - 1e-9) ? [weight / at(weights, i)] : []));
        const [first = 1] = ratios;
        ratios.forEach((ratio) => expect(ratio / first).toBeCloseTo(1, 9));
        capped.forEach((weight, i) => expect(weight).toBeGreaterThanOrEqual(Math.min(at(weights, i), cap) - 1e-12));
      }),
    );
  });

  test('are left alone under a cap that nobody reaches', () => {
    expect(capWeights([0.5, 0.3, 0.2], 0.5)).toEqual([0.5, 0.3, 0.2]);
    expect(capWeights([1], 1)).toEqual([1]);
    expect(capWeights([0.7, 0.3, 0], 0.5)).toEqual([0.5, 0.5, 0]);
  });

  test.each<[string, readonly number[], number]>([
    ['a cap that leaves no room', [0.5, 0.5], 0.4],
    ['a cap that only those without weight could fill', [0.5, 0.5, 0], 0.4],
    ['a cap of zero', [1], 0],
    ['a cap that is no number', [1], NaN],
    ['weights that do not sum to one', [0.5, 0.6], 0.9],
    ['a negative weight', [-0.5, 1.5], 1],
    ['a weight that is no number', [NaN, 1], 1],
    ['no weights', [], 1],
  ])('%s is refused', (_, weights, cap) => {
    expect(() => capWeights(weights, cap)).toThrow(ForecastError);
  });
});

describe('the members of an index', () => {
  const ranks = fc
    .tuple(fc.integer({ min: 1, max: 8 }), fc.nat({ max: 4 }), fc.nat({ max: 4 }))
    .map(([count, before, after]) => ({ count, enter: Math.max(1, count - before), leave: count + after }));
  const assets = 'abcdefghijkl'.split('');

  test('are as many as wanted; no one of a sure rank is missing, no one beyond the last rank stays for the sake of it', () => {
    fc.assert(
      fc.property(fc.subarray(assets), ranks, fc.shuffledSubarray(assets, { minLength: 1 }), (held, wanted, order) => {
        const chosen = selectMembers(order, new Set(held), wanted);
        expect(chosen.length).toBe(Math.min(wanted.count, order.length));
        expect(chosen).toEqual(expect.arrayContaining(order.slice(0, wanted.enter)));
        // Whoever ranks below someone left out is kept by the buffer alone.
        for (const [rank, asset] of order.entries()) {
          const passedOver = order.slice(0, rank).some((larger) => !chosen.includes(larger));
          if (!chosen.includes(asset) || !passedOver) continue;
          expect(held.includes(asset) && rank < wanted.leave).toBe(true);
        }
      }),
    );
  });

  test('do not change while nobody crosses the buffer', () => {
    fc.assert(
      fc.property(ranks, fc.shuffledSubarray(assets, { minLength: assets.length }), (wanted, order) => {
        const first = selectMembers(order, new Set(), wanted);
        expect(selectMembers(order, new Set(first), wanted)).toEqual(first);
        // The last member and the first outsider change places.
        const { count } = wanted;
        fc.pre(wanted.enter < count && wanted.leave > count);
        const swapped = order.with(count - 1, order[count]!).with(count, order[count - 1]!);
        expect(new Set(selectMembers(swapped, new Set(first), wanted))).toEqual(new Set(first));
      }),
    );
  });
});

describe('an index target', () => {
  const base = Sample.snapshot();
  const supply = (asset: string, tokens: bigint, decimals: number, age = 60): Supply => ({
    asset,
    atoms: tokens * 10n ** BigInt(decimals),
    at: base.at - age,
  });
  // $8,000 of WETH, $1,500 of WBTC, $500 of USDC.
  const supplies = [supply('weth', 4n, 18), supply('usdc', 500n, 6), { ...supply('wbtc', 0n, 8), atoms: 5_000_000n }];
  const seen = (own: readonly Supply[]) => {
    const snapshot = { ...base, supplies: own };
    return { snapshot, portfolio: Portfolio.of(snapshot) };
  };
  const target: IndexTracking = { kind: 'index', weighting: 'capitalisation', maxAge: 3_600 };
  const weights = (own: IndexTracking, of = supplies) => {
    const aimed = aim(own, seen(of));
    return aimed.kind === 'weights' ? aimed.weights : aimed;
  };
  const close = (expected: Record<string, number>) =>
    Object.fromEntries(Object.entries(expected).map(([asset, weight]) => [asset, expect.closeTo(weight, 12)]));

  test('weighs by capitalisation, by its root, or equally; the order of supplies decides nothing', () => {
    expect(weights(target)).toEqual(close({ weth: 0.8, wbtc: 0.15, usdc: 0.05 }));
    expect(weights(target, supplies.toReversed())).toEqual(weights(target));
    const roots = [8_000, 1_500, 500].map(Math.sqrt);
    const total = roots.reduce((sum, root) => sum + root, 0);
    const [weth, wbtc, usdc] = roots.map((root) => root / total);
    expect(weights({ ...target, weighting: 'root' })).toEqual(close({ weth: weth!, wbtc: wbtc!, usdc: usdc! }));
    expect(weights({ ...target, weighting: 'equal' }, [])).toEqual(close({ weth: 1 / 3, wbtc: 1 / 3, usdc: 1 / 3 }));
  });

  test('sells what is not in it', () => {
    expect(weights({ ...target, assets: ['weth', 'wbtc'] })).toEqual(close({ weth: 16 / 19, wbtc: 3 / 19, usdc: 0 }));
    const top = { count: 1, enter: 1, leave: 1, held: 10 };
    expect(weights({ ...target, top })).toEqual(close({ weth: 1, wbtc: 0, usdc: 0 }));
  });

  test('keeps a member inside the buffer, and lets dust count as none', () => {
    const top = { count: 1, enter: 1, leave: 2, held: 10 };
    // WBTC is the second largest, so nobody enters for it; as the only sure rank is the first, WETH it is.
    expect(weights({ ...target, top })).toEqual(close({ weth: 1, wbtc: 0, usdc: 0 }));
    // The third stays as long as it is held and of a rank within the buffer; held below the threshold, it is not a member.
    const two = { count: 2, enter: 1, leave: 3, held: 1_500 };
    const onlyUsdc = {
      ...base,
      holdings: base.holdings.map((one) => ({ ...one, atoms: one.asset === 'wbtc' ? 0n : one.atoms })),
    };
    const portfolio = Portfolio.of({ ...onlyUsdc, supplies });
    const chosen = (held: number) => {
      const aimed = aim({ ...target, top: { ...two, held } }, { snapshot: { ...onlyUsdc, supplies }, portfolio });
      return aimed.kind === 'weights' ? Object.keys(aimed.weights).filter((asset) => aimed.weights[asset]! > 0) : [];
    };
    expect(chosen(1_000)).toEqual(['weth', 'usdc']);
    expect(chosen(1_500)).toEqual(['weth', 'wbtc']);
  });

  test('says what it came to', () => {
    expect(aim({ ...target, cap: 0.5 }, seen(supplies))).toMatchObject({
      why: 'an index of 3, the largest WETH at 50.0 %',
    });
  });

  test.each<[string, IndexTracking, readonly Supply[]]>([
    ['no supplies', target, []],
    ['a supply missing', target, supplies.slice(1)],
    ['a supply told twice', target, [...supplies, ...supplies]],
    ['an old supply', target, [...supplies.slice(1), supply('weth', 4n, 18, 3_601)]],
    ['a supply from the future', target, [...supplies.slice(1), supply('weth', 4n, 18, -1)]],
    ['a supply of nothing', target, [...supplies.slice(1), supply('weth', 0n, 18)]],
    ['a cap that leaves no room', { ...target, cap: 0.3 }, supplies],
    ['a candidate that is not in the portfolio', { ...target, assets: ['weth', 'moon'] }, supplies],
  ])('%s makes it blind', (_, own, of) => {
    expect(aim(own, seen(of)).kind).toBe('blind');
  });

  test('weights sum to one under every cap that leaves room', () => {
    fc.assert(
      fc.property(
        fc.tuple(fc.bigInt(1n, ONE), fc.bigInt(1n, ONE), fc.bigInt(1n, ONE)),
        fc.double({ min: 0.34, max: 1, noNaN: true }),
        (atoms, cap) => {
          const of = ['weth', 'wbtc', 'usdc'].map((asset, i) => ({
            asset,
            atoms: atoms[i]! * 10n ** 10n,
            at: base.at,
          }));
          const found = Object.values(weights({ ...target, cap }, of));
          expect(found.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
          expect(Math.max(...found)).toBeLessThanOrEqual(cap + 1e-9);
        },
      ),
    );
  });
});
