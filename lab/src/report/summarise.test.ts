import { describe, expect, test } from 'vitest';
import { Amount, Time } from '@trimtab/core';
import type { Asset } from '@trimtab/core';
import * as Random from '../Random.ts';
import type { Log, Sight, Trade } from './Log.ts';
import { summarise } from './summarise.ts';
import * as Tracking from './Tracking.ts';

const WAD = 10n ** 18n;
const DAY = 86_400;
const weth: Asset = { id: 'weth', symbol: 'WETH', decimals: 18 };
const usdc: Asset = { id: 'usdc', symbol: 'USDC', decimals: 6 };
const band = [0.45, 0.55] as const;

/** A half-and-half portfolio at one moment; `dollars` and `ether` are what it holds, `price` is ether's. */
const sight = (at: number, ether: bigint, dollars: bigint, price: bigint, supply = WAD): Sight => ({
  at,
  supply,
  positions: [
    { asset: weth, atoms: ether, price, target: 0.5, band },
    { asset: usdc, atoms: dollars, price: WAD, target: 0.5, band },
  ],
});
const log = (sights: readonly Sight[], rest: Partial<Log> = {}): Log => ({
  cycles: sights.length,
  sights,
  trades: [],
  spent: [],
  rebalances: 0,
  ...rest,
});
const trade = (at: number, sold: bigint, proved: bigint, received: bigint): Trade => ({
  at,
  run: 'c1',
  sell: 'weth',
  buy: 'usdc',
  sold,
  proved,
  received,
  cost: { fee: 3n * WAD, impact: 2n * WAD, gas: 0n, bridge: 0n, mev: 0n },
});

describe('a summary, by hand', () => {
  // 1 WETH at 1,000 and 1,000 USDC. A day later WETH doubles and a quarter of it is sold for 495 of the proved 497 USDC
  // (worth 500). A day later WETH is at 2,500.
  const sights = [
    sight(0, WAD, 1_000_000_000n, 1_000n * WAD),
    sight(DAY, WAD, 1_000_000_000n, 2_000n * WAD),
    sight(2 * DAY, (3n * WAD) / 4n, 1_495_000_000n, 2_500n * WAD),
  ];
  const trades = [trade(DAY + 12, WAD / 4n, 497_000_000n, 495_000_000n)];
  const spent = [
    { at: DAY + 6, cost: WAD },
    { at: DAY + 12, cost: 2n * WAD },
  ];
  const summary = summarise(log(sights, { trades, spent, rebalances: 1, cycles: 4 }));

  test('values start, end, buy-and-hold and the frictionless constant mix', () => {
    expect(summary.value.start).toBe(2_000n * WAD);
    expect(summary.value.end).toBe(3_370n * WAD);
    expect(summary.value.buyAndHold).toBe(3_500n * WAD);
    // 2,000 · (½·2 + ½) · (½·1.25 + ½) = 3,375.
    expect(summary.value.constantMix).toBe(3_375n * WAD);
    expect(summary.againstBuyAndHold).toBeCloseTo(3_370 / 3_500 - 1, 12);
    expect(summary.againstConstantMix).toBeCloseTo(3_370 / 3_375 - 1, 12);
  });

  test('charges each cost to who got it, and the shortfall to nobody', () => {
    expect(summary.costs).toEqual({ fees: 3n * WAD, impact: 2n * WAD, gas: 3n * WAD, mev: 2n * WAD });
    expect(summary.shortfall).toBe(5n * WAD);
  });

  test('relates what was sold to the mean value', () => {
    // 500 sold; the mean of (2,000 + 3,000)/2 and (3,000 + 3,370)/2.
    expect(summary.turnover).toBeCloseTo(500 / 2_842.5, 12);
    expect([summary.cycles, summary.rebalances, summary.trades, summary.from, summary.to]).toEqual([
      4,
      1,
      1,
      0,
      2 * DAY,
    ]);
  });

  test('remembers the largest drift, of what and when, and where it ended', () => {
    expect(summary.drift.max).toBeCloseTo(2 / 3 - 0.5, 12);
    expect([summary.drift.asset, summary.drift.at]).toEqual(['weth', DAY]);
    expect(summary.drift.end).toBeCloseTo(1_875 / 3_370 - 0.5, 12);
    expect(summary.withinBands).toBe(false);
    expect(summarise(log(sights.slice(0, 1))).withinBands).toBe(true);
  });

  test('tracks the mix by the log returns of each step', () => {
    const first = Math.log(1.5) - Math.log(1.5);
    const second = Math.log(3_370 / 3_000) - Math.log(1.125);
    const sd = Math.abs(first - second) / Math.SQRT2;
    expect(summary.trackingError).toBeCloseTo(sd * Math.sqrt(365), 12);
  });

  test('a fill that brings more than proved was no loss to others', () => {
    const lucky = [trade(DAY + 12, WAD / 4n, 497_000_000n, 499_000_000n)];
    expect(summarise(log(sights, { trades: lucky })).costs.mev).toBe(0n);
  });

  test('minting and redeeming in kind move no figure of return', () => {
    const doubled = sights.map((s, i): Sight =>
      i === 0 ? s : { ...s, supply: 2n * s.supply, positions: s.positions.map((p) => ({ ...p, atoms: 2n * p.atoms })) },
    );
    const after = summarise(log(doubled));
    expect(after.trackingError).toBeCloseTo(summary.trackingError, 12);
    expect(after.againstBuyAndHold).toBeCloseTo(summary.againstBuyAndHold, 12);
    expect(after.againstConstantMix).toBeCloseTo(summary.againstConstantMix, 12);
  });

  test('has nothing to say about nothing', () => {
    expect(() => summarise(log([]))).toThrow(/nothing was observed/);
    expect(() => summarise(log([sight(0, 0n, 0n, WAD)]))).toThrow(/worth/);
    expect(() => summarise(log(sights.slice(1), { trades: [trade(5, 1n, 1n, 1n)] }))).toThrow(/older than the first/);
  });
});

