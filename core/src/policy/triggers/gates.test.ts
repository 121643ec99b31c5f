// Triggers that look at what flowed, what was lost and what the world outside says.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mulDivDown, ONE } from '../../money/Fixed.ts';
import type { Lending } from '../../market/Lending.ts';
import type { Past } from '../../portfolio/Past.ts';
import * as Portfolio from '../../portfolio/Portfolio.ts';
import type { Snapshot } from '../../portfolio/Snapshot.ts';
import * as Sample from '../../Sample.ts';
import { due } from '../due.ts';
import type { Trigger } from '../Trigger.ts';
import type { Finding } from './Finding.ts';

const sample = Sample.snapshot();
const nothing: Past = { peak: 100n * ONE, flows: [], soldToday: 0n, failures: 0 };

function find(trigger: Trigger, change: Partial<Snapshot> = {}): Finding {
  const snapshot = { ...sample, ...change };
  return due(trigger, [], { snapshot, portfolio: Portfolio.of(snapshot) });
}

describe('a cron line', () => {
  const trigger: Trigger = { kind: 'cron', expression: '0 9 * * mon-fri' };
  const at = (text: string) => Date.parse(text) / 1_000;
  const on = (now: string, last?: string, own = trigger) =>
    find(own, { at: at(now), ...(last === undefined ? {} : { lastRebalanceAt: at(last) }) });

  test('is due once a moment, and those missed while away count as one', () => {
    expect(on('2024-03-05T09:00:00Z', '2024-03-04T09:05:00Z').kind).toBe('due');
    expect(on('2024-03-05T09:10:00Z', '2024-03-05T09:05:00Z')).toEqual({
      kind: 'quiet',
      why: '"0 9 * * mon-fri" comes in 24 h',
    });
    expect(on('2024-03-15T09:30:00Z', '2024-03-04T09:05:00Z')).toEqual({
      kind: 'due',
      why: '"0 9 * * mon-fri" came 30 min ago; the last one 11 d ago',
    });
    expect(on('2024-03-15T09:40:00Z', '2024-03-15T09:35:00Z').kind).toBe('quiet');
  });

  test('is due at once where nothing was rebalanced before, unless it counts from later', () => {
    expect(on('2024-03-05T12:00:00Z').kind).toBe('due');
    const later: Trigger = { kind: 'cron', expression: '0 9 * * *', from: at('2024-03-05T10:00:00Z') };
    expect(on('2024-03-05T12:00:00Z', undefined, later)).toEqual({ kind: 'quiet', why: '"0 9 * * *" comes in 21 h' });
    expect(on('2024-03-01T12:00:00Z', undefined, later)).toEqual({ kind: 'quiet', why: '"0 9 * * *" comes in 5 d' });
    expect(on('2024-03-06T09:00:00Z', undefined, later).kind).toBe('due');
  });

  test('can have a clock ahead of UTC or behind it, which is never put forward or back', () => {
    const ahead: Trigger = { kind: 'cron', expression: '0 9 * * *', offset: 2 * 3_600 };
    expect(on('2024-03-05T07:00:00Z', '2024-03-05T06:59:59Z', ahead).kind).toBe('due');
    expect(on('2024-07-05T06:59:59Z', '2024-07-05T00:00:00Z', ahead).kind).toBe('quiet');
    const behind: Trigger = { kind: 'cron', expression: '0 23 * * *', offset: -5 * 3_600 };
    expect(on('2024-03-05T04:00:00Z', '2024-03-05T03:59:00Z', behind).kind).toBe('due');
  });
});

describe('a drawdown', () => {
  test('counts a share’s fall from its peak, rounded up, from the threshold on', () => {
    // The sample's share is worth $100.
    const at = (peak: bigint, min: number) => find({ kind: 'drawdown', min }, { past: { ...nothing, peak } });
    expect(at(125n * ONE, 2_000).kind).toBe('due');
    expect(at(125n * ONE, 2_001)).toEqual({
      kind: 'quiet',
      why: 'a share is worth 20 % less than at its peak; a fall of 20.01 % is waited for',
    });
    expect(at(50n * ONE, 1).kind).toBe('quiet');
  });

  test('is blind without a past or a share, and quiet before a first peak', () => {
    const trigger: Trigger = { kind: 'drawdown', min: 1_000 };
    expect(find(trigger).kind).toBe('blind');
    expect(find(trigger, { past: { ...nothing, peak: 0n } }).kind).toBe('quiet');
    expect(find(trigger, { past: nothing, custody: { ...sample.custody, supply: 0n } }).kind).toBe('blind');
  });
});

describe('a flow', () => {
  const flowed = (usdc: bigint, weth = 0n) => ({
    past: {
      ...nothing,
      flows: [
        { asset: 'usdc', atoms: usdc },
        { asset: 'weth', atoms: weth },
      ],
    },
  });
  const trigger = (direction: 'in' | 'out' | 'either'): Trigger => ({ kind: 'flow', direction, min: 500 });

  test('counts what came in less what went out, in its direction', () => {
    const [enough, little] = [5_000_000_000n, 4_999_999_999n];
    expect(find(trigger('in'), flowed(enough)).kind).toBe('due');
    expect(find(trigger('in'), flowed(little)).kind).toBe('quiet');
    expect(find(trigger('in'), flowed(-enough)).kind).toBe('quiet');
    expect(find(trigger('out'), flowed(-enough)).kind).toBe('due');
    expect(find(trigger('out'), flowed(enough)).kind).toBe('quiet');
    expect(find(trigger('either'), flowed(-enough)).kind).toBe('due');
    // Five thousand dollars in and two ETH, worth four, out: a thousand net.
    expect(find(trigger('either'), flowed(enough, -2n * ONE))).toEqual({
      kind: 'quiet',
      why: '$1,000 went in since the last rebalance, 1 % of the portfolio; 5 % either way is waited for',
    });
    expect(find(trigger('in')).kind).toBe('blind');
  });
});

