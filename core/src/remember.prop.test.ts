import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Decision } from './Decision.ts';
import { decide } from './decide.ts';
import { ONE } from './money/Fixed.ts';
import type { Strategy } from './policy/Strategy.ts';
import type { PriceReading, Snapshot } from './portfolio/Snapshot.ts';
import { remember, type Memory, type Told } from './remember.ts';
import * as Sample from './Sample.ts';

const HOUR = 3_600;
const QUIET: Strategy = { ...Sample.STRATEGY, when: { kind: 'band' } };
const sample = Sample.snapshot();
const assets = sample.holdings.map(({ asset }) => asset);

function holding(atoms: readonly bigint[], at: number): Snapshot {
  return { ...sample, at, holdings: assets.map((asset, index) => ({ asset, atoms: atoms[index] ?? 0n })) };
}

function all(told: readonly Told[], from?: Memory): Memory | undefined {
  return told.reduce<Memory | undefined>(remember, from);
}

const atoms = fc.bigInt({ min: 0n, max: 10n ** 24n });
const step = fc.record({
  holdings: fc.tuple(atoms, atoms, atoms),
  after: fc.integer({ min: 1, max: 20 * HOUR }),
  /** Whether prices are as young as the strategy wants them. */
  fresh: fc.boolean(),
  seen: fc.boolean(),
  outcome: fc.constantFrom('none', 'done', 'abandoned'),
  sold: fc.bigInt({ min: 0n, max: 10n ** 24n }),
  moved: fc.tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.bigInt({ min: 0n, max: 10n ** 20n })),
});

/** Make a journal of looks, decisions and closings, in order. */
const journal = fc.array(step, { minLength: 1, maxLength: 12 }).map((steps) => {
  let at = sample.at;
  return steps.flatMap(({ holdings, after, fresh, seen, outcome, sold, moved }): readonly Told[] => {
    at += after;
    const prices = sample.prices.map((one) => ({ ...one, at: fresh ? at : one.at - 4_000 }));
    const snapshot = { ...holding(holdings, at), prices };
    const looked: Told[] = [
      { kind: 'seen', snapshot },
      { kind: 'decided', decision: decide(seen ? snapshot : { ...snapshot, prices: [] }, QUIET) },
    ];
    if (outcome === 'none') return looked;
    const fills = moved.map((one, index) => ({ asset: assets[index] ?? '', atoms: one }));
    return [...looked, { kind: 'closed', at, outcome, sold, moved: fills }];
  });
});

describe('a memory', () => {
  test('is the same whether a journal is lived through or replayed, from its start or from any point', () => {
    fc.assert(
      fc.property(journal, fc.nat(), (told, cut) => {
        const place = cut % (told.length + 1);
        const stopped = structuredClone(all(told.slice(0, place)));
        expect(all(told.slice(place), stopped)).toEqual(all(structuredClone(told)));
      }),
    );
  });

  test('knows a peak that never falls and is the best value of a share seen at prices that can be trusted', () => {
    fc.assert(
      fc.property(journal, (told) => {
        let memory: Memory | undefined;
        let best = 0n;
        for (const one of told) {
          memory = remember(memory, one);
          if (one.kind === 'decided' && one.decision.doubts === undefined) {
            const share = (one.decision.value * ONE) / sample.custody.supply;
            best = share > best ? share : best;
          }
          expect(memory.past.peak).toBe(best);
        }
      }),
    );
  });

  test('explains every atom: what is there now is what was there first, what flowed since and what fills moved', () => {
    fc.assert(
      fc.property(journal, (told) => {
        const bare = told.map((one): Told => (one.kind === 'closed' ? { ...one, outcome: 'abandoned' } : one));
        // The closings that no look has followed have moved what is not seen yet.
        const last = bare.findLastIndex(({ kind }) => kind === 'seen');
        const seen = bare.slice(0, last + 1);
        const flows = new Map((all(seen)?.past.flows ?? []).map(({ asset, atoms: net }) => [asset, net]));
        const looks = seen.flatMap((one) => (one.kind === 'seen' ? [one.snapshot] : []));
        for (const [index, asset] of assets.entries()) {
          const moved = seen.flatMap((one) => (one.kind === 'closed' ? one.moved : []));
          const net = moved.reduce((sum, flow) => (flow.asset === asset ? sum + flow.atoms : sum), 0n);
          const first = looks[0]?.holdings[index]?.atoms ?? 0n;
          expect(first + (flows.get(asset) ?? 0n) + net).toBe(looks.at(-1)?.holdings[index]?.atoms);
        }
      }),
    );
  });

  test('sums the sales of the last day, and counts the failures since the last success', () => {
    fc.assert(
      fc.property(journal, (told) => {
        const last = told.findLast((one) => one.kind === 'seen');
        const before = told.slice(0, told.findLastIndex(({ kind }) => kind === 'seen') + 1);
        const closed = before.flatMap((one) => (one.kind === 'closed' ? [one] : []));
        const past = all(before)?.past;
        const now = last?.kind === 'seen' ? last.snapshot.at : NaN;
        const today = closed.filter(({ at }) => at > now - 24 * HOUR);
        expect(past?.soldToday).toBe(today.reduce((sum, { sold }) => sum + sold, 0n));
        const success = closed.findLastIndex(({ outcome }) => outcome === 'done');
        expect(past?.failures).toBe(closed.length - 1 - success);
      }),
    );
  });
});

