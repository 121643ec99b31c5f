// Inventory on several chains: how much to keep where, and when to move it.

import { chooseMarkets, Inventory, NoTrade, Transfer, type Crossing } from '@trimtab/core';
import type { Case } from './Probe.ts';
import { list, number, record, text } from './read.ts';
import { simulateTransit } from './simulate/transit.ts';

export const section12: { readonly [id: string]: Case } = {
  'S12.1': ({ inputs, tolerance, equal }) => {
    const { target, upper, average, cost } = Inventory.cashLimits({
      fixed: number(inputs['b']),
      holding: number(inputs['i']),
      variance: number(inputs['var']),
    });
    equal('', { z: target, upper, avg: average, cost }, { rel: tolerance(/rel (\S+)/) });
  },

  'S12.2': ({ inputs, equal }) => {
    const places = Object.keys(record(inputs['supply']));
    const supplies = places.map((place) => number(record(inputs['supply'])[place]));
    const edges = list(inputs['edges']).map(list);
    const crossings = edges.map(([from, to, rate, fixed, capacity]): Crossing => {
      const ends = { from: places.indexOf(text(from)), to: places.indexOf(text(to)) };
      return {
        ...ends,
        rate: number(rate),
        fixed: number(fixed),
        capacity: capacity === 'inf' ? Infinity : number(capacity),
      };
    });
    const { cost, flows } = Transfer.cheapest(supplies, crossings);
    const used = edges.flatMap(([from, to], index) => {
      const flow = flows[index] ?? NaN;
      return flow === 0 ? [] : [[`${text(from)}${text(to)}`, flow] as const];
    });
    equal('optimal', cost, 'exact');
    equal('flows', Object.fromEntries(used), 'exact');
    const chosen = choose(supplies, crossings);
    equal('optimal', chosen.cost, 'exact');
    equal(
      'flows',
      Object.fromEntries(
        edges.flatMap(([from, to], index) => {
          const flow = chosen.flows[index] ?? NaN;
          return flow === 0 ? [] : [[`${text(from)}${text(to)}`, flow] as const];
        }),
      ),
      'exact',
    );
    equal('lp_relaxed_all_edges', Transfer.throughAll(supplies, crossings).cost, 'exact');
  },

  'S12.3': ({ inputs, tolerance, equal }) => {
    const { trigger, landing, cost } = NoTrade.of({
      variance: number(inputs['sd']) ** 2,
      curvature: number(inputs['q']),
      proportional: number(inputs['k']),
      fixed: number(inputs['K']),
    });
    equal('', { h: trigger, b: landing, cost }, { rel: tolerance(/rel (\S+)/) });
  },

  'S12.4': ({ inputs, tolerance, equal, formula, holds }) => {
    const { sd_daily: deviation, latency_min: latency, service } = inputs;
    const days = number(latency) / (24 * 60);
    const { buffer, shortage } = Inventory.safetyStock({
      deviation: number(deviation),
      latency: days,
      service: number(service),
    });
    const rel = tolerance(/rel (\S+)/);
    equal('buffer', buffer, { rel });
    equal('expected_shortage', shortage, { rel });
    const [curvature, variance] = [2e-6, number(deviation) ** 2];
    const found = Inventory.latencyCost(curvature, variance, days);
    formula('extra_cost_per_year_formula', found, (curvature * variance * days) / 2, { rel });
    // Not expected as a number, so held to its own standard errors: what is under way costs that much.
    const excess = simulateTransit({ deviation: number(deviation), latency: days, trigger: 2_000 }, 200_000, 124);
    const [cost, error] = [(curvature * excess.value) / 2, (curvature * excess.standardError) / 2];
    holds('the simulated cost is that cost', Math.abs(cost - found) <= 3 * error);
    holds('one standard error is within a hundredth', error <= found / 100);
  },
};

/**
 * Choose among crossings as among markets: what is supplied anywhere is worth most where it is short, and what of it does not arrive is
 * the cost. Both are rounded to a millionth, far above what floats lose.
 */
function choose(
  supplies: readonly number[],
  crossings: readonly Crossing[],
): { readonly cost: number; readonly flows: readonly number[] } {
  const offers = crossings.map(({ from, to, rate, fixed, capacity }) => ({
    alternatives: [
      { kind: 'ladder', tokens: [from, to], falls: [{ rate: 1 - rate, most: capacity }], rises: [] } as const,
    ],
    fixed,
  }));
  const goal = {
    kind: 'convert',
    holdings: supplies.map((supply) => Math.max(0, supply)),
    values: supplies.map((supply) => (supply < 0 ? 1 : 0)),
    prices: supplies.map(() => 1),
  } as const;
  const { value, trades } = chooseMarkets(supplies.length, offers, goal);
  const sent = goal.holdings.reduce((total, supply) => total + supply, 0);
  const round = (amount: number) => Math.round(amount * 1e6) / 1e6;
  return { cost: round(sent - value), flows: trades.map((trade) => round(-(trade?.got[0] ?? 0)) + 0) };
}