describe('claims', () => {
  const claimed = (weth: bigint) => ({ claims: [{ asset: 'weth', atoms: weth }] });
  const trigger: Trigger = { kind: 'claims', min: 1_000n * ONE };

  test('must be bought for as far as holdings do not cover them', () => {
    expect(find(trigger)).toEqual({ kind: 'quiet', why: 'nothing is claimed' });
    expect(find(trigger, claimed(30n * ONE))).toEqual({ kind: 'quiet', why: 'all that is claimed is in hand' });
    expect(find(trigger, claimed(31n * ONE))).toEqual({ kind: 'due', why: 'claims are short of $2,000 of WETH' });
    const short = find({ kind: 'claims', min: 3_000n * ONE }, claimed(31n * ONE));
    expect(short).toEqual({ kind: 'quiet', why: 'claims are short of $2,000 of WETH; $3,000 is waited for' });
  });
});

describe('a signal', () => {
  const trigger: Trigger = { kind: 'signal', id: 'fear', above: 10, below: 20, maxAge: 600 };
  const says = (value: number, age = 0) => ({ signals: [{ id: 'fear', value, at: sample.at - age }] });

  test('is followed between its bounds', () => {
    expect(find(trigger, says(15))).toEqual({ kind: 'due', why: 'the signal fear is 15, above 10 and below 20' });
    for (const value of [10, 20, 5, 25]) expect(find(trigger, says(value)).kind).toBe('quiet');
    expect(find({ kind: 'signal', id: 'fear', above: 10, maxAge: 600 }, says(1e9)).kind).toBe('due');
  });

  test('is not followed where it is missing, too old, from the future or no number', () => {
    expect(find(trigger, { signals: [{ id: 'greed', value: 15, at: sample.at }] }).kind).toBe('blind');
    expect(find(trigger).kind).toBe('blind');
    for (const age of [601, -1, NaN]) expect(find(trigger, says(15, age)).kind).toBe('blind');
    for (const value of [NaN, Infinity]) expect(find(trigger, says(value)).kind).toBe('blind');
  });
});

describe('a utilisation gate', () => {
  const trigger: Trigger = { kind: 'utilisation', market: 'pool', min: 2_000, max: 9_000 };
  const pool = (supplied: bigint, borrowed: bigint): Lending => ({
    kind: 'lending',
    id: 'pool',
    assets: ['usdc', 'ausdc'],
    supplied,
    borrowed,
    receipts: { kind: 'index', index: 10n ** 27n },
    curve: { kind: 'adaptive-curve', rateAtTarget: 1n, fee: 0n },
  });
  const lent = (supplied: bigint, borrowed: bigint) =>
    find(trigger, { markets: [...sample.markets, pool(supplied, borrowed)] });

  test('is open between its bounds, and says when it is closed', () => {
    expect(lent(1_000n, 900n).kind).toBe('due');
    expect(lent(1_000n, 200n).kind).toBe('due');
    expect(lent(1_000n, 901n)).toEqual({
      kind: 'quiet',
      why: 'closed: 90.1 % of pool is lent out; open from 20.0 % to 90.0 %',
    });
    expect(lent(1_000n, 199n).kind).toBe('quiet');
    expect(lent(0n, 0n).kind).toBe('quiet');
  });

  test('is blind without the pool, and to a pool that lends nothing', () => {
    expect(find(trigger).kind).toBe('blind');
    const [swap] = sample.markets;
    expect(find({ ...trigger, market: swap?.id ?? '' }).kind).toBe('blind');
  });
});

describe('a depth gate', () => {
  // Only the constant-product pool: the first x dollars into a side of X lose 0.3 % and then x/(X + x).
  const product = sample.markets.filter(({ kind }) => kind === 'constant-product');
  const gate = (within: number, dollars: number): Trigger => ({
    kind: 'depth',
    asset: 'weth',
    within,
    min: mulDivDown(BigInt(Math.round(dollars * 100)), ONE, 100n),
  });

  test('opens where the pools take enough within the loss, by the closed form of a product pool', () => {
    fc.assert(
      fc.property(fc.integer({ min: 31, max: 2_000 }), (within) => {
        // 1 − 0.997·X/(X + 0.997x) = loss
        const depth = (10_000_000 / 0.997) * (0.997 / (1 - within / 10_000) - 1);
        expect(find(gate(within, depth * 0.9999), { markets: product }).kind).toBe('due');
        expect(find(gate(within, depth * 1.0001), { markets: product }).kind).toBe('quiet');
      }),
    );
  });

  test('never opens within less than the fee, and adds up its pools', () => {
    expect(find(gate(30, 1), { markets: product }).kind).toBe('quiet');
    expect(find(gate(50, 30_000), { markets: product }).kind).toBe('quiet');
    expect(find(gate(50, 30_000)).kind).toBe('due');
    expect(find(gate(50, 30_000), { markets: [] })).toEqual({
      kind: 'quiet',
      why: 'closed: $0.00 of WETH can be sold within 0.5 %; open from $30,000',
    });
  });

  test('is blind to an asset that the portfolio does not have', () => {
    expect(find({ kind: 'depth', asset: 'dai', within: 50, min: ONE }).kind).toBe('blind');
  });
});
