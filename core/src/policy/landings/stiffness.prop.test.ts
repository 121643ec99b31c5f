// Landings that leave it to the plan how far to go: it stops where a further trade would cost what it gains.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide } from '../../decide.ts';
import type { Decision } from '../../Decision.ts';
import { ONE } from '../../money/Fixed.ts';
import type { Plan } from '../../plan/Plan.ts';
import type { Outlook } from '../../portfolio/Outlook.ts';
import * as Portfolio from '../../portfolio/Portfolio.ts';
import type { Snapshot } from '../../portfolio/Snapshot.ts';
import * as Sample from '../../Sample.ts';
import { StrategyError } from '../Field.ts';
import type { Landing } from '../Landing.ts';
import * as Risk from './Risk.ts';
import { parse } from '../parse.ts';
import type { Strategy } from '../Strategy.ts';

const sample = Sample.snapshot();

/** Rebalance whatever is a basis point off, with nothing in the way. */
function strategyOf(landing: Landing, weights: Readonly<Record<string, number>>): Strategy {
  return {
    when: { kind: 'band', absolute: 1 },
    toward: { kind: 'fixed', weights },
    landing,
    trading: { minNotional: 0n, slippage: 50, lifetime: 120, sending: 'private' },
    within: [],
  };
}

function planOf(decision: Decision): Plan {
  if (decision.kind !== 'act') throw new Error(`it was to act: ${decision.kind}, ${decision.why}`);
  return decision.plan;
}

// Two assets and a pool so deep that size costs next to nothing: a dollar sold costs its fee.
function twoOf(tokens: number, fee: number): Snapshot {
  const lines = [
    { symbol: 'ETH', decimals: 18, price: '1', tokens: tokens.toFixed(0) },
    { symbol: 'USD', decimals: 18, price: '1', tokens: (100_000 - tokens).toFixed(0) },
  ];
  const plain = Sample.snapshot(lines, 10n ** 13n * ONE);
  const markets = plain.markets.flatMap((one) =>
    one.kind === 'constant-product' ? [{ ...one, feePpm: Math.round(fee * 1e6) }] : [],
  );
  return { ...plain, markets, gas: { ...plain.gas, price: 0n } };
}

describe('a penalty', () => {
  // So soft that it stops before what was the target before costs, below which nothing is sold, and by more than dust.
  const kappa = fc.integer({ min: 1, max: 3 });
  const fee = fc.constantFrom(0.003, 0.01);

  test('stops where what is sold and what is bought are k/κ apart in how far they are off target', () => {
    fc.assert(
      fc.property(fc.integer({ min: 55_000, max: 65_000 }), kappa, fee, (tokens, stiff, cost) => {
        const snapshot = twoOf(tokens, cost);
        const targets = { eth: 0.5, usd: 0.5 };
        const plan = planOf(decide(snapshot, strategyOf({ kind: 'penalty', kappa: stiff }, targets)));
        const after = Portfolio.of(Sample.settle(snapshot, plan));
        const [eth, usd] = after.positions.map((position) => Portfolio.weight(after, position) - 0.5);
        // The fee is paid in what is bought, and counts for what that counts for: up to a part in fifty, at fees of a percent.
        expect((((eth ?? NaN) - (usd ?? NaN)) * stiff) / cost).toBeGreaterThan(0.98);
        expect((((eth ?? NaN) - (usd ?? NaN)) * stiff) / cost).toBeLessThan(1.03);
      }),
      { numRuns: 30 },
    );
  });

  test('trades nothing that is nearer than that', () => {
    fc.assert(
      fc.property(kappa, fee, fc.double({ min: 0.05, max: 0.95, noNaN: true }), (stiff, cost, part) => {
        const off = (part * cost) / (2 * stiff);
        fc.pre(off > 1.1e-4);
        const decision = decide(
          twoOf(50_000 + Math.round(off * 100_000), cost),
          strategyOf({ kind: 'penalty', kappa: stiff }, { eth: 0.5, usd: 0.5 }),
        );
        expect(decision).toMatchObject({
          kind: 'hold',
          why: expect.stringMatching(/^due, but nothing is worth trading/),
        });
      }),
      { numRuns: 30 },
    );
  });

  test('trades more the stiffer it is', () => {
    fc.assert(
      fc.property(kappa, kappa, (one, other) => {
        const turnover = (stiff: number): bigint =>
          planOf(decide(sample, strategyOf({ kind: 'penalty', kappa: stiff }, { weth: 0.4, wbtc: 0.3, usdc: 0.3 })))
            .turnover;
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        // To a dollar: fills are certain to a millionth of the portfolio.
        expect(turnover(less) <= turnover(more) + ONE).toBe(true);
      }),
      { numRuns: 15 },
    );
  });
});

