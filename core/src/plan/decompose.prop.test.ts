import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decompose, edgesOf, type Edge, type Way } from './decompose.ts';

const PRICES = Array.from({ length: 9 }, () => 1);

/** Ways drawn first, and the flow that they make together: tokens are numbered so that ways only lead upwards, so no circles. */
const flow = fc
  .array(
    fc.record({
      stops: fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { maxLength: 3 }),
      sell: fc.constantFrom(0, 1),
      amount: fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((drawn) => {
    const net = new Float64Array(9);
    const carried = new Map<string, { from: number; to: number; given: number; got: number }>();
    for (const { stops, sell, amount } of drawn) {
      const inner = stops.filter((stop) => stop > 1).toSorted((a, b) => a - b);
      const way = [sell, ...inner, 7 + (inner.length % 2)];
      let left = amount;
      net[sell] = (net[sell] ?? 0) - amount;
      for (const [hop, from] of way.slice(0, -1).entries()) {
        const to = way[hop + 1] ?? 0;
        const rate = 0.5 + ((from * 7 + to * 3) % 5) / 4;
        const edge = carried.get(`${from}>${to}`) ?? { from, to, given: 0, got: 0 };
        edge.given += left;
        edge.got += left * rate;
        carried.set(`${from}>${to}`, edge);
        left *= rate;
        if (hop === way.length - 2) net[to] = (net[to] ?? 0) + left;
      }
    }
    return { net, edges: [...carried.values()].map((edge, market): Edge => ({ market, ...edge })) };
  });

function end(edges: readonly Edge[], { sold, edges: places }: Way): number {
  return places.reduce((amount, place) => (amount * (edges[place]?.got ?? 0)) / (edges[place]?.given ?? 1), sold);
}

describe('a flow without circles', () => {
  test('comes apart into ways that sell and buy all of it, each edge for what it carries', () => {
    fc.assert(
      fc.property(flow, ({ net, edges }) => {
        const ways = decompose(edges, net, PRICES);
        const moved = new Float64Array(net.length);
        const used = new Float64Array(edges.length);
        for (const way of ways) {
          moved[way.sell] = (moved[way.sell] ?? 0) - way.sold;
          moved[way.buy] = (moved[way.buy] ?? 0) + end(edges, way);
          let amount = way.sold;
          for (const place of way.edges) {
            used[place] = (used[place] ?? 0) + amount;
            amount *= (edges[place]?.got ?? 0) / (edges[place]?.given ?? 1);
          }
        }
        for (const [token, amount] of net.entries()) {
          expect(Math.abs((moved[token] ?? 0) - amount)).toBeLessThanOrEqual(1e-7 * (1 + Math.abs(amount)));
        }
        for (const [place, { given }] of edges.entries()) {
          expect(Math.abs((used[place] ?? 0) - given)).toBeLessThanOrEqual(1e-7 * (1 + given));
        }
        expect(ways.length).toBeLessThanOrEqual(edges.length + net.length);
      }),
    );
  });

  test('gives ways that join up, from a token that is sold to one that is bought', () => {
    fc.assert(
      fc.property(flow, ({ net, edges }) => {
        for (const { sell, buy, sold, edges: places } of decompose(edges, net, PRICES)) {
          expect(sold).toBeGreaterThan(0);
          expect(net[sell]).toBeLessThan(0);
          expect(net[buy]).toBeGreaterThan(0);
          let at = sell;
          for (const place of places) {
            expect(edges[place]?.from).toBe(at);
            at = edges[place]?.to ?? -1;
          }
          expect(at).toBe(buy);
        }
      }),
    );
  });
});

describe('a circle', () => {
  const round: readonly Edge[] = [
    { market: 0, from: 0, to: 1, given: 5, got: 5 },
    { market: 1, from: 1, to: 2, given: 5, got: 6 },
    { market: 2, from: 2, to: 0, given: 6, got: 5.5 },
  ];

  test('that nothing is sold into is left out', () => {
    expect(decompose(round, Float64Array.of(0.5, 0, 0), PRICES)).toEqual([]);
  });

  test('beside a way leaves the way as it is', () => {
    const edges = [
      ...round,
      { market: 3, from: 1, to: 3, given: 10, got: 20 },
      { market: 4, from: 4, to: 1, given: 8, got: 10 },
    ];
    const ways = decompose(edges, Float64Array.of(0.5, 0, 0, 20, -8), PRICES);
    expect(ways).toHaveLength(1);
    expect(ways[0]).toMatchObject({ sell: 4, buy: 3, edges: [4, 3] });
    expect(ways[0]?.sold).toBeCloseTo(8, 9);
  });
});

describe('a trade of many tokens', () => {
  test('is as many edges as what is paid and got have pairs, and they add up to it', () => {
    const edges = edgesOf(7, [3, 1, 4], [-10, 2, 6], [1, 3, 1, 1.2, 1]);
    expect(edges.map(({ market, from, to }) => [market, from, to])).toEqual([
      [7, 3, 1],
      [7, 3, 4],
    ]);
    expect(edges.reduce((sum, { given }) => sum + given, 0)).toBeCloseTo(10, 12);
    expect(edges.map(({ got }) => got)).toEqual([2, 6]);
    // Half of what is got is worth the six of one, half the six of the other: each takes half of what is paid.
    expect(edges[0]?.given).toBeCloseTo(5, 12);
  });

  test('of nothing is none', () => {
    expect(edgesOf(0, [0, 1], [0, 0], [1, 1])).toEqual([]);
  });

  test('is gone through once: a way that would come back to it is a circle', () => {
    const part = fc.double({ min: 0.1, max: 10, noNaN: true });
    fc.assert(
      fc.property(part, part, part, part, (sold, got, passed, more) => {
        const prices = [1, 1, 1, 1];
        // One market takes 0 and 2 and gives 1 and 3; another turns some of the 1 back into 2.
        const edges = [
          ...edgesOf(0, [0, 1, 2, 3], [-sold, got + passed, -passed, more], prices),
          ...edgesOf(1, [1, 2], [-passed, passed], prices),
        ];
        const ways = decompose(edges, Float64Array.of(-sold, got, 0, more), prices);
        expect(ways.length).toBeGreaterThan(0);
        for (const way of ways) {
          const markets = way.edges.map((place) => edges[place]?.market);
          expect(new Set(markets).size).toBe(markets.length);
        }
      }),
    );
  });
});
