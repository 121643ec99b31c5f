import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Decision } from './Decision.ts';
import { decide } from './decide.ts';
import { ONE } from './money/Fixed.ts';
import type { Strategy } from './policy/Strategy.ts';
import type { Snapshot } from './portfolio/Snapshot.ts';
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
  seen: fc.boolean(),
  outcome: fc.constantFrom('none', 'done', 'abandoned'),
  sold: fc.bigInt({ min: 0n, max: 10n ** 24n }),
  moved: fc.tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.bigInt({ min: 0n, max: 10n ** 20n })),
});

/** Make a journal of looks, decisions and closings, in order. */
const journal = fc.array(step, { minLength: 1, maxLength: 12 }).map((steps) => {
  let at = sample.at;
  return steps.flatMap(({ holdings, after, seen, outcome, sold, moved }): readonly Told[] => {
    at += after;
    const snapshot = holding(holdings, at);
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

  test('knows a peak that never falls and is the best value of a share that was not refused', () => {
    fc.assert(
      fc.property(journal, (told) => {
        let memory: Memory | undefined;
        let best = 0n;
        for (const one of told) {
          memory = remember(memory, one);
          if (one.kind === 'decided' && one.decision.kind !== 'refuse') {
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

  test('a price that a decision refused is no peak', () => {
    const strategy: Strategy = { ...Sample.STRATEGY, within: [{ kind: 'turnover', max: 1 }] };
    const snapshot = Sample.snapshot(
      Sample.LINES.map((line) => ({ ...line, price: line.price.replace('2000', '9000') })),
    );
    const memory = all([
      { kind: 'seen', snapshot },
      { kind: 'decided', decision: decide(snapshot, strategy) },
    ]);
    expect(memory?.past.peak).toBe(0n);
  });
});