describe('tracking error', () => {
  test('of equal steps is the sample standard deviation per year', () => {
    const differences = [0.01, -0.02, 0.005, 0.012];
    const mean = differences.reduce((a, b) => a + b) / 4;
    const sd = Math.sqrt(differences.reduce((a, d) => a + (d - mean) ** 2, 0) / 3);
    expect(Tracking.error(differences.map((difference) => ({ difference, years: 1 / 365 })))).toBeCloseTo(
      sd * Math.sqrt(365),
      12,
    );
  });

  test('does not depend on how unevenly a steady process is looked at', () => {
    const random = Random.stream(5, 'steps');
    const n = 40_000;
    const steps = Array.from({ length: n }, () => {
      const years = (1 + Random.below(random, 50)) / 365;
      return { difference: 0.03 * years + 0.2 * Math.sqrt(years) * Random.normal(random), years };
    });
    // The relative standard error of a standard deviation is 1/sqrt(2n).
    expect(Math.abs(Tracking.error(steps) / 0.2 - 1)).toBeLessThan(4 / Math.sqrt(2 * n));
  });

  test('of weekly rebalancing is w(1 − w)·σ²·sqrt(Δ/2): 1.57 % a year at half risky and 80 % volatility', () => {
    // Second-order error of discrete rebalancing (Bertsimas, Kogan and Lo, 2000, for replication in general). Four-hourly
    // steps of the mix themselves lag the continuous mix, which takes 1/42 off the variance.
    const random = Random.stream(16, 'weekly');
    const [sigma, perWeek, weeks] = [0.8, 42, 40_000];
    const years = 7 / 365 / perWeek;
    const steps: Tracking.Step[] = [];
    for (let week = 0; week < weeks; week++) {
      const cash = 0.5;
      let risky = 0.5;
      for (let i = 0; i < perWeek; i++) {
        const ratio = Math.exp(-0.5 * sigma ** 2 * years + sigma * Math.sqrt(years) * Random.normal(random));
        const before = risky + cash;
        risky *= ratio;
        steps.push({ difference: Math.log((risky + cash) / before) - Math.log(0.5 * ratio + 0.5), years });
      }
    }
    const formula = 0.25 * sigma ** 2 * Math.sqrt(7 / 365 / 2);
    expect(formula).toBeCloseTo(0.01566778389, 10);
    // Three standard errors: (z² − 1)² has relative variance 14, halved by the root.
    const error = Tracking.error(steps) / (formula * Math.sqrt(1 - 1 / perWeek)) - 1;
    expect(Math.abs(error)).toBeLessThan(3 * 0.5 * Math.sqrt(14 / weeks));
  });
});