describe('risk', () => {
  const assets = sample.assets.map(({ id }) => id);
  const outlookOf = (correlation: number): Outlook => ({
    at: sample.at,
    assets,
    covariance: [
      [0.36, 0.36 * correlation, 0],
      [0.36 * correlation, 0.36, 0],
      [0, 0, 0],
    ],
  });
  const landing = (change: Partial<Risk.Risk> = {}): Risk.Risk => ({
    kind: 'risk',
    riskAversion: 10,
    proportional: 30,
    cash: 'usdc',
    maxAge: 600,
    ...change,
  });
  const targets = { weth: 0.55, wbtc: 0.35, usdc: 0.1 };
  const decideAt = (
    outlook: Outlook | undefined,
    land: Landing = landing(),
    weights: Readonly<Record<string, number>> = targets,
  ) => decide({ ...sample, ...(outlook === undefined ? {} : { outlook }) }, strategyOf(land, weights));
  const turnover = (decision: Decision): bigint => (decision.kind === 'act' ? decision.plan.turnover : 0n);

  test('leaves more of what two assets that move together are off against each other than of what they are off alike', () => {
    /** Hold so much of A and B, want 40 % and 30 %, and say how far A is off in the end. */
    const offAfter = (correlation: number, a: string, b: string, usdc: string): number => {
      const lines = Object.entries({ WETH: a, WBTC: b, USDC: usdc }).map(([symbol, tokens]) => ({
        symbol,
        decimals: 18,
        price: '1',
        tokens,
      }));
      const snapshot = { ...Sample.snapshot(lines), outlook: outlookOf(correlation) };
      const strategy = strategyOf(landing({ riskAversion: 2 }), { weth: 0.4, wbtc: 0.3, usdc: 0.3 });
      const after = Portfolio.of(Sample.settle(snapshot, planOf(decide(snapshot, strategy))));
      return after.positions.map((position) => Portfolio.weight(after, position) - 0.4)[0] ?? NaN;
    };
    const ratios = [0, 0.3, 0.6, 0.9].map(
      (correlation) =>
        offAfter(correlation, '50000', '20000', '30000') / offAfter(correlation, '50000', '40000', '10000'),
    );
    for (const [index, ratio] of ratios.entries()) expect(ratio).toBeGreaterThan(ratios[index - 1] ?? 0);
    expect(ratios.at(-1)).toBeGreaterThan(1.5);
  });

  test('stops where an asset against cash is off by its cost as a share of what being off counts for', () => {
    const aversion = fc.integer({ min: 1, max: 20 });
    const variance = fc.double({ min: 0.1, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 80_000, max: 95_000 }), aversion, variance, (tokens, riskAversion, own) => {
        const covariance = [
          [own, 0],
          [0, 0],
        ];
        const plain = twoOf(tokens, 0.003);
        const two = { ...plain, outlook: { at: plain.at, assets: ['eth', 'usd'], covariance } };
        const land = landing({ riskAversion, cash: 'usd' });
        const decision = decide(two, strategyOf(land, { eth: 0.5, usd: 0.5 }));
        const after = Portfolio.of(Sample.settle(two, planOf(decision)));
        const [eth] = after.positions.map((position) => Portfolio.weight(after, position) - 0.5);
        const norm = Risk.norm(land, decision.drift, { snapshot: two, portfolio: Portfolio.of(two) });
        const counts = norm instanceof Map ? norm.get('eth')?.get('eth') : undefined;
        const share = ((eth ?? NaN) * (counts ?? NaN)) / 0.003;
        expect(share).toBeGreaterThan(0.97);
        expect(share).toBeLessThan(1.03);
      }),
      { numRuns: 20 },
    );
  });

  test('trades more the more risk is feared, and goes further in where the markets take less than was said', () => {
    const towards = { weth: 0.45, wbtc: 0.3, usdc: 0.25 };
    const traded = (change: Partial<Risk.Risk>): bigint => turnover(decideAt(outlookOf(0.3), landing(change), towards));
    for (const by of [1, 2, 5]) {
      expect(traded({ riskAversion: 2 * by })).toBeGreaterThan(traded({ riskAversion: by }));
      expect(traded({ proportional: 40 * by })).toBeGreaterThan(traded({ proportional: 20 * by }));
    }
  });

  test('is blind without an outlook, with one that is too old, and with one that is no covariance', () => {
    const broken = {
      ...outlookOf(0),
      covariance: [
        [1, 2, 0],
        [2, 1, 0],
        [0, 0, 0],
      ],
    };
    const old = { ...outlookOf(0), at: sample.at - 601 };
    for (const outlook of [undefined, old, broken]) {
      const decision = decideAt(outlook);
      expect(decision).toMatchObject({ kind: 'refuse', refusals: [{ limit: 'inputs' }] });
    }
    expect(decideAt({ ...old, at: sample.at - 600 }).kind).toBe('act');
  });
});

