// Targets that owe, hedge or provide liquidity: what they leave alone and what they set right.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Sample from '../../Sample.ts';
import { decide } from '../../decide.ts';
import { targeted } from '../../guard/inspect.ts';
import type { Concentrated } from '../../market/amm/Concentrated.ts';
import * as Liquidity from '../../market/amm/Liquidity.ts';
import * as SqrtPrice from '../../market/amm/SqrtPrice.ts';
import * as Portfolio from '../../portfolio/Portfolio.ts';
import type { Snapshot } from '../../portfolio/Snapshot.ts';
import { aim } from '../aim.ts';
import { StrategyError } from '../Field.ts';
import { parseTarget } from '../parseTarget.ts';
import type { Target } from '../Target.ts';
import type { Hedge } from './Hedge.ts';
import type { Leverage } from './Leverage.ts';
import * as LiquidityRange from './LiquidityRange.ts';

const base = Sample.snapshot();

/** Hold whole dollars' worth of each asset, negative for a debt. WETH is $2,000, WBTC $30,000. */
function worth(weth: number, wbtc: number, usdc: number): Snapshot {
  const atoms = (dollars: number, price: number, decimals: number) =>
    (BigInt(Math.round(dollars)) * 10n ** BigInt(decimals)) / BigInt(price);
  return {
    ...base,
    holdings: [
      { asset: 'weth', atoms: atoms(weth, 2_000, 18) },
      { asset: 'wbtc', atoms: atoms(wbtc, 30_000, 8) },
      { asset: 'usdc', atoms: atoms(usdc, 1, 6) },
    ],
  };
}

function viewOf(snapshot: Snapshot) {
  return { snapshot, portfolio: Portfolio.of(snapshot) };
}

function aimed(target: Target, snapshot: Snapshot) {
  const found = aim(target, viewOf(snapshot));
  if (found.kind === 'blind') throw new Error(`blind: ${found.was}`);
  return found;
}

describe('leverage', () => {
  const target: Leverage = {
    kind: 'leverage',
    collateral: { weth: { weight: 1, threshold: 0.8 }, wbtc: { weight: 0, threshold: 0.7 } },
    debt: 'usdc',
    low: 0.4,
    target: 0.5,
    high: 0.6,
  };

  test('is set to its target outside the band, and left alone inside', () => {
    expect(aimed(target, worth(100_000, 0, -70_000)).weights['weth']).toBeCloseTo(2, 9);
    expect(aimed(target, worth(100_000, 0, -30_000)).weights['usdc']).toBeCloseTo(-1, 9);
    const inside = aimed(target, worth(100_000, 0, -45_000));
    expect(inside.weights['weth']).toBeCloseTo(1 / 0.55, 9);
    expect(inside.weights['usdc']).toBeCloseTo(-0.45 / 0.55, 9);
    expect(inside.why).toBe('a loan-to-value of 45.0 % is inside 40.0 % to 60.0 %, a health factor of 1.78');
  });

  test('lands on a loan-to-value inside its band, whatever it starts from', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000, max: 10 ** 6 }), fc.integer({ min: -900, max: 900 }), (collateral, debt) => {
        const { weights, owed } = aimed(target, worth(collateral, 0, (collateral * debt) / 1_000));
        const ltv = -(weights['usdc'] ?? NaN) / (weights['weth'] ?? NaN);
        expect(ltv).toBeGreaterThanOrEqual(0.4 - 1e-9);
        expect(ltv).toBeLessThanOrEqual(0.6 + 1e-9);
        expect(owed).toEqual(['usdc']);
      }),
    );
  });

  test('is blind where nothing stands against the debt', () => {
    // WBTC is held, but it secures nothing.
    const other = { ...target, collateral: { weth: { weight: 1, threshold: 0.8 } } };
    expect(aim(other, viewOf(worth(0, 90_000, -30_000)))).toHaveProperty('was', expect.stringMatching(/loan-to-value/));
  });

  test('refuses a band that would be liquidated, collateral that is owed, and thresholds that are none', () => {
    const refusal = (own: object) => {
      try {
        return parseTarget({ path: 'toward', value: { ...target, ...own } });
      } catch (error) {
        return error instanceof StrategyError ? error.path : error;
      }
    };
    expect(refusal({ high: 0.8 })).toBe('toward.high');
    expect(refusal({ low: 0.55 })).toBe('toward.low');
    expect(refusal({ target: 0.7 })).toBe('toward.target');
    expect(refusal({ debt: 'weth' })).toBe('toward.debt');
    expect(refusal({ collateral: { weth: { weight: 1, threshold: 1 } } })).toBe('toward.collateral.weth.threshold');
    expect(refusal({ collateral: { weth: { weight: 0.9, threshold: 0.8 } } })).toBe('toward.collateral');
  });

  test('is repaid by a decision: collateral is sold for what is owed', () => {
    const strategy = { ...Sample.STRATEGY, toward: target, within: [] };
    const decision = decide(worth(100_000, 0, -70_000), strategy);
    if (decision.kind !== 'act') throw new Error(decision.why);
    const swap = decision.plan.steps.find((step) => step.kind === 'swap');
    expect(swap).toMatchObject({ sell: 'weth', buy: 'usdc' });
    // From 70 % to 50 % of what is then left: 100 − x = 2·(70 − x) makes x = 40.
    expect(Number(decision.plan.turnover / 10n ** 18n)).toBeCloseTo(40_000, -2);
  });

  test('that is too low waits: a plan cannot draw a loan', () => {
    const decision = decide(worth(100_000, 0, -30_000), { ...Sample.STRATEGY, toward: target });
    expect(decision.why).toMatch(/^due, but nothing is worth trading: .*; USDC cannot be sold: it is owed/);
  });
});

