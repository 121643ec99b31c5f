import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide } from '../decide.ts';
import { sumToOne } from '../money/Weight.ts';
import * as Portfolio from '../portfolio/Portfolio.ts';
import * as Sample from '../Sample.ts';
import type { Constraint } from './Constraint.ts';
import { constrain } from './constrain.ts';
import { parse } from './parse.ts';
import { StrategyError } from './Field.ts';
import type { Aim, Aimed } from './targets/Aim.ts';

const snapshot = Sample.snapshot();
const view = { snapshot, portfolio: Portfolio.of(snapshot) };
const names = ['weth', 'wbtc', 'usdc'] as const;
const NOW = { weth: 0.6, wbtc: 0.3, usdc: 0.1 };

const share = fc.double({ min: 0, max: 1, noNaN: true });
const wholes = fc
  .tuple(share, share, share)
  .filter((sizes) => sizes.some((size) => size > 1e-3))
  .map((sizes) => {
    const total = sizes.reduce((sum, size) => sum + size, 0);
    return Object.fromEntries(names.map((name, index) => [name, (sizes[index] ?? 0) / total]));
  });
const groups = fc.subarray([...names], { minLength: 1 });
const constraints = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('minimum' as const),
      weights: fc.dictionary(fc.constantFrom(...names), share, { maxKeys: 2, noNullPrototype: true }),
    }),
    fc.record({
      kind: fc.constant('maximum' as const),
      weights: fc.dictionary(fc.constantFrom(...names), share, { maxKeys: 2, noNullPrototype: true }),
    }),
    fc.record({ kind: fc.constant('group' as const), assets: groups, least: share }),
    fc.record({ kind: fc.constant('group' as const), assets: groups, most: share }),
    fc.record({ kind: fc.constant('cash' as const), assets: groups, least: share }),
    fc.record({ kind: fc.constant('turnover' as const), most: share }),
    fc.constant({ kind: 'long-only' as const }),
  ),
  { minLength: 1, maxLength: 4 },
);

const aimAt = (weights: Aimed['weights']): Aim => ({ kind: 'weights', weights });
const sold = (weights: Aimed['weights']) =>
  names.reduce((sum, name) => sum + Math.max(0, NOW[name] - (weights[name] ?? NaN)), 0);
const within = (weights: Aimed['weights'], one: Constraint, slack: number): boolean => {
  const of = (assets: readonly string[]) => assets.reduce((sum, asset) => sum + (weights[asset] ?? NaN), 0);
  switch (one.kind) {
    case 'minimum':
      return Object.entries(one.weights).every(([asset, least]) => of([asset]) >= least - slack);
    case 'maximum':
      return Object.entries(one.weights).every(([asset, most]) => of([asset]) <= most + slack);
    case 'group':
      return of(one.assets) >= (one.least ?? 0) - slack && of(one.assets) <= (one.most ?? 1) + slack;
    case 'cash':
      return of(one.assets) >= one.least - slack;
    case 'long-only':
      return Object.values(weights).every((weight) => weight >= -slack);
    case 'turnover':
      return sold(weights) <= one.most + slack;
  }
};
const away = (one: Aimed['weights'], other: Aimed['weights']) =>
  names.reduce((sum, name) => sum + ((one[name] ?? NaN) - (other[name] ?? NaN)) ** 2, 0);

