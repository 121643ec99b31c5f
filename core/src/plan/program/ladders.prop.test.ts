// Laws of markets whose price steps: what they answer is their best, a search through them ends with a proof, and nothing depends on order.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sum } from '../../forecast/Numbers.ts';
import { NetworkError, solveRouting } from '../network/index.ts';
import type * as Goal from './Goal.ts';
import type { Ladder, Rung } from './Ladders.ts';
import * as Program from './Program.ts';
import { solveProgram } from './solveProgram.ts';

const TOKENS = 3;
const PRICES = [1, 2_000, 0.3];
const priceOf = (token: number) => PRICES[token] ?? NaN;
const SEARCH = { gap: 1e-9, looks: 500 };

const steps = fc.array(fc.record({ worse: fc.integer({ min: 1, max: 30 }), size: fc.integer({ min: 1, max: 90 }) }), {
  maxLength: 6,
});
const pair = fc.shuffledSubarray([0, 1, 2], { minLength: 2, maxLength: 2 }).map(([a = 0, b = 1]) => [a, b] as const);

/** Books about the prices, of many depths, one-sided ones among them. */
const ladder: fc.Arbitrary<Ladder> = fc
  .record({
    pair,
    falls: steps,
    rises: steps,
    off: fc.integer({ min: -30, max: 30 }),
    depth: fc.integer({ min: 1, max: 4 }),
  })
  .filter(({ falls, rises }) => falls.length + rises.length > 0)
  .map(({ pair: [one, other], falls, rises, off, depth }) => {
    const middle = (priceOf(one) / priceOf(other)) * (1 + off / 1e4);
    const rungs = (of: typeof falls, rate: number, price: number): readonly Rung[] =>
      of.map(({ size }, index) => ({
        rate: rate * (1 - sum(of.slice(0, index + 1).map(({ worse }) => worse)) / 1e4),
        most: (size * 10 ** depth) / price,
      }));
    return {
      kind: 'ladder',
      tokens: [one, other],
      falls: rungs(falls, middle, priceOf(one)),
      rises: rungs(rises, 1 / middle, priceOf(other)),
    };
  });
const ladders = fc.array(ladder, { minLength: 1, maxLength: 6 });
/** Pools that lead from any token to any other, so that none is worth less than nothing. */
const ways: readonly Program.Model[] = [0, 1].map((token) => ({
  kind: 'constant-product',
  tokens: [token, token + 1],
  reserves: [1e6 / priceOf(token), 1e6 / priceOf(token + 1)],
  fee: 0.003,
}));

const held = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: TOKENS, maxLength: TOKENS });
const goal: fc.Arbitrary<Goal.Goal> = fc
  .record({ kind: fc.constantFrom('rebalance', 'convert'), held, kappa: fc.constantFrom(1, 10) })
  .map(({ kind, held: parts, kappa }) => {
    const holdings = parts.map((part, token) => (part * 100) / priceOf(token));
    if (kind === 'convert')
      return { kind, holdings, values: PRICES.map((price, token) => (token === 0 ? price : 0)), prices: PRICES };
    return { kind: 'rebalance', holdings, prices: PRICES, weights: [0.3, 0.5, 0.2], kappa };
  });

/** What a gap is measured by: what is held or gained. */
function worthOf(of: Goal.Goal, bound: number): number {
  const holdings = of.kind === 'convert' || of.kind === 'rebalance' ? of.holdings : [];
  return Math.max(bound, sum(holdings.map((amount, token) => amount * priceOf(token))));
}

