// What every journal must do, on disk, on a server or in memory. The engine's safety after a crash is exactly this.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Entry, Event } from '../Event.ts';
import type { Journal } from '../ports.ts';

/** Run the suite against journals made by `open`, which may share a store: each test keeps a portfolio of its own. */
export function journalConformance(open: () => Promise<Journal>): void {
  describe('is a journal', () => {
    let journal: Journal;
    let portfolios = 0;
    const started = `${Date.now()}`;
    const fresh = () => `eip155:31337/${started}-${(portfolios += 1)}`;

    beforeAll(async () => {
      journal = await open();
    });
    afterAll(() => journal.close());

    test('numbers the entries of each portfolio from one, without gaps', async () => {
      const [one, other] = [fresh(), fresh()];
      const lease = await journal.lease(one, 'a', 60);
      const otherLease = await journal.lease(other, 'a', 60);
      await journal.append(lease, [sent(0), sent(1)]);
      await journal.append(otherLease, [sent(0)]);
      await journal.append(lease, []);
      await journal.append(lease, [sent(2)]);
      expect(seqs(await journal.read({ portfolio: one }))).toEqual([1, 2, 3]);
      expect(seqs(await journal.read({ portfolio: other }))).toEqual([1]);
    });

    test('reads back exactly what append returned, for every kind of event', async () => {
      const portfolio = fresh();
      const lease = await journal.lease(portfolio, 'a', 60);
      const appended = await journal.append(lease, everyKind);
      expect(appended.map((entry) => entry.event)).toEqual(everyKind);
      expect(await journal.read({ portfolio })).toEqual(appended);
      for (const entry of appended) expect(entry).toMatchObject({ portfolio, epoch: lease.epoch });
      expect(appended.map((entry) => entry.run)).toEqual(
        everyKind.map((event) => ('run' in event ? event.run : undefined)),
      );
    });

    test('gives every entry a hash of its own, even to equal events', async () => {
      const leases = await Promise.all([fresh(), fresh()].map((portfolio) => journal.lease(portfolio, 'a', 60)));
      const entries = await Promise.all(leases.map((lease) => journal.append(lease, [sent(0), sent(0)])));
      expect(new Set(entries.flat().map((entry) => entry.hash)).size).toBe(4);
    });

    test('records an intention once', async () => {
      const portfolio = fresh();
      const lease = await journal.lease(portfolio, 'a', 60);
      await journal.append(lease, [intended('k1')]);
      await expect(journal.append(lease, [intended('k1')])).rejects.toMatchObject({ name: 'AlreadyRecorded' });
      await journal.append(lease, [intended('k2')]);
      expect(seqs(await journal.read({ portfolio }))).toEqual([1, 2]);
    });

    test('records an attempt at a step once', async () => {
      const portfolio = fresh();
      const lease = await journal.lease(portfolio, 'a', 60);
      await journal.append(lease, [signed(0, 0), signed(0, 1), signed(1, 0)]);
      await expect(journal.append(lease, [signed(0, 1)])).rejects.toMatchObject({ name: 'AlreadyRecorded' });
      expect(seqs(await journal.read({ portfolio }))).toEqual([1, 2, 3]);
    });

    test('appends all or nothing', async () => {
      const portfolio = fresh();
      const lease = await journal.lease(portfolio, 'a', 60);
      await journal.append(lease, [intended('k1')]);
      await expect(journal.append(lease, [sent(0), sent(1), intended('k1')])).rejects.toMatchObject({ next: 'retry' });
      await journal.append(lease, [sent(2)]);
      expect((await journal.read({ portfolio })).map((entry) => entry.event)).toEqual([intended('k1'), sent(2)]);
    });

    test('keeps its order when appends overlap, and tells watchers in that order', async () => {
      const portfolio = fresh();
      const lease = await journal.lease(portfolio, 'a', 60);
      const heard: number[] = [];
      const stop = journal.watch((entries) => heard.push(...seqs(entries.filter((e) => e.portfolio === portfolio))));
      const steps = Array.from({ length: 20 }, (_, step) => step);
      await Promise.all(steps.map((step) => journal.append(lease, [sent(step), sent(step)])));
      stop();
      const all = Array.from({ length: 40 }, (_, i) => i + 1);
      expect(seqs(await journal.read({ portfolio }))).toEqual(all);
      expect(heard).toEqual(all);
    });

    test('tells watchers what was written, and nothing else', async () => {
      const portfolio = fresh();
      const lease = await journal.lease(portfolio, 'a', 60);
      const heard: Entry[] = [];
      const stop = journal.watch((entries) => heard.push(...entries));
      const first = await journal.append(lease, [intended('k1')]);
      await journal.append(lease, [intended('k1')]).catch(() => undefined);
      stop();
      await journal.append(lease, [sent(0)]);
      expect(heard).toEqual(first);
    });

    test('lets one holder at a time take the lease', async () => {
      const portfolio = fresh();
      const lease = await journal.lease(portfolio, 'the first', 60);
      await expect(journal.lease(portfolio, 'b', 60)).rejects.toMatchObject({ name: 'LeaseHeld', next: 'retry' });
      await expect(journal.lease(portfolio, 'b', 60)).rejects.toThrow('the first');
      await journal.append(lease, [sent(0)]);
      await journal.lease(fresh(), 'b', 60);
    });

    test('gives a released lease to the next holder, in a higher epoch', async () => {
      const portfolio = fresh();
      const first = await journal.lease(portfolio, 'a', 60);
      await journal.release(first);
      await expect(journal.append(first, [sent(0)])).rejects.toMatchObject({ name: 'LeaseLost' });
      const second = await journal.lease(portfolio, 'b', 60);
      expect(second.epoch).toBeGreaterThan(first.epoch);
      const third = await journal.release(second).then(() => journal.lease(portfolio, 'a', 60));
      expect(third.epoch).toBeGreaterThan(second.epoch);
    });

    test('gives a lease that ran out to the next holder, and rejects the one that slept', async () => {
      const portfolio = fresh();
      const slept = await journal.lease(portfolio, 'a', 0);
      const awake = await journal.lease(portfolio, 'b', 60);
      expect(awake.epoch).toBeGreaterThan(slept.epoch);
      const lost = { name: 'LeaseLost', next: 'halt' };
      await expect(journal.append(slept, [sent(0)])).rejects.toMatchObject(lost);
      await expect(journal.append(slept, [])).rejects.toMatchObject(lost);
      await expect(journal.renew(slept, 60)).rejects.toMatchObject(lost);
      await journal.release(slept);
      await expect(journal.lease(portfolio, 'c', 60)).rejects.toMatchObject({ name: 'LeaseHeld' });
      const [entry] = await journal.append(awake, [sent(1)]);
      expect(entry).toMatchObject({ seq: 1, epoch: awake.epoch });
    });

    test('lets a holder take its own lease again at once, and rejects its earlier self', async () => {
      const portfolio = fresh();
      const before = await journal.lease(portfolio, 'a', 60);
      const again = await journal.lease(portfolio, 'a', 60);
      expect(again.epoch).toBeGreaterThan(before.epoch);
      await expect(journal.append(before, [sent(0)])).rejects.toMatchObject({ name: 'LeaseLost' });
      await journal.append(again, [sent(0)]);
    });

    test('lets a holder write on while nobody else took the lease', async () => {
      const portfolio = fresh();
      const lease = await journal.lease(portfolio, 'a', 0);
      await journal.append(lease, [sent(0)]);
      const renewed = await journal.renew(lease, 60);
      expect(renewed.epoch).toBe(lease.epoch);
      await expect(journal.lease(portfolio, 'b', 60)).rejects.toMatchObject({ name: 'LeaseHeld' });
      await journal.append(renewed, [sent(1)]);
    });

    test('rejects a lease that it never gave', async () => {
      const made = { portfolio: fresh(), holder: 'a', epoch: 1 };
      await expect(journal.append(made, [sent(0)])).rejects.toMatchObject({ name: 'LeaseLost' });
      const given = await journal.lease(made.portfolio, 'a', 60);
      const grabbed = { ...given, epoch: given.epoch + 1 };
      await expect(journal.append(grabbed, [sent(0)])).rejects.toMatchObject({ name: 'LeaseLost' });
    });

    test('reads by place, run and kind, oldest or newest first in line, always ascending', async () => {
      const portfolio = fresh();
      const lease = await journal.lease(portfolio, 'a', 60);
      await journal.append(lease, [sent(0, 'r1'), intended('k1', 'r2'), sent(1, 'r1'), sent(0, 'r2'), halted]);
      const read = async (query: Parameters<Journal['read']>[0]) => seqs(await journal.read({ portfolio, ...query }));
      expect(await read({ after: 3 })).toEqual([4, 5]);
      expect(await read({ limit: 2 })).toEqual([1, 2]);
      expect(await read({ limit: 2, newest: 'newest' })).toEqual([4, 5]);
      expect(await read({ run: 'r2' })).toEqual([2, 4]);
      expect(await read({ kinds: ['StepSent'] })).toEqual([1, 3, 4]);
      expect(await read({ kinds: ['StepSent', 'Halted'], limit: 2, newest: 'newest' })).toEqual([4, 5]);
      expect(await read({ kinds: ['StepSent'], run: 'r1', after: 1 })).toEqual([3]);
      expect(await read({ kinds: [] })).toEqual([]);
      expect(await read({ after: 5 })).toEqual([]);
      expect(seqs(await journal.read({ portfolio: fresh() }))).toEqual([]);
    });

    test('refuses a read without bounds', async () => {
      for (const limit of [0, -1, 1.5, 10_001, Number.NaN])
        await expect(journal.read({ limit })).rejects.toThrow('limit');
    });
  });
}

