import {
  chooseMarkets,
  cycleTrade,
  FixedPoint,
  Market,
  Purpose,
  relaxRouting,
  selectMarkets,
  solveRouting,
  splitTrade,
  type Network,
  type Offer,
} from '@trimtab/core';
import type { Case } from './Probe.ts';
import { list, matrix, number, numbers, record, text } from './read.ts';
import { readNetwork, readRebalance } from './readNetwork.ts';
import * as Planned from './Planned.ts';

/** The small solver and the program of many markets: both answer each case. */
const SOLVERS = [solveRouting, Planned.solve];

export const section6: { readonly [id: string]: Case } = {
  'S6.1': ({ inputs, tolerance, equal }) => {
    const [hops, tendered] = [matrix(inputs['pools']).map(hopOf), number(inputs['T'])];
    const near = { rel: tolerance(/rel (\S+)/) };
    const { sold, bought, marginal } = splitTrade(hops, tendered);
    equal('', { x: sold, out: bought, marginal }, near);
    const markets = hops.map((hop) => poolBetween(hop, 0, 1));
    const { value, prices, trades } = Planned.solve({ tokens: 2, markets }, Purpose.liquidate([tendered, 0], 1));
    equal('', { x: trades.map(([one = NaN]) => -one), out: value, marginal: prices[0] }, near);
  },

  'S6.2': ({ inputs, tolerance, equal }) => {
    const hops = matrix(inputs['hops']).map(hopOf);
    const near = { rel: tolerance(/rel (\S+)/) };
    equal('', cycleTrade(hops), near);
    const tokens = hops.length;
    const markets = hops.map((hop, place) => poolBetween(hop, place, (place + 1) % tokens));
    const { value, trades } = Planned.solve({ tokens, markets }, Purpose.liquidate([0, 0, 0], 0));
    equal('', { input: -(trades[0]?.[0] ?? NaN), profit: value }, near);
  },

  'S6.3': ({ inputs, tolerance, equal }) => {
    for (const solve of SOLVERS) {
      const { value, net } = solve(readNetwork(inputs), Purpose.arbitrage(numbers(inputs['market_value'])));
      equal('', { total_value: value, psi: net }, { rel: tolerance(/rel (\S+)/) });
    }
  },

  'S6.4': ({ inputs, tolerance, equal }) => {
    const purpose = Purpose.liquidate(numbers(inputs['basket']), number(inputs['into']));
    for (const solve of SOLVERS) {
      equal('received', solve(readNetwork(inputs), purpose).value, { rel: tolerance(/rel (\S+)/) });
    }
  },

  'S6.5': ({ inputs, tolerance, equal }) => {
    const network = readNetwork(inputs);
    for (const tendered of numbers(inputs['t'])) {
      const basket = Array<number>(network.tokens).fill(0).with(number(inputs['sell']), tendered);
      for (const solve of SOLVERS) {
        const { value } = solve(network, Purpose.liquidate(basket, number(inputs['into'])));
        equal(`t${tendered}`, value, { rel: tolerance(/rel (\S+)/) });
      }
    }
  },

  'S6.6': ({ inputs, tolerance, equal, holds }) => {
    for (const solve of SOLVERS) {
      const { value, prices, net, gap } = solve(readNetwork(inputs), readRebalance(inputs));
      equal('U', value, { abs: tolerance(/U abs (\S+)/) });
      const rel = tolerance(/psi rel (\S+)/);
      equal('nu', prices, { rel });
      equal('psi', net, { rel });
      holds('primal = dual', gap <= 1e-9 * value);
    }
  },

  'S6.7': ({ inputs, tolerance, equal, holds }) => {
    const network = readNetwork(inputs);
    for (const gas of numbers(inputs['gas'])) {
      const fixed = network.markets.map(() => gas);
      const { used, routing } = selectMarkets(network, readRebalance(inputs), fixed);
      equal(`g${gas}/U`, routing.value, { abs: tolerance(/abs (\S+)/) });
      equal(`g${gas}/pools`, used, 'exact');
      holds('the choice is exact', routing.gap <= 1e-9 * routing.value);
      const { value, gap, trades } = chooseMarkets(
        network.tokens,
        offersOf(network, gas),
        Planned.goalOf(readRebalance(inputs)),
      );
      equal(`g${gas}/U`, value, { abs: tolerance(/abs (\S+)/) });
      equal(
        `g${gas}/pools`,
        [...trades.keys()].filter((market) => trades[market] !== undefined),
        'exact',
      );
      holds('the choice is proved', gap <= 1e-8 * value);
    }
  },

  'S6.8': ({ inputs, tolerance, equal, holds }) => {
    const network = readNetwork(inputs);
    for (const gas of numbers(inputs['gas'])) {
      const fixed = network.markets.map(() => gas);
      const { bound } = relaxRouting(network, readRebalance(inputs), fixed);
      equal(`g${gas}`, bound, { abs: tolerance(/abs (\S+)/) });
      const blurred = Planned.boundOfShares(network, readRebalance(inputs), fixed);
      equal(`g${gas}`, blurred, { abs: tolerance(/abs (\S+)/) });
      const best = selectMarkets(network, readRebalance(inputs), fixed).routing.value;
      holds('the bounds are some', Math.min(bound, blurred) >= best - 1e-12 * best);
    }
  },

  'S6.9': (probe) => {
    const near = { rel: probe.tolerance(/rel (\S+)/) };
    for (const row of list(probe.inputs['rows']).map(record)) {
      const [zero = NaN, one = NaN] = numbers(row['values']);
      const trade = Market.arb(poolOf(row), { A: zero, B: one });
      const changes = trade === undefined ? {} : Market.changes(trade);
      const got = ['A', 'B'].map((asset) => (changes[asset] ?? NaN) / 1e18);
      const name = text(row['name']);
      probe.equal(`${name}/0`, (got[0] ?? NaN) * zero + (got[1] ?? NaN) * one, near);
      probe.equal(`${name}/1`, got, near);
    }
  },

  'S6.10': ({ inputs, tolerance, equal }) => {
    for (const solve of SOLVERS) {
      const { prices, net, trades } = solve(readNetwork(inputs), Purpose.arbitrage(numbers(inputs['prices'])));
      equal('', { nu: prices, psi: net, trades }, { abs: tolerance(/abs (\S+)/) });
    }
  },

  'S6.11': ({ inputs, tolerance, equal }) => {
    const purpose = Purpose.liquidate(numbers(inputs['basket']), number(inputs['into']));
    for (const solve of SOLVERS) {
      const { value, prices, trades } = solve(readNetwork(inputs), purpose);
      equal('', { received: value, nu: prices, trades }, { abs: tolerance(/abs (\S+)/) });
    }
  },
};

function offersOf({ markets }: Network, fixed: number): readonly Offer[] {
  return markets.map((market) => ({ alternatives: [Planned.modelOf(market)], fixed }));
}

function hopOf([sold = NaN, bought = NaN, fee = NaN]: readonly number[]) {
  return { sold, bought, fee };
}

function poolBetween({ sold, bought, fee }: ReturnType<typeof hopOf>, one: number, other: number) {
  return { kind: 'constant-product', tokens: [one, other], reserves: [sold, bought], fee } as const;
}

function poolOf(row: { readonly [name: string]: unknown }): Market {
  const [x = 0n, y = 0n] = numbers(row['reserves']).map(atoms);
  const pair = { id: text(row['name']), assets: ['A', 'B'], reserves: [x, y] } as const;
  const fee = number(row['fee']);
  if (!('weights' in row)) return { ...pair, kind: 'constant-product', feePpm: fee * 1e6 };
  return { ...pair, kind: 'weighted', weights: numbers(row['weights']).map(atoms), scales: [1n, 1n], fee: atoms(fee) };
}

/** What is printed has at most nine decimals: the rest of the eighteen are zeros. */
function atoms(amount: number): bigint {
  return FixedPoint.parse(amount.toFixed(9), 18);
}
