import { Cost } from '@trimtab/core';
import type { Desk, Turn } from '@trimtab/engine';
import { describe, expect, test } from 'vitest';
import * as Lines from './Lines.ts';

const desk: Desk = {
  lease: { portfolio: 'p', holder: 'h', epoch: 1 },
  mode: 'LIVE',
  cycle: 0,
  strategy: {
    when: { kind: 'calendar', every: 60, from: 0 },
    toward: { kind: 'fixed', weights: { a: 1 } },
    landing: 'target',
    trading: { minNotional: 0n, slippage: 30, lifetime: 600 },
    within: [],
  },
};
const refusal = { limit: 'turnover', was: '12 %', allowed: '1 %', fix: 'raise it' };
const refused: Turn = {
  kind: 'decided',
  desk,
  decision: {
    kind: 'refuse',
    value: 1n,
    drift: [],
    intent: { kind: 'hold', why: '' },
    trigger: 'due',
    why: 'turnover: 12 %; allowed: 1 %',
    refusals: [refusal],
  },
};

/** Tell these turns at one moment each. */
function tell(...turns: readonly Turn[]): readonly string[] {
  const narrate = Lines.narrator([]);
  return turns.flatMap((turn, at) => narrate(turn, 'LIVE', at));
}

describe('the lines of a cycle', () => {
  test.each(['waiting', 'halted'] as const)('tell a run that is %s once for each reason', (kind) => {
    const because = (why: string): Turn => ({ kind, why, desk });
    const told = tell(because('gas'), because('gas'), because('block'), because('block'), refused, because('block'));
    expect(told.filter((line) => / (?:waits|HALTED): /.test(line)).map((line) => line.split(': ')[1])).toEqual([
      'gas',
      'block',
      'block',
    ]);
  });

  test('tell why a plan is refused once', () => {
    const told = tell(refused).join('\n');
    expect(told.split('12 %')).toHaveLength(2);
    expect(told).toContain('turnover: was 12 %, allowed 1 %; raise it');
  });

  test('tell a trade in slices once, with what somebody may gain by it', () => {
    const told = [0n, 12n * 10n ** 17n].map((attacker) => tell(acting(attacker)).join('\n'));
    expect(told[0]).toContain('    sell 1 A for about 2 B, 3 times, one a block; nobody gains by trading around them');
    expect(told[1]).toContain('; somebody may gain $1.20 by trading around them');
    for (const text of told) expect(text.split('sell 1 A')).toHaveLength(2);
  });
});

/** Decide to act on a trade in three slices. */
function acting(attacker: bigint): Turn {
  const swap = {
    kind: 'swap',
    sell: 'a',
    buy: 'b',
    sold: 1n,
    expected: 2n,
    floor: 2n,
    routes: [],
    deadline: 1,
    cost: Cost.NONE,
    why: 'sell 1 A for about 2 B',
  } as const;
  const steps = [1, 2, 3].map((slice) => ({ ...swap, guarded: { slice, of: 3, tolerance: 30, attacker, why: '' } }));
  const proof = { objective: 1, idle: 0, bound: 1, gap: 0, gapBps: 0, looks: 1, solves: 1, shadows: [] };
  const plan = { why: '', steps, skips: [], passed: [], cost: Cost.NONE, turnover: 3n, value: 9n, proof };
  const intent = { kind: 'move', why: '', weights: {} } as const;
  const decision = { kind: 'act', value: 9n, drift: [], intent, plan, trigger: 'due', why: 'due' } as const;
  return { kind: 'decided', desk, decision };
}