describe('an answer', () => {
  const near = fc.array(fc.double({ min: -0.02, max: 0.02, noNaN: true }), { minLength: TOKENS, maxLength: TOKENS });
  test('gains more at its own prices than any answer to other prices would', () => {
    fc.assert(
      fc.property(ladder, near, near, (model, offOne, offOther) => {
        const program = Program.of(TOKENS, [model]);
        const at = (offs: readonly number[]) => Float64Array.from(offs, (share, token) => priceOf(token) * (1 + share));
        const prices = at(offOne);
        const gain = (asked: Float64Array) => {
          const answer = Program.answer(program);
          Program.respond(program, asked, answer);
          return sum([...answer.flow].map((amount, token) => amount * (prices[token] ?? NaN)));
        };
        expect(gain(prices)).toBeGreaterThanOrEqual(-1e-9);
        expect(gain(prices)).toBeGreaterThanOrEqual(gain(at(offOther)) - 1e-9);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a search', () => {
  test('closes its gap through ladders and pools together, and states a flow that its trades add up to', () => {
    fc.assert(
      fc.property(ladders, goal, (models, wanted) => {
        const all = [...models, ...ways];
        const program = Program.of(TOKENS, all);
        const { net, answer, share, value, bound, gap } = solveProgram(program, wanted, SEARCH);
        expect(gap).toBe(Math.max(0, bound - value));
        // Books that cross by a hair close last.
        expect(gap).toBeLessThanOrEqual(1e-6 * worthOf(wanted, bound));
        const trades = all.map((_, market) => Program.trade(program, answer, market));
        for (let token = 0; token < TOKENS; token++) {
          const own = trades.flatMap((trade, market) =>
            trade.filter((__, coin) => all[market]?.tokens[coin] === token),
          );
          const size = sum(own.map(Math.abs));
          expect(Math.abs(share * sum(own) - (net[token] ?? NaN))).toBeLessThanOrEqual(1e-12 * size);
          if (wanted.kind !== 'rebalance' && wanted.kind !== 'convert') continue;
          expect((wanted.holdings[token] ?? NaN) + (net[token] ?? NaN)).toBeGreaterThanOrEqual(-1e-12 * size);
        }
        for (const [market, model] of models.entries()) expect(isAdmitted(model, trades[market] ?? [])).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  test('depends neither on the order of markets nor on what money is counted in, nor on a ladder being cut in two', () => {
    fc.assert(
      fc.property(ladders, goal, fc.constantFrom(1e-9, 1e6), (models, wanted, unit) => {
        const solve = (of: readonly Program.Model[], to: Goal.Goal) => solveProgram(Program.of(TOKENS, of), to, SEARCH);
        const one = solve([...models, ...ways], wanted);
        const within = 2e-6 * worthOf(wanted, one.bound);
        expect(Math.abs(solve([...ways, ...models.toReversed()], wanted).value - one.value)).toBeLessThanOrEqual(
          within,
        );
        expect(Math.abs(solve([...ways, ...models.flatMap(halves)], wanted).value - one.value)).toBeLessThanOrEqual(
          within,
        );
        const other = solve([...models, ...ways], counted(wanted, unit));
        expect(Math.abs(other.value / unit - one.value)).toBeLessThanOrEqual(within);
      }),
      { numRuns: 40 },
    );
  });

  test('is worth what the small program finds among constant sums, within both gaps', () => {
    const sums = fc.array(
      fc.record({ pair, depth: fc.integer({ min: 1, max: 5 }), fee: fc.constantFrom(0.0005, 0.003, 0.01) }),
      {
        minLength: 1,
        maxLength: 5,
      },
    );
    fc.assert(
      fc.property(sums, held, (pools, parts) => {
        const markets = pools.map(({ pair: tokens, depth, fee }) => {
          const reserves = [10 ** depth, 10 ** depth] as const;
          return { kind: 'constant-sum', tokens, reserves, fee } as const;
        });
        const rung = (fee: number, reserve: number) => [{ rate: 1 - fee, most: reserve / (1 - fee) }];
        const models = markets.map(({ tokens, reserves, fee }): Ladder => {
          return { kind: 'ladder', tokens, falls: rung(fee, reserves[1]), rises: rung(fee, reserves[0]) };
        });
        const tied = ways.map((way): Program.Model => ({ ...way, reserves: [1e6, 1e6] }) as Program.Model);
        const wanted: Goal.Rebalance = {
          kind: 'rebalance',
          holdings: parts,
          prices: [1, 1, 1],
          weights: [0.3, 0.5, 0.2],
          kappa: 10,
        };
        const fast = solveProgram(Program.of(TOKENS, [...models, ...tied]), wanted, SEARCH);
        const small = solveRouting({ tokens: TOKENS, markets: [...markets, ...(tied as never[])] }, wanted);
        // What the small program states is held to its own bound first.
        fc.pre(small.value <= small.bound);
        expect(fast.value).toBeLessThanOrEqual(small.bound + 1e-6);
        expect(small.value).toBeLessThanOrEqual(fast.bound + 1e-6);
      }),
      { numRuns: 60 },
    );
  });

  test('through ladders 10^12 times as deep as others, and without an end', () => {
    const book = (tokens: readonly [number, number], rate: number, most: number): Ladder => ({
      kind: 'ladder',
      tokens,
      falls: [{ rate, most }],
      rises: [{ rate: 0.999 / rate, most }],
    });
    for (const deep of [1e15, Infinity]) {
      const program = Program.of(3, [book([0, 1], 0.999, deep), book([1, 2], 0.998, 1e3), book([0, 2], 0.99, 1e3)]);
      const wanted: Goal.Rebalance = {
        kind: 'rebalance',
        holdings: [900, 60, 40],
        prices: [1, 1, 1],
        weights: [0.4, 0.3, 0.3],
        kappa: 10,
      };
      expect(solveProgram(program, wanted).closed).toBe(true);
      const sale = solveProgram(program, {
        kind: 'convert',
        holdings: [2e3, 0, 0],
        values: [0, 0, 1],
        prices: [1, 1, 1],
      });
      // The first book and the second sell 1,000 of the middle coin, the last one the rest.
      expect(Math.abs(sale.value - (0.998 * 1_000 + 0.99 * (2_000 - 1_000 / 0.999)))).toBeLessThanOrEqual(1e-6);
    }
  });
});

describe('what is refused', () => {
  const rung: Rung = { rate: 1, most: 5 };
  const of = (falls: readonly Rung[], rises: readonly Rung[] = []) =>
    Program.of(2, [{ kind: 'ladder', tokens: [0, 1], falls, rises }]);
  const cases: readonly (readonly [string, () => unknown, string])[] = [
    ['no rungs', () => of([]), 'markets[0]: no rungs'],
    ['a rate of nothing', () => of([{ ...rung, rate: 0 }]), 'markets[0].falls[0].rate: 0'],
    ['a rate that is none', () => of([], [{ ...rung, rate: NaN }]), 'markets[0].rises[0].rate: NaN'],
    ['an empty rung', () => of([{ ...rung, most: 0 }]), 'markets[0].falls[0].most: 0'],
    ['a rung after one without an end', () => of([{ ...rung, most: Infinity }, rung]), 'falls[0].most: Infinity'],
    ['rates that rise', () => of([rung, { rate: 2, most: 1 }]), 'markets[0].falls[1].rate: 2 after 1'],
    ['prices that cross', () => of([rung], [{ rate: 1.1, most: 1 }]), 'markets[0]: 1.1 back for 1'],
  ];
  test.each(cases)('%s', (_, run, named) => {
    expect(run).toThrow(NetworkError);
    expect(run).toThrow(named);
  });
});

/** Tell whether a ladder pays what a trade says that is received, for what it says that is tendered. */
function isAdmitted({ falls, rises }: Ladder, [one = NaN, other = NaN]: readonly number[]): boolean {
  const [tendered, received, rungs] = one < 0 ? [-one, other, falls] : [-other, one, rises];
  let [left, pays] = [tendered, 0];
  for (const { rate, most } of rungs) {
    const taken = Math.min(most, left);
    pays += rate * taken;
    left -= taken;
  }
  return left <= 1e-9 * Math.abs(tendered) && received <= pays * (1 + 1e-9) + 1e-12;
}

function halves(model: Ladder): readonly Ladder[] {
  const half = (rungs: readonly Rung[]) => rungs.map(({ rate, most }) => ({ rate, most: most / 2 }));
  const one = { ...model, falls: half(model.falls), rises: half(model.rises) };
  return [one, one];
}

function counted(of: Goal.Goal, unit: number): Goal.Goal {
  const more = (values: readonly number[]) => values.map((value) => value * unit);
  if (of.kind === 'rebalance') return { ...of, prices: more(of.prices) };
  if (of.kind !== 'convert') throw new Error(of.kind);
  return { ...of, values: more(of.values), prices: more(of.prices ?? of.values) };
}