describe('a strategy', () => {
  const good = Sample.STRATEGY;
  const risk = { kind: 'risk', riskAversion: 2, proportional: 30, cash: 'usdc', maxAge: 600 };

  test.each([{ kind: 'penalty', kappa: 1e-6 }, { kind: 'penalty', kappa: 1e6 }, risk])(
    'may land by $kind',
    (landing) => {
      expect(parse({ ...good, landing })).toEqual({ ...good, landing });
    },
  );

  test('may say how long a deposit is to earn, and how its trades are sent', () => {
    for (const sending of ['public', 'private']) {
      const strategy = { ...good, trading: { ...good.trading, horizon: 86_400, sending } };
      expect(parse(strategy)).toEqual(strategy);
    }
    const { sending: _, ...plain } = good.trading;
    expect(parse({ ...good, trading: plain }).trading).toEqual(plain);
  });

  test.each<[string, object]>([
    ['landing.kind', { landing: { kind: 'soft' } }],
    ['landing.kappa', { landing: { kind: 'penalty' } }],
    ['landing.kappa', { landing: { kind: 'penalty', kappa: 0 } }],
    ['landing.kappa', { landing: { kind: 'penalty', kappa: Number.NaN } }],
    ['landing.kappa', { landing: { kind: 'penalty', kappa: '1' } }],
    ['landing.kappa', { landing: { kind: 'penalty', kappa: 1e7 } }],
    ['landing.norm', { landing: { kind: 'penalty', kappa: 1, norm: [] } }],
    ['landing.riskAversion', { landing: { ...risk, riskAversion: 0 } }],
    ['landing.riskAversion', { landing: { ...risk, riskAversion: Infinity } }],
    ['landing.proportional', { landing: { ...risk, proportional: 0 } }],
    ['landing.proportional', { landing: { ...risk, proportional: 5_001 } }],
    ['landing.cash', { landing: { ...risk, cash: '' } }],
    ['landing.cash', { landing: { ...risk, cash: 7 } }],
    ['landing.horizon', { landing: { ...risk, horizon: 1 } }],
    ['landing.maxAge', { landing: { ...risk, maxAge: -1 } }],
    ['landing.maxAge', { landing: { kind: 'risk', riskAversion: 2, proportional: 30, cash: 'usdc' } }],
    ['landing.__proto__', { landing: JSON.parse('{"kind": "penalty", "kappa": 1, "__proto__": {}}') }],
    ['trading.horizon', { trading: { ...good.trading, horizon: 0 } }],
    ['trading.horizon', { trading: { ...good.trading, horizon: '1 d' } }],
    ['trading.sending', { trading: { ...good.trading, sending: 'secret' } }],
    ['trading.sending', { trading: { ...good.trading, sending: true } }],
  ])('is refused that says nonsense at %s', (path, change) => {
    const read = () => parse({ ...good, ...change });
    expect(read).toThrow(StrategyError);
    expect(read).toThrow(expect.objectContaining({ path }));
  });
});
