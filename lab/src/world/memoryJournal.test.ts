import { describe, expect, test } from 'vitest';
import type { Entry, Event } from '@trimtab/engine';
import { AlreadyRecorded, blank, LeaseHeld, LeaseLost, memoryJournal } from './memoryJournal.ts';

const resumed = (why: string): Event => ({ kind: 'Resumed', by: 'test', why });
const intended = (run: string, key: string): Event => ({ kind: 'StepIntended', run, step: 0, key });

function journal() {
  const clock = { at: 100, now: () => clock.at };
  return { clock, ...memoryJournal(blank(), clock) };
}

describe('the journal in memory', () => {
  test('numbers and chains entries of each portfolio without a gap', async () => {
    const { lease, append, read } = journal();
    const [a, b] = [await lease('a', 'me', 60), await lease('b', 'me', 60)];
    await append(a, [resumed('1'), resumed('2')]);
    await append(b, [resumed('3')]);
    await append(a, [resumed('4')]);
    const entries = await read({ portfolio: 'a' });
    expect(entries.map((e) => e.seq)).toEqual([1, 2, 3]);
    expect(new Set(entries.map((e) => e.hash)).size).toBe(3);
    expect((await read({ portfolio: 'b' })).map((e) => e.seq)).toEqual([1]);
  });

  test('gives one holder the lease until it runs out or is let go, and fences the one before', async () => {
    const { clock, lease, append, release, renew } = journal();
    const first = await lease('a', 'one', 60);
    await expect(lease('a', 'two', 60)).rejects.toThrow(LeaseHeld);
    clock.at += 50;
    await renew(first, 60);
    clock.at += 50;
    await expect(lease('a', 'two', 60)).rejects.toThrow(LeaseHeld);
    clock.at += 10;
    const second = await lease('a', 'two', 60);
    expect(second.epoch).toBeGreaterThan(first.epoch);
    await expect(append(first, [resumed('late')])).rejects.toThrow(LeaseLost);
    await expect(renew(first, 60)).rejects.toThrow(LeaseLost);
    await release(second);
    await expect(append(second, [resumed('after letting go')])).rejects.toThrow(LeaseLost);
    await expect(lease('a', 'one', 60)).resolves.toMatchObject({ holder: 'one' });
  });

  test('records an intention once, and all of an append or nothing', async () => {
    const { lease, append, read } = journal();
    const held = await lease('a', 'me', 60);
    await append(held, [intended('c0', 'k0')]);
    await expect(append(held, [intended('c1', 'k1'), intended('c0', 'k0')])).rejects.toThrow(AlreadyRecorded);
    await expect(append(held, [intended('c2', 'k2'), intended('c2', 'k2')])).rejects.toThrow(AlreadyRecorded);
    expect(await read({})).toHaveLength(1);
  });

  test('reads by run, kind, place and number, oldest or newest, always ascending', async () => {
    const { lease, append, read } = journal();
    const held = await lease('a', 'me', 60);
    await append(held, [resumed('1'), intended('c0', 'k0'), resumed('2'), resumed('3')]);
    const seqs = async (query: Parameters<typeof read>[0]) => (await read(query)).map((e) => e.seq);
    expect(await seqs({ run: 'c0' })).toEqual([2]);
    expect(await seqs({ kinds: ['Resumed'], limit: 2 })).toEqual([1, 3]);
    expect(await seqs({ kinds: ['Resumed'], limit: 2, newest: 'newest' })).toEqual([3, 4]);
    expect(await seqs({ after: 2 })).toEqual([3, 4]);
    await expect(read({ limit: 0 })).rejects.toThrow(RangeError);
  });

  test('calls back after each append until told to stop', async () => {
    const { lease, append, watch } = journal();
    const held = await lease('a', 'me', 60);
    const seen: Entry[] = [];
    const stop = watch((entries) => seen.push(...entries));
    await append(held, [resumed('1'), resumed('2')]);
    stop();
    await append(held, [resumed('3')]);
    expect(seen.map((e) => e.seq)).toEqual([1, 2]);
  });
});
