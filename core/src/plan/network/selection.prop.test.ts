import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cycleTrade } from './cycleTrade.ts';
import type * as Network from './Network.ts';
import * as Purpose from './Purpose.ts';
import { selectMarkets } from './selectMarkets.ts';
import { relaxRouting, solveRouting } from './solveRouting.ts';
import { splitTrade, type Pool } from './splitTrade.ts';

const logarithmic = (low: number, high: number) =>
  fc.double({ min: Math.log(low), max: Math.log(high), noNaN: true }).map(Math.exp);
const runs = { numRuns: 40, endOnFailure: true };
const fee = fc.constantFrom(0, 0.003, 0.01);
const pool = fc.record({ sold: logarithmic(1e3, 1e6), bought: logarithmic(1e3, 1e6), fee });
const cost = logarithmic(1e-3, 1e3);

/** Pools between the same two tokens, so that any choice of them is a network. */
function parallel(pools: readonly Pool[]): Network.Network {
  const markets = pools.map((one): Network.Market => ({
    kind: 'constant-product',
    tokens: [0, 1],
    reserves: [one.sold, one.bought],
    fee: one.fee,
  }));
  return { tokens: 2, markets };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('a choice of markets', () => {
  test('of a few is the best of all choices', () => {
    const pools = fc.array(fc.tuple(pool, cost), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(pools, logarithmic(1, 1e5), (drawn, amount) => {
        const network = parallel(drawn.map(([one]) => one));
        const fixed = drawn.map(([, one]) => one);
        const purpose = Purpose.liquidate([amount, 0], 1);
        const { used, routing } = selectMarkets(network, purpose, fixed);
        const choices = Array.from({ length: 2 ** drawn.length - 1 }, (_, choice) =>
          drawn.flatMap((_one, index) => (((choice + 1) >> index) % 2 === 1 ? [index] : [])),
        );
        const values = choices.map((choice) => {
          const markets = choice.map((index) => network.markets[index]!);
          return solveRouting({ tokens: 2, markets }, purpose).value - sum(choice.map((index) => fixed[index]!));
        });
        const best = Math.max(0, ...values);
        expect(Math.abs(routing.value - best)).toBeLessThanOrEqual(1e-8 * (1 + best));
        expect(routing.gap).toBeGreaterThanOrEqual(0);
        expect(routing.bound).toBeGreaterThanOrEqual(best - 1e-8 * (1 + best));
        const paid = sum(used.map((index) => fixed[index]!));
        expect(Math.abs(Purpose.worth(purpose, routing.net) - paid - routing.value)).toBeLessThanOrEqual(
          1e-9 * (1 + best),
        );
      }),
      runs,
    );
  });

  test('of many is worth no less than any one of them or all, and no more than the relaxed bound', () => {
    const pools = fc.array(fc.tuple(pool, cost), { minLength: 13, maxLength: 15 });
    fc.assert(
      fc.property(pools, logarithmic(1, 1e5), (drawn, amount) => {
        const network = parallel(drawn.map(([one]) => one));
        const fixed = drawn.map(([, one]) => one);
        const purpose = Purpose.liquidate([amount, 0], 1);
        const { routing } = selectMarkets(network, purpose, fixed);
        expect(routing.gap).toBeGreaterThanOrEqual(0);
        expect(routing.bound).toBeLessThanOrEqual(Math.max(routing.value, relaxRouting(network, purpose, fixed).bound));
        const all = solveRouting(network, purpose).value - sum(fixed);
        expect(routing.value).toBeGreaterThanOrEqual(Math.max(0, all) * (1 - 1e-9));
      }),
      { ...runs, numRuns: 10 },
    );
  });

  test('is worth no more the dearer its markets are to use', () => {
    const pools = fc.array(fc.tuple(pool, cost), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(pools, logarithmic(1, 1e5), (drawn, amount) => {
        const network = parallel(drawn.map(([one]) => one));
        const purpose = Purpose.liquidate([amount, 0], 1);
        const [cheap, dear] = [1, 2].map((times) =>
          selectMarkets(
            network,
            purpose,
            drawn.map(([, one]) => times * one),
          ),
        );
        expect(dear!.routing.value).toBeLessThanOrEqual(cheap!.routing.value * (1 + 1e-9) + 1e-9);
      }),
      runs,
    );
  });
});

describe('closed forms', () => {
  test('sharing a trade among parallel pools is what the network does, where the pools agree', () => {
    const depths = fc.array(fc.tuple(logarithmic(1e3, 1e6), fee), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(depths, logarithmic(1, 1e6), logarithmic(0.1, 10), (drawn, amount, price) => {
        const pools = drawn.map(([depth, share]) => ({ sold: depth, bought: depth * price, fee: share }));
        const split = splitTrade(pools, amount);
        expect(Math.abs(sum(split.sold) / amount - 1)).toBeLessThan(1e-9);
        const { value, net } = solveRouting(parallel(pools), Purpose.liquidate([amount, 0], 1));
        expect(Math.abs(value / split.bought - 1)).toBeLessThan(1e-9);
        expect(Math.abs(net[0]! / amount + 1)).toBeLessThan(1e-9);
      }),
      runs,
    );
  });

  test('a round through pools is the best one, and never more than the network finds', () => {
    fc.assert(
      fc.property(fc.array(pool, { minLength: 2, maxLength: 6 }), logarithmic(0.01, 100), (pools, factor) => {
        const { input, profit } = cycleTrade(pools);
        const through = (amount: number) =>
          pools.reduce((carried, one) => {
            const effective = (1 - one.fee) * carried;
            return (one.bought * effective) / (one.sold + effective);
          }, amount);
        expect(Math.abs(through(input) - input - profit)).toBeLessThanOrEqual(1e-9 * input);
        const other = factor * (input + 1e-3);
        expect(through(other) - other).toBeLessThanOrEqual(profit + 1e-9 * other);
        const size = pools.length;
        const markets = pools.map((one, index): Network.Market => ({
          kind: 'constant-product',
          tokens: [index, (index + 1) % size],
          reserves: [one.sold, one.bought],
          fee: one.fee,
        }));
        const values = pools.map((_, index) => (index === 0 ? 1 : 0));
        const convert = { kind: 'convert', holdings: pools.map(() => 0), values } as const;
        expect(solveRouting({ tokens: size, markets }, convert).bound).toBeGreaterThanOrEqual(profit * (1 - 1e-9));
      }),
      runs,
    );
  });
});