describe('what a memory is told', () => {
  const [weth = 0n, wbtc = 0n, usdc = 0n] = sample.holdings.map((one) => one.atoms);

  test('a deposit is a flow until a rebalance is done; one that was given up leaves it', () => {
    const told: Told[] = [
      { kind: 'seen', snapshot: sample },
      { kind: 'seen', snapshot: holding([weth, wbtc, usdc + 5n], sample.at + 1) },
    ];
    const close = { kind: 'closed', at: sample.at + 2, sold: 0n, moved: [] } as const;
    const flows = (last: readonly Told[]) => all([...told, ...last])?.past.flows;
    expect(flows([])).toEqual([{ asset: 'usdc', atoms: 5n }]);
    expect(flows([{ ...close, outcome: 'abandoned' }])).toEqual([{ asset: 'usdc', atoms: 5n }]);
    expect(flows([{ ...close, outcome: 'done' }])).toEqual([]);
  });

  test('liquidity that is provided is still there, and what it is taken back for is no inflow', () => {
    const parts = [
      { asset: 'weth', atoms: 5n },
      { asset: 'usdc', atoms: 9n },
    ];
    const staked = {
      ...holding([weth - 5n, wbtc, usdc - 9n], sample.at + 1),
      stakes: [{ id: '1', market: 'pool', parts }],
    };
    const looks = [sample, staked, holding([weth, wbtc, usdc + 1n], sample.at + 2)];
    const flows = looks.map(
      (_, index) => all(looks.slice(0, index + 1).map((snapshot) => ({ kind: 'seen', snapshot })))?.past.flows,
    );
    // What the fees of the pool added has come in.
    expect(flows).toEqual([[], [], [{ asset: 'usdc', atoms: 1n }]]);
  });

  test('what is claimed has gone when it is asked for, and not again when it is paid', () => {
    const asked: Snapshot = { ...sample, claims: [{ asset: 'usdc', atoms: 7n }] };
    const paid = holding([weth, wbtc, usdc - 7n], sample.at + 1);
    const past = all([sample, asked, paid].map((snapshot) => ({ kind: 'seen', snapshot })))?.past;
    expect(past?.flows).toEqual([{ asset: 'usdc', atoms: -7n }]);
  });

  test('what triggers ask for is kept until a decision that sees says otherwise', () => {
    const decided = (decision: Decision): Told => ({ kind: 'decided', decision });
    const hold = decide(sample, Sample.STRATEGY);
    const memory = all([decided({ ...hold, keep: { outsideSince: 5, spreadSince: 6 } })]);
    expect(memory?.past).toMatchObject({ outsideSince: 5, spreadSince: 6 });
    const blind = decide({ ...sample, prices: [] }, Sample.STRATEGY);
    expect(all([decided(blind)], memory)?.past).toMatchObject({ outsideSince: 5, spreadSince: 6 });
    const cleared = all([decided(hold)], memory)?.past;
    expect(cleared).not.toHaveProperty('outsideSince');
    expect(cleared).not.toHaveProperty('spreadSince');
  });

  const risen = Sample.snapshot(Sample.LINES.map((line) => ({ ...line, price: line.price.replace('2000', '9000') })));
  const second = { ...sample.prices.at(-1), asset: 'weth', source: 'other', price: 2_000n * ONE } as PriceReading;
  const old = risen.prices.map((one) => ({ ...one, at: one.at - one.heartbeat - 61 }));
  const few = Sample.snapshot(Sample.LINES.map((line) => ({ ...line, tokens: line.tokens.replace('30', '20') })));
  const apart = Sample.reprice(few, 'weth', 2_030n * ONE);
  const peakAfter = (snapshot: Snapshot, strategy: Strategy) =>
    all([
      { kind: 'seen', snapshot },
      { kind: 'decided', decision: decide(snapshot, strategy) },
    ])?.past.peak;

  test.each([
    ['a hold behind an old price', { ...risen, prices: old }, QUIET],
    ['a hold behind sources that disagree', { ...risen, prices: [...risen.prices, second] }, QUIET],
    ['a plan refused for an old price', { ...risen, prices: old }, Sample.STRATEGY],
    ['a plan refused for pools that disagree', apart, Sample.STRATEGY],
  ] as const)('%s makes no peak', (_, snapshot, strategy) => {
    const decision = decide(snapshot, strategy);
    expect(decision.value).toBeGreaterThan(0n);
    expect(decision.doubts?.length).toBeGreaterThan(0);
    expect(peakAfter(snapshot, strategy)).toBe(0n);
  });

  test('a plan refused for what it costs makes a peak: nobody doubts its prices', () => {
    const strategy: Strategy = { ...Sample.STRATEGY, within: [{ kind: 'turnover', max: 1 }] };
    expect(decide(risen, strategy).kind).toBe('refuse');
    expect(peakAfter(risen, strategy)).toBe(310n * ONE);
  });

  test('a person who has looked can start the peak, or the count of failures, anew', () => {
    const close = { kind: 'closed', at: sample.at + 2, sold: 0n, moved: [], outcome: 'abandoned' } as const;
    const memory = all([
      { kind: 'seen', snapshot: risen },
      { kind: 'decided', decision: decide(risen, QUIET) },
      close,
      close,
    ]);
    expect(memory?.past).toMatchObject({ peak: 310n * ONE, failures: 2 });
    expect(all([{ kind: 'reset', of: 'failures' }], memory)?.past).toMatchObject({ peak: 310n * ONE, failures: 0 });
    const anew = all([{ kind: 'reset', of: 'peak' }], memory);
    expect(anew?.past).toMatchObject({ peak: 0n, failures: 2 });
    expect(all([{ kind: 'decided', decision: decide(sample, QUIET) }], anew)?.past.peak).toBe(100n * ONE);
  });
});

