import { describe, expect, test } from 'vitest';
import type { Event } from '@trimtab/engine';
import { blank, memoryJournal } from '@trimtab/lab';
import * as Orders from './Orders.ts';

const PORTFOLIO = 'eip155:1/0xvault';
const HALT = { kind: 'Halted', by: 'ann', why: 'lunch' } as const;
const RESUME = { kind: 'Resumed', by: 'ann', why: 'fed' } as const;

/** Open a journal whose clock moves on by a second at every look. */
function journalOf() {
  let now = 1_700_000_000;
  return memoryJournal(blank(), { now: () => (now += 1) });
}

/** Be the engine: hold the portfolio's lease and journal these. */
async function obey(journal: ReturnType<typeof journalOf>, ...events: readonly Event[]): Promise<void> {
  await journal.append(await journal.lease(PORTFOLIO, 'engine', 30), events);
}

describe('an order left in the database', () => {
  test('reaches an engine that holds the lease, once and in order', async () => {
    const journal = journalOf();
    await obey(journal, RESUME);
    const inbox = await Orders.inbox(journal, PORTFOLIO);
    expect(await inbox()).toEqual([]);
    await Orders.leave(journal, PORTFOLIO, 'ann', HALT);
    await Orders.leave(journal, PORTFOLIO, 'ann', RESUME);
    expect(await inbox()).toEqual([
      { kind: 'halt', by: 'ann', why: 'lunch' },
      { kind: 'resume', by: 'ann', why: 'fed' },
    ]);
    expect(await inbox()).toEqual([]);
  });

  test('is found by the next engine if the last one never obeyed it, and not if it did', async () => {
    const journal = journalOf();
    await Orders.leave(journal, PORTFOLIO, 'ann', HALT);
    expect(await (await Orders.inbox(journal, PORTFOLIO))()).toEqual([{ kind: 'halt', by: 'ann', why: 'lunch' }]);
    await obey(journal, HALT);
    expect(await (await Orders.inbox(journal, PORTFOLIO))()).toEqual([]);
  });

  test('counts as obeyed only once the engine has journalled this very order', async () => {
    const journal = journalOf();
    await obey(journal, { ...HALT, why: 'something else' });
    await Orders.leave(journal, PORTFOLIO, 'ann', HALT);
    expect(await Orders.obeyed(journal, PORTFOLIO, HALT)).toBeUndefined();
    await obey(journal, HALT);
    expect(await Orders.obeyed(journal, PORTFOLIO, HALT)).toMatchObject({ event: HALT });
  });
});