describe('weights below zero', () => {
  test('pass only where they may be owed, and only if all sum to one', () => {
    const weights = { weth: 1.5, wbtc: 0, usdc: -0.5 };
    expect(targeted(base, weights, ['usdc'])).toEqual([]);
    expect(targeted(base, weights)).toHaveLength(1);
    expect(targeted(base, weights, ['weth'])).toHaveLength(1);
    expect(targeted(base, { ...weights, usdc: -0.6 }, ['usdc'])).toHaveLength(1);
    expect(targeted(base, { ...weights, usdc: Number.NaN }, ['usdc'])).toHaveLength(1);
    expect(targeted(base, { ...weights, weth: Infinity, usdc: -Infinity }, ['usdc'])).toHaveLength(1);
  });
});

describe('a hedge', () => {
  const owing: Hedge = {
    kind: 'hedge',
    exposures: { weth: 1 },
    hedge: 'wbtc',
    perUnit: 0.8,
    cash: 'usdc',
    ratio: 0,
    tolerance: 0.1,
    cap: 2,
  };
  const short: Hedge = { ...owing, perUnit: -1 };
  const net = ({ perUnit }: Hedge, weights: Readonly<Record<string, number>>) =>
    (weights['weth'] ?? NaN) + perUnit * (weights['wbtc'] ?? NaN);

  test('brings the net exposure to what is wanted and moves nothing but itself and cash', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1_000, max: 50_000 }),
        fc.integer({ min: 50_000, max: 90_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom(owing, short),
        (weth, usdc, ratio, hedge) => {
          const own = { ...hedge, ratio, tolerance: 0.0001 };
          const { weights } = aimed(own, worth(weth, 0, usdc));
          const held = weth / (weth + usdc);
          expect(weights['weth']).toBeCloseTo(held, 6);
          expect(Math.abs(net(own, weights) - ratio * held)).toBeLessThan(0.00011 * held + 1e-6);
        },
      ),
    );
  });

  test('is left alone while it is near enough', () => {
    const snapshot = worth(50_000, -58_000, 108_000);
    expect(aimed(owing, snapshot).weights['wbtc']).toBeCloseTo(-0.58, 6);
    expect(aimed({ ...owing, tolerance: 0.05 }, snapshot).weights['wbtc']).toBeCloseTo(-0.625, 6);
  });

  test('is closed when nothing is left to hedge', () => {
    expect(aimed(owing, worth(0, -30_000, 130_000)).weights).toMatchObject({ weth: 0, wbtc: -0, usdc: 1 });
  });

  test('may be owed only where it is the risk itself', () => {
    expect(aimed(owing, worth(50_000, 0, 50_000)).owed).toEqual(['wbtc']);
    expect(aimed(short, worth(50_000, 0, 50_000)).owed).toEqual([]);
  });

  test('stops at its cap and says so; is blind where cash cannot pay', () => {
    const capped = aimed({ ...owing, cap: 0.3 }, worth(50_000, 0, 50_000));
    expect(capped.weights['wbtc']).toBe(-0.3);
    expect(capped.why).toMatch(/capped at 30\.0 %/);
    expect(aim(short, viewOf(worth(90_000, 0, 10_000)))).toHaveProperty(
      'was',
      expect.stringMatching(/^USDC at -80\.0 %/),
    );
  });

  test('refuses a hedge that is itself exposed, is cash, or does not move', () => {
    for (const own of [{ hedge: 'weth' }, { cash: 'weth' }, { cash: 'wbtc' }, { perUnit: 0.001 }, { exposures: {} }]) {
      expect(() => parseTarget({ path: 'toward', value: { ...owing, ...own } })).toThrow(StrategyError);
    }
  });
});