describe('from an empty memory', () => {
  const band = { kind: 'band', absolute: 200 } as const;
  const off = Sample.snapshot(Sample.LINES.map((line) => ({ ...line, price: line.price.replace('2000', '1500') })));
  const protection = { multiplier: 3, cap: 1, risky: { weth: 0.5, wbtc: 0.5 }, safe: { usdc: 1 } };
  const kinds: readonly (readonly [string, Partial<Strategy>])[] = [
    ['tipp', { toward: { kind: 'tipp', keep: 0.8, ...protection } }],
    ['a drawdown trigger', { when: { kind: 'any', of: [band, { kind: 'drawdown', min: 1_000 }] } }],
    ['a drawdown limit', { within: [{ kind: 'drawdown', max: 1_000 }] }],
    ['a failures limit', { within: [{ kind: 'failures', max: 2 }] }],
    ['a daily limit', { within: [{ kind: 'notional', perDay: 10n ** 6n * ONE }] }],
    ['a flow trigger', { when: { kind: 'any', of: [band, { kind: 'flow', direction: 'either', min: 100 }] } }],
    ['flow-first', { landing: 'flow-first' }],
    ['hysteresis', { when: { kind: 'hysteresis', outer: band, inner: { kind: 'band', absolute: 100 } } }],
    ['a spread', { when: { kind: 'spread', when: band, window: 600, slices: 3 } }],
  ];

  test.each(kinds)('%s acts at its first look, and has a past from then on', (_, change) => {
    const strategy: Strategy = { ...Sample.STRATEGY, within: [], ...change };
    const seen = remember(undefined, { kind: 'seen', snapshot: off });
    const decision = decide({ ...off, past: seen.past }, strategy);
    expect(decision.kind).toBe('act');
    expect(remember(seen, { kind: 'decided', decision }).past.peak).toBe(85n * ONE);
  });
});