function seqs(entries: readonly Entry[]): readonly number[] {
  return entries.map((entry) => entry.seq);
}

function sent(step: number, run = 'r1'): Event {
  return { kind: 'StepSent', run, step, attempt: 0 };
}

function intended(key: string, run = 'r1'): Event {
  return { kind: 'StepIntended', run, step: 0, key };
}

function signed(step: number, attempt: number): Event {
  const bytes = { raw: '0x02f8', hash: `0x${step}${attempt}`, from: '0xaa', nonce: 7 };
  return { kind: 'StepSigned', run: 'r1', step, attempt, signed: bytes, receives: 2n ** 200n };
}

const halted: Event = { kind: 'Halted', by: 'owner', why: 'a look around' };
const block = { number: 19_000_000n, hash: '0xbb' };
const receipt = { block, at: 1_700_000_012, gasUsed: 210_000n, gasPrice: 30_000_000_000n };
const usdc = 'eip155:1/0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48';
const weth = 'eip155:1/0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2';
const usd = 10n ** 18n;

const everyKind: readonly Event[] = [
  {
    kind: 'Started',
    mode: 'LIVE',
    version: '0.1.0',
    strategy: {
      when: { kind: 'band', absolute: 500 },
      toward: { kind: 'fixed', weights: { [weth]: 0.6, [usdc]: 0.4 } },
      landing: 'target',
      trading: { minNotional: 50n * usd, slippage: 30, lifetime: 600 },
      within: [{ kind: 'turnover', max: 5_000 }],
    },
  },
  {
    kind: 'Observed',
    cycle: 0,
    snapshot: {
      portfolio: 'eip155:1/0xvault',
      at: 1_700_000_000,
      block,
      assets: [{ id: weth, symbol: 'WETH', decimals: 18 }],
      holdings: [{ asset: weth, atoms: 2n ** 255n }],
      prices: [{ asset: weth, source: 'feed', price: 2_000n * usd, at: 1_699_999_990, heartbeat: 3_600 }],
      markets: [],
      gas: { price: 1n, native: 2_000n * usd, authorise: 1n, swap: 1n, hop: 1n },
      inFlight: [],
      custody: {
        supply: usd,
        nonce: 0,
        maxFloorDiscount: 100,
        maxBand: 500,
        lossRoom: usd,
        turnoverRoom: usd,
        readyAt: 0,
      },
    },
  },
  {
    kind: 'Decided',
    cycle: 0,
    decision: {
      kind: 'hold',
      why: 'inside the bands: 59.3 % ≤ 60 % ≤ 61 %',
      value: 3n * usd,
      drift: [{ asset: weth, value: usd, weight: 0.1 + 0.2, target: 0.3, absolute: -0, band: [0.25, 0.35] }],
      intent: { kind: 'hold', why: 'inside the bands' },
      trigger: 'WETH above 65 %',
    },
  },
  intended('portfolio/r1/0'),
  signed(0, 0),
  sent(0),
  {
    kind: 'StepSettled',
    run: 'r1',
    step: 0,
    attempt: 0,
    receipt,
    fill: { sell: weth, buy: usdc, sold: 1n, received: 2_000n },
  },
  { kind: 'StepSettled', run: 'r1', step: 1, attempt: 0, receipt },
  { kind: 'StepFailed', run: 'r1', step: 2, why: 'would bring 1, below the floor 2', receipt },
  { kind: 'RunClosed', run: 'r1', outcome: 'abandoned', why: 'step 2 failed' },
  halted,
  { kind: 'Resumed', by: 'owner', why: 'looked around' },
];