describe('a range of liquidity', () => {
  const target: LiquidityRange.LiquidityRange = {
    kind: 'liquidity-range',
    market: 'concentrated:weth/usdc',
    share: 0.5,
    rest: { weth: 0, wbtc: 1, usdc: 0 },
    deviations: 2,
    horizon: 7 * 86_400,
    recentre: 0.6,
    maxAge: 86_400,
  };
  const outlook = {
    at: base.at,
    assets: ['weth', 'usdc'],
    covariance: [
      [0.64, 0],
      [0, 0],
    ],
  };
  const seeing: Snapshot = { ...base, outlook };
  const pool = base.markets.find(({ id }) => id === target.market) as Concentrated;
  const chosen = (snapshot: Snapshot, own = target) => {
    const found = LiquidityRange.choose(own, viewOf(snapshot));
    if (found.kind === 'blind') throw new Error(found.was);
    return found;
  };
  const staked = (low: number, high: number): Snapshot => ({
    ...seeing,
    stakes: [{ id: 'one', market: target.market, parts: [], ticks: [low, high] }],
  });

  test('lies around the price, as wide as asked, on whole tick spacings', () => {
    const { ticks, moved, first } = chosen(seeing);
    const half = (2 * 0.8 * Math.sqrt(7 / 365)) / Math.log(1.0001);
    expect(moved).toBe(true);
    expect(Math.abs(ticks[0] % 10) + Math.abs(ticks[1] % 10)).toBe(0);
    expect(Math.abs(pool.tick - ticks[0] - half)).toBeLessThanOrEqual(10);
    expect(Math.abs(ticks[1] - pool.tick - half)).toBeLessThanOrEqual(10);
    expect(first).toBeCloseTo(0.5, 1);
  });

  test('splits its share as the position itself is split', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4_000 }), fc.integer({ min: 1, max: 4_000 }), (below, above) => {
        const low = (Math.floor(pool.tick / 10) - below) * 10;
        const high = (Math.floor(pool.tick / 10) + above) * 10;
        const [one, other] = Liquidity.rangeDown(pool, { lower: low, upper: high, liquidity: 10n ** 24n });
        const price = Number(pool.sqrtPriceX96) ** 2 / Number(SqrtPrice.Q96) ** 2;
        const first = Number(one.atoms) * price;
        expect(LiquidityRange.firstShare(pool, [low, high])).toBeCloseTo(first / (first + Number(other.atoms)), 6);
      }),
    );
  });

  test('is all in one asset beyond its ends', () => {
    const { tick } = pool;
    expect(LiquidityRange.firstShare(pool, [tick + 100, tick + 200])).toBe(1);
    expect(LiquidityRange.firstShare(pool, [tick - 200, tick - 100])).toBe(0);
  });

  test('that is held stays until the price has wandered off', () => {
    const middle = Math.round(pool.tick / 10) * 10;
    expect(chosen(staked(middle - 1_000, middle + 1_000))).toMatchObject({
      moved: false,
      ticks: [middle - 1_000, middle + 1_000],
    });
    expect(chosen(staked(middle - 1_700, middle + 300)).moved).toBe(true);
    expect(chosen(staked(middle + 10, middle + 2_000)).moved).toBe(true);
    expect(chosen(staked(middle - 1_700, middle + 300), { ...target, recentre: 0.8 }).moved).toBe(false);
    const two = staked(middle - 1_000, middle + 1_000);
    expect(chosen({ ...two, stakes: [...(two.stakes ?? []), ...(two.stakes ?? [])] }).moved).toBe(true);
  });

  test('gives the weights of its tokens beside the rest', () => {
    const { weights } = aimed(target, seeing);
    expect(weights['wbtc']).toBeCloseTo(0.5, 12);
    expect(weights['weth']).toBeCloseTo(0.5 * chosen(seeing).first, 12);
  });

  test('never reaches beyond the ticks of a pool', () => {
    const { ticks } = chosen(seeing, { ...target, deviations: 10, horizon: 365 * 86_400 });
    expect(ticks).toEqual([Math.max(ticks[0], -887_270), Math.min(ticks[1], 887_270)]);
    expect(ticks[0]).toBeLessThan(ticks[1]);
  });

  test('is blind without its pool, without an outlook, and where the ratio of prices does not move', () => {
    const was = (own: LiquidityRange.LiquidityRange, snapshot: Snapshot) => {
      const found = aim(own, viewOf(snapshot));
      return found.kind === 'blind' ? found.was : 'seen';
    };
    expect(was({ ...target, market: 'moon' }, seeing)).toBe('no market moon');
    expect(was({ ...target, market: 'product:weth/usdc' }, seeing)).toMatch(/constant-product/);
    expect(was(target, base)).toBe('no outlook');
    const covariance = [
      [0, 0],
      [0, 0],
    ];
    expect(was(target, { ...seeing, outlook: { ...outlook, covariance } })).toBe('a variance of 0');
  });
});