describe('a band of ±5 points around one half at 80 % volatility', () => {
  test('is left every (u + β)²/s² years and costs the turnover that follows', () => {
    // The logit of the weight is a Brownian motion, so it leaves ±u, u = logit(0.55), after u²/s² years on average
    // (Karatzas and Shreve, 1991, problem 2.8.14). Looking once an hour moves the barrier out by β = 0.5826·s·sqrt(Δ)
    // (Broadie, Glasserman and Kou, 1997).
    const [s, hour, cycles, paths] = [0.8, 1 / (365 * 24), 50, 400];
    const u = Math.log(0.55 / 0.45);
    const beta = 0.5826 * s * Math.sqrt(hour);
    const summaries = Array.from({ length: paths }, (_, path) =>
      summarise(rebalanced(Random.stream(path, 'band'), s, u, cycles)),
    );
    const rebalances = summaries.reduce((n, x) => n + x.rebalances, 0);
    const years = summaries.reduce((t, x) => t + (x.to - x.from) / Time.YEAR, 0);
    const turnover = summaries.reduce((t, x) => t + x.turnover, 0);
    expect(u ** 2 / s ** 2).toBeCloseTo(0.06291988753, 10);
    expect(rebalances).toBe(paths * cycles);
    const expected = (u + beta) ** 2 / s ** 2;
    // The exit time of a symmetric band has relative variance 2/3.
    expect(Math.abs(years / rebalances / expected - 1)).toBeLessThan(3 * Math.sqrt(2 / 3 / rebalances));
    const sold = 1 / (1 + Math.exp(-(u + beta))) - 0.5;
    expect(Math.abs(turnover / years / (sold / expected) - 1)).toBeLessThan(0.03);
    expect(Math.max(...summaries.map((x) => x.drift.max))).toBeGreaterThan(0.05);
  });
});

/** Rebalance half WETH, half USDC to target at no cost whenever the log price has moved by more than u, looking hourly. */
function rebalanced(random: Random.Random, s: number, u: number, cycles: number): Log {
  let [hours, price, ether, dollars] = [0, 1_000, WAD, 1_000_000_000n];
  const sights = [sight(0, ether, dollars, 1_000n * WAD)];
  const trades: Trade[] = [];
  const step = s * Math.sqrt(1 / (365 * 24));
  while (trades.length < cycles) {
    let x = 0;
    for (; Math.abs(x) <= u; hours++) x += step * Random.normal(random);
    price *= Math.exp(x);
    const exact = BigInt(Math.round(price * 1e9)) * 10n ** 9n;
    const seen = sight(hours * 3_600, ether, dollars, exact);
    sights.push(seen);
    const off = Amount.valueDown(ether, 18, exact) - dollars * 10n ** 12n;
    const moved = Amount.atomsDown((off < 0n ? -off : off) / 2n, 18, exact);
    const paid = Amount.valueDown(moved, 18, exact) / 10n ** 12n;
    const [sell, buy, sold, received] =
      off > 0n ? (['weth', 'usdc', moved, paid] as const) : (['usdc', 'weth', paid, moved] as const);
    trades.push({ ...trade(seen.at, sold, received, received), run: `c${trades.length}`, sell, buy });
    ether += off > 0n ? -moved : moved;
    dollars += off > 0n ? paid : -paid;
  }
  return log(sights, { trades, rebalances: trades.length });
}
