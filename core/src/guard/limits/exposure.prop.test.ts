import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ONE } from '../../money/Fixed.ts';
import type { Plan, Route, Swap } from '../../plan/Plan.ts';
import * as Portfolio from '../../portfolio/Portfolio.ts';
import type { Stake } from '../../portfolio/Stake.ts';
import * as Sample from '../../Sample.ts';
import type * as Case from '../Case.ts';
import { exposure } from './exposure.ts';

const proof = { objective: 0, idle: 0, bound: 0, gap: 0, gapBps: 0, looks: 0, solves: 0, shadows: [] };
const free = { fee: 0n, impact: 0n, gas: 0n, bridge: 0n, mev: 0n };
const sample = Sample.snapshot();

/** Sell WETH at $2,000 for USDC at $1, so that nothing is lost, along these routes. */
function swapOf(routes: readonly Route[]): Swap {
  const sold = routes.reduce((sum, route) => sum + route.sold, 0n);
  const expected = (sold * 2_000n) / 10n ** 12n;
  return {
    kind: 'swap',
    sell: 'weth',
    buy: 'usdc',
    sold,
    expected,
    floor: expected,
    routes,
    deadline: sample.at,
    cost: free,
    why: '',
  };
}

function caseOf(steps: readonly Swap[], stakes: readonly Stake[] = []): Case.Case {
  const snapshot = { ...sample, stakes };
  const portfolio = Portfolio.of(snapshot);
  const { value } = portfolio;
  const plan: Plan = { why: '', steps, skips: [], passed: [], cost: free, turnover: 0n, value, proof };
  return { snapshot, portfolio, targets: {}, plan };
}

function weighs(judged: Case.Case, assets: readonly string[], markets: readonly string[], max: number): boolean {
  return exposure({ kind: 'exposure', name: 'group', assets, markets, max }, judged).length > 0;
}

/** Send whole tokens of WETH through these markets, one after another. */
const through = (tokens: number, ...markets: string[]): Route => ({
  markets,
  through: markets.slice(1).map(() => 'usdc'),
  sold: BigInt(tokens) * ONE,
  expected: BigInt(tokens) * 2_000n * 10n ** 6n,
});

const whole = fc.integer({ min: 0, max: 40 });

describe('the exposure to a group', () => {
  test('is its assets after the plan and the other parts of stakes in its markets, over the whole', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), whole, whole, whole, (sold, ether, dollars, elsewhere) => {
        const parts = (tokens: number, usd: number) => [
          { asset: 'weth', atoms: BigInt(tokens) * ONE },
          { asset: 'usdc', atoms: BigInt(usd) * 1_000n * 10n ** 6n },
        ];
        const judged = caseOf(
          [swapOf([through(sold, 'a')])],
          [
            { id: '1', market: 'pool', parts: parts(ether, dollars) },
            { id: '2', market: 'other', parts: parts(elsewhere, 0) },
          ],
        );
        // In thousands of dollars. USDC of a stake is in the position of USDC already.
        const value = 100 + 2 * ether + dollars + 2 * elsewhere;
        const heavy = (held: number, markets: readonly string[], assets: readonly string[] = ['usdc']) => {
          const share = Math.ceil((held * 10_000) / value);
          expect(weighs(judged, assets, markets, share)).toBe(false);
          expect(weighs(judged, assets, markets, share - 1)).toBe(true);
        };
        const usdc = 10 + 2 * sold + dollars;
        heavy(usdc, []);
        heavy(usdc + 2 * ether, ['pool']);
        heavy(usdc + 2 * ether + 2 * elsewhere, ['pool', 'other']);
      }),
    );
  });

  test('counts what goes through any of its markets, wherever on the way', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), whole, (one, two, three) => {
        const judged = caseOf([swapOf([through(one, 'a', 'b'), through(two, 'b')]), swapOf([through(three, 'c')])]);
        const passes = (tokens: number, ...markets: string[]) => {
          expect(weighs(judged, [], markets, 200 * tokens)).toBe(false);
          expect(tokens === 0 || weighs(judged, [], markets, 200 * tokens - 1)).toBe(true);
        };
        passes(one, 'a');
        passes(one + two, 'b');
        passes(one + two, 'a', 'b');
        passes(three, 'c');
        passes(one + three, 'c', 'a');
        passes(0, 'd');
      }),
    );
  });

  test('is refused only where the plan adds to it', () => {
    const judged = caseOf([swapOf([through(5, 'a')])]);
    expect(weighs(judged, ['usdc'], [], 0)).toBe(true);
    expect(weighs(judged, ['weth'], [], 0)).toBe(false);
    expect(weighs(judged, ['wbtc'], [], 0)).toBe(false);
    expect(weighs(judged, ['weth', 'usdc'], [], 0)).toBe(false);
  });
});