describe('constrained weights', () => {
  test('keep to every constraint, sum to one, and none that keep to them are nearer', () => {
    fc.assert(
      fc.property(
        wholes,
        constraints,
        fc.array(wholes, { minLength: 20, maxLength: 20 }),
        (wanted, keeping, others) => {
          const aimed = constrain(aimAt(wanted), keeping, view);
          fc.pre(aimed.kind === 'weights');
          const { weights } = aimed;
          expect(sumToOne(Object.values(weights))).toBe(true);
          expect(keeping.filter((one) => !within(weights, one, 1e-9))).toEqual([]);
          // Also those on the way to other weights: the allowed ones are a convex set.
          const nearby = others.map((other) =>
            Object.fromEntries(names.map((name) => [name, 0.9 * (weights[name] ?? NaN) + 0.1 * (other[name] ?? NaN)])),
          );
          const allowed = [...others, ...nearby].filter((other) => keeping.every((one) => within(other, one, 1e-12)));
          const distances = allowed.map((other) => away(other, wanted));
          expect(Math.min(10, ...distances)).toBeGreaterThanOrEqual(away(weights, wanted) - 1e-9);
        },
      ),
    );
  });

  test('are left alone where they keep to everything already, and stay where they were put', () => {
    fc.assert(
      fc.property(wholes, constraints, (wanted, keeping) => {
        const aimed = constrain(aimAt(wanted), keeping, view);
        fc.pre(aimed.kind === 'weights');
        const again = constrain(aimAt(aimed.weights), keeping, view);
        expect(again.kind === 'weights' ? away(again.weights, aimed.weights) : NaN).toBeLessThan(1e-16);
        const easy = keeping.every((one) => within(wanted, one, 0));
        expect(easy ? away(aimed.weights, wanted) : 0).toBe(0);
      }),
    );
  });

  test('are refused only where no weights at all would do', () => {
    fc.assert(
      fc.property(wholes, constraints, fc.array(wholes, { minLength: 5, maxLength: 5 }), (wanted, keeping, others) => {
        fc.pre(constrain(aimAt(wanted), keeping, view).kind === 'blind');
        expect([NOW, ...others].filter((other) => keeping.every((one) => within(other, one, -1e-9)))).toEqual([]);
      }),
    );
  });

  test('that clash say which do', () => {
    const keeping: readonly Constraint[] = [
      { kind: 'minimum', weights: { weth: 0.8 } },
      { kind: 'maximum', weights: { usdc: 0.9 } },
      { kind: 'turnover', most: 0.1 },
    ];
    expect(constrain(aimAt(NOW), keeping, view)).toEqual({
      kind: 'blind',
      was: expect.stringMatching(/^these cannot all hold: (?!.*90\.0 % in USDC).*at least 80\.0 % in WETH.*/),
      allowed: 'constraints that leave some weights',
      fix: 'loosen one of them',
    });
    expect(constrain(aimAt(NOW), keeping, view)).toMatchObject({ was: expect.stringContaining('the turnover cap') });
  });

  test('a debt that the target means is left to it, unless nothing may be owed', () => {
    const owing: Aim = {
      kind: 'weights',
      weights: { weth: 1.4, wbtc: 0, usdc: -0.4 },
      owed: ['usdc'],
      why: 'leverage',
    };
    const capped = constrain(owing, [{ kind: 'maximum', weights: { weth: 1 } }], view);
    expect(capped).toMatchObject({
      why: expect.stringMatching(/^leverage; .* pp away from the target/),
      owed: ['usdc'],
    });
    expect(capped.kind === 'weights' ? capped.weights : {}).toEqual({
      weth: expect.closeTo(1, 9),
      wbtc: expect.closeTo(0.2, 9),
      usdc: expect.closeTo(-0.2, 9),
    });
    const none = constrain(owing, [{ kind: 'long-only' }], view);
    expect(none.kind === 'weights' ? none.weights : {}).toEqual({ weth: expect.closeTo(1, 9), wbtc: 0, usdc: 0 });
  });

  test('that are no numbers are refused, not moved to where they would be', () => {
    expect(constrain(aimAt({ ...NOW, weth: NaN }), [{ kind: 'long-only' }], view).kind).toBe('blind');
  });

  test('on an asset that is not in the portfolio are refused; a blind aim stays as it was', () => {
    expect(constrain(aimAt(NOW), [{ kind: 'cash', assets: ['dai'], least: 0 }], view).kind).toBe('blind');
    const blind: Aim = { kind: 'blind', was: 'a', allowed: 'b', fix: 'c' };
    expect(constrain(blind, [{ kind: 'long-only' }], view)).toBe(blind);
  });
});

describe('a strategy that keeps to constraints', () => {
  const keeping = [
    { kind: 'maximum', weights: { weth: 0.5 } },
    { kind: 'group', assets: ['weth', 'wbtc'], least: 0.1, most: 0.8 },
    { kind: 'cash', assets: ['usdc'], least: 0.2 },
    { kind: 'long-only' },
    { kind: 'turnover', most: 0.5 },
  ];

  test('goes where they allow', () => {
    const strategy = parse({ ...Sample.STRATEGY, keeping });
    expect(strategy.keeping).toEqual(keeping);
    const decision = decide(snapshot, strategy);
    const targets = Object.fromEntries(decision.drift.map(({ asset, target }) => [asset, target]));
    expect(targets).toEqual({
      weth: expect.closeTo(0.5, 9),
      wbtc: expect.closeTo(0.3, 9),
      usdc: expect.closeTo(0.2, 9),
    });
    const impossible = decide(
      snapshot,
      parse({ ...Sample.STRATEGY, keeping: [{ ...keeping[2], least: 1 }, keeping[4]] }),
    );
    expect(impossible).toMatchObject({ kind: 'refuse', why: expect.stringContaining('at least 100.0 % in USDC') });
  });

  test.each([
    ['keeping', {}],
    ['keeping[0].kind', [{ kind: 'hope' }]],
    ['keeping[0].weights.weth', [{ kind: 'minimum', weights: { weth: 1.1 } }]],
    ['keeping[0].weights.weth', [{ kind: 'maximum', weights: { weth: NaN } }]],
    ['keeping[0].weights.__proto__', [{ kind: 'maximum', weights: JSON.parse('{"__proto__": 1}') }]],
    ['keeping[0].most', [{ kind: 'group', assets: ['weth'] }]],
    ['keeping[0].assets', [{ kind: 'group', least: 0.1 }]],
    ['keeping[0].assets', [{ kind: 'cash', assets: [], least: 0.1 }]],
    ['keeping[0].assets[1]', [{ kind: 'cash', assets: ['a', 'a'], least: 0.1 }]],
    ['keeping[1].most', [{ kind: 'long-only' }, { kind: 'turnover', most: -0.1 }]],
    ['keeping[0].most', [{ kind: 'long-only', most: 1 }]],
  ])('is refused at %s', (path, own) => {
    let caught: unknown;
    try {
      parse({ ...Sample.STRATEGY, keeping: own });
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(StrategyError);
    expect((caught as StrategyError).path).toBe(path);
  });
});
