// What must hold of every decision: it is always made, it conserves what it moves, and dearer markets never pay.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide } from './decide.ts';
import { type Line, order, snapshotOf, strategy, targets, triggers } from './EveryKind.ts';
import { ONE } from './money/Fixed.ts';
import * as Market from './market/Market.ts';
import * as Portfolio from './portfolio/Portfolio.ts';
import type { Snapshot } from './portfolio/Snapshot.ts';
import * as Sample from './Sample.ts';

describe('a decision', () => {
  const atoms = fc.oneof(fc.constantFrom(0n, 1n, 1n << 128n), fc.bigInt(0n, 1n << 128n));
  const price = fc.oneof(fc.constantFrom(1n, ONE, 10n ** 40n), fc.bigInt(1n, 10n ** 30n));
  const asset = fc.record({ decimals: fc.constantFrom(0, 6, 8, 18, 27), atoms, price });

  test('is made of any amounts, from one atom to 2^128, at any decimals, and never thrown', () => {
    const strategies = (ids: readonly string[]) => [
      ...targets(ids).map((toward) => strategy(toward)),
      ...triggers.map((when) => strategy({ kind: 'equal-weight' }, when)),
    ];
    fc.assert(
      fc.property(fc.array(asset, { minLength: 3, maxLength: 5 }), (held) => {
        const list = held.map((): Line => ({
          decimals: 18,
          price: ONE,
          value: ONE,
          moves: [0.5, 0.1, 0.4],
          expected: 0.1,
          supply: 1_000n,
        }));
        const base = snapshotOf(list, order(held.length));
        const snapshot: Snapshot = {
          ...base,
          assets: base.assets.map((one, i) => ({ ...one, decimals: held[i]!.decimals })),
          holdings: base.holdings.map((one, i) => ({ ...one, atoms: held[i]!.atoms })),
          prices: base.prices.map((one, i) => ({ ...one, price: held[i]!.price })),
          markets: [],
        };
        for (const one of strategies(base.assets.map(({ id }) => id))) {
          const decision = decide(snapshot, one);
          expect(['hold', 'refuse']).toContain(decision.kind);
          expect(decision.why).not.toMatch(/NaN|undefined|Infinity/);
        }
      }),
    );
  });

  test('that is acted on conserves every token, and loses no more value than it said it would cost', () => {
    fc.assert(
      fc.property(fc.integer({ min: 800, max: 4_000 }), fc.integer({ min: 10_000, max: 60_000 }), (ether, bitcoin) => {
        const priced = Sample.LINES.map((one) => ({
          ...one,
          price: { WETH: `${ether}`, WBTC: `${bitcoin}` }[one.symbol] ?? one.price,
        }));
        // Of the pools only those whose reserves are stated: what a concentrated one holds is not.
        const all = Sample.snapshot(priced);
        const before = { ...all, markets: all.markets.filter(({ kind }) => kind === 'constant-product') };
        const decision = decide(before, { ...Sample.STRATEGY, within: [] });
        fc.pre(decision.kind === 'act');
        const after = Sample.settle(before, decision.plan);
        for (const { id } of before.assets) expect(total(after, id)).toBe(total(before, id));
        const lost = Portfolio.of(before).value - Portfolio.of(after).value;
        const { fee, impact } = decision.plan.cost;
        expect(lost).toBeGreaterThan(0n);
        expect(lost).toBeLessThanOrEqual(fee + impact + ONE);
      }),
    );
  });

  test('never makes more where markets charge more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 800, max: 4_000 }), fc.integer({ min: 1, max: 20 }), (ether, more) => {
        const priced = Sample.LINES.map((one) => (one.symbol === 'WETH' ? { ...one, price: `${ether}` } : one));
        const cheap = Sample.snapshot(priced);
        const dear = {
          ...cheap,
          markets: cheap.markets.filter(Market.isPool).map((one) => ({ ...one, feePpm: one.feePpm + more * 100 })),
        };
        const worth = (snapshot: Snapshot): bigint | undefined => {
          const decision = decide(snapshot, { ...Sample.STRATEGY, within: [] });
          return decision.kind === 'act' ? Portfolio.of(Sample.settle(snapshot, decision.plan)).value : undefined;
        };
        const [little, much] = [worth(dear), worth(cheap)];
        fc.pre(little !== undefined && much !== undefined);
        expect(little).toBeLessThanOrEqual(much);
      }),
    );
  });
});

/** Count the atoms of an asset that the portfolio and its pools hold together. */
function total(snapshot: Snapshot, asset: string): bigint {
  const held = snapshot.holdings.find((one) => one.asset === asset)?.atoms ?? 0n;
  return snapshot.markets.reduce((sum, market) => {
    if (market.kind !== 'constant-product') return sum;
    const side = market.assets.findIndex((id) => id === asset);
    return sum + (market.reserves[side] ?? 0n);
  }, held);
}
