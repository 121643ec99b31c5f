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
});
