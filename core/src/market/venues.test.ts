import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Book from './Book.ts';
import * as Bridge from './Bridge.ts';
import * as Gas from './Gas.ts';
import { MarketError } from './Terms.ts';
import * as Vault4626 from './Vault4626.ts';

const big = (min: bigint, max: bigint) => fc.bigInt({ min, max });
/** Spread evenly, or in logarithms where zero is out: `fc.double` from zero on is nearly always next to nothing. */
const real = (min: number, max: number) =>
  fc.integer({ min: 0, max: 1_000_000 }).map((step) => {
    const part = step / 1_000_000;
    return min > 0 ? min * (max / min) ** part : min + (max - min) * part;
  });

/** A book of a token with 18 decimals against one with 6: a tick is a cent for a token, a lot a thousandth. */
const book: Book.Book = {
  kind: 'book',
  id: 'book',
  assets: ['A', 'B'],
  bids: [
    { ticks: 199_900n, lots: 1_000n },
    { ticks: 199_800n, lots: 5_000n },
  ],
  asks: [
    { ticks: 200_100n, lots: 2_000n },
    { ticks: 200_300n, lots: 4_000n },
  ],
  tick: { bought: 10_000n, sold: 10n ** 18n },
  lot: 10n ** 15n,
  feePpm: 1_000,
};

describe('an order book', () => {
  test('is walked level by level, in whole lots, with the fee in quote', () => {
    const sold = Book.swap(book, 'A', 2_000_500_000_000_000_000n);
    // One token at 1,999.00 and one at 1,998.00, less a thousandth; half a lot is not taken.
    expect(sold).toMatchObject({ sold: 2n * 10n ** 18n, bought: 3_993_003_000n, fee: 3_997_000n, feeIn: 'B' });
    expect(sold.after.bids).toEqual([{ ticks: 199_800n, lots: 4_000n }]);
    const bought = Book.swap(book, 'B', 10_000_000_000n);
    expect(bought.after.asks).toEqual([{ ticks: 200_300n, lots: 1_011n }]);
    // 2 tokens at 2,001.00 and 2.989 at 2,003.00, and a thousandth: one lot more would be too much.
    expect(bought).toMatchObject({ sold: 9_998_955_967n, bought: 4_989n * 10n ** 15n });
  });

  test('that is empty has no price and takes nothing', () => {
    const empty = { ...book, bids: [], asks: [] };
    expect(Book.spot(empty, 'A')).toEqual({ bought: 0n, sold: 1n });
    expect(Book.swap(empty, 'B', 10n ** 12n)).toMatchObject({ sold: 0n, bought: 0n });
    expect(Book.arb(empty, { A: 1, B: 1 })).toBeUndefined();
  });

  test('is refused where it is crossed, out of order or has empty levels', () => {
    const swap = (bad: Partial<Book.Book>) => () => Book.swap({ ...book, ...bad }, 'A', 1n);
    expect(swap({ bids: [{ ticks: 200_100n, lots: 1n }] })).toThrow('crossed');
    expect(swap({ bids: book.bids.toReversed() })).toThrow('bids[1]');
    expect(swap({ asks: [{ ticks: 300_000n, lots: 0n }] })).toThrow('asks[0].lots');
    expect(swap({ feePpm: 1_000_000 })).toThrow('feePpm');
    expect(swap({ lot: 0n })).toThrow(MarketError);
  });

  test('fills a maker less the longer the queue, never more than it offers or than comes', () => {
    fc.assert(
      fc.property(big(1n, 10_000n), real(1, 1e5), real(0, 1), real(0, 1), (lots, volume, one, other) => {
        const [near, far] = one < other ? [one, other] : [other, one];
        const offer = { side: 'buy' as const, ticks: 199_900n, lots };
        const first = Book.maker(book, offer, { volume, ahead: near });
        const last = Book.maker(book, offer, { volume, ahead: far });
        expect(last.lots).toBeLessThanOrEqual(first.lots);
        expect(last.probability).toBeLessThanOrEqual(first.probability);
        expect(first.lots).toBeLessThanOrEqual(Math.min(Number(lots), volume) * (1 + 1e-12));
        // A worse price waits behind whole levels; a better one is alone.
        const behind = Book.maker(book, { ...offer, ticks: 199_850n }, { volume, ahead: far });
        expect(behind.probability).toBeLessThanOrEqual(last.probability);
        expect(Book.maker(book, { ...offer, ticks: 199_950n }, { volume, ahead: far }).probability).toBe(1);
      }),
    );
  });

  test('fills a maker what a simulated flow would, on average', () => {
    // The exponential distribution by its quantiles: the integral as a sum, without chance.
    const [volume, ahead, lots] = [3_000, 0.5, 2_000n];
    const { lots: expected } = Book.maker(book, { side: 'sell', ticks: 200_100n, lots }, { volume, ahead });
    const steps = 100_000;
    let total = 0;
    for (let step = 0; step < steps; step++) {
      const come = -volume * Math.log(1 - (step + 0.5) / steps);
      total += Math.min(Number(lots), Math.max(0, come - ahead * 2_000));
    }
    expect(Math.abs(total / steps / expected - 1)).toBeLessThan(1e-4);
  });

  test('refuses an offer that would be taken at once, and a flow that is none', () => {
    const flow = { volume: 1, ahead: 1 };
    expect(() => Book.maker(book, { side: 'buy', ticks: 200_100n, lots: 1n }, flow)).toThrow('offer.ticks');
    expect(() => Book.maker(book, { side: 'sell', ticks: 199_900n, lots: 1n }, flow)).toThrow('offer.ticks');
    const offer = { side: 'buy' as const, ticks: 199_900n, lots: 1n };
    expect(() => Book.maker(book, offer, { volume: NaN, ahead: 1 })).toThrow('flow.volume');
    expect(() => Book.maker(book, offer, { volume: 1, ahead: 1.1 })).toThrow(MarketError);
  });
});

describe('a vault', () => {
  const vault = fc.record({
    kind: fc.constant('vault-4626' as const),
    id: fc.constant('vault'),
    assets: fc.constant(['A', 'B'] as const),
    totalAssets: big(0n, 1n << 100n),
    totalShares: big(0n, 1n << 100n),
    offset: fc.constantFrom(0, 6),
    maxDeposit: fc.constant(1n << 200n),
    maxWithdraw: big(0n, 1n << 100n),
    entryPpm: fc.integer({ min: 0, max: 50_000 }),
    exitPpm: fc.integer({ min: 0, max: 50_000 }),
  });

  test('gives at least what its previews promise for their price', () => {
    fc.assert(
      fc.property(vault, big(0n, 1n << 90n), (one, wanted) => {
        const price = Vault4626.previewMintUp(one, wanted);
        expect(Vault4626.swap(one, 'A', price).bought >= wanted).toBe(true);
        const shares = Vault4626.previewWithdrawUp(one, wanted);
        const out = Vault4626.swap(one, 'B', shares);
        expect(out.bought >= wanted || out.sold < shares).toBe(true);
        expect(out.bought + out.fee <= one.maxWithdraw).toBe(true);
      }),
    );
  });

  test('converts there and back to no more than before, and a deposit never dilutes', () => {
    fc.assert(
      fc.property(vault, big(0n, 1n << 90n), (one, atoms) => {
        const shares = Vault4626.convertToSharesDown(one, atoms);
        expect(Vault4626.convertToAssetsDown(one, shares) <= atoms).toBe(true);
        const { after } = Vault4626.swap(one, 'A', atoms);
        const unit = 10n ** 18n;
        expect(Vault4626.convertToAssetsDown(after, unit) >= Vault4626.convertToAssetsDown(one, unit)).toBe(true);
      }),
    );
  });

  test('is refused where its state is none', () => {
    const [one] = fc.sample(vault, 1);
    if (one === undefined) throw new Error('one vault was asked for');
    for (const bad of [{ totalAssets: -1n }, { maxWithdraw: -1n }, { entryPpm: 1_000_000 }, { exitPpm: 0.5 }])
      expect(() => Vault4626.convertToSharesDown({ ...one, ...bad }, 1n)).toThrow(MarketError);
  });
});

describe('a bridge', () => {
  const bridge: Bridge.Bridge = {
    kind: 'bridge',
    id: 'bridge',
    assets: ['A', 'B'],
    parity: [1n, 10n ** 12n],
    capacity: [0n, 500n * 10n ** 18n],
    fixedFee: [2_000_000n, 10n ** 18n],
    feePpm: 500,
    delay: { expected: 120, longest: 1_800 },
  };

  test('charges a fixed and a proportional fee, pays out what it has, and dates the arrival', () => {
    const sent = Bridge.swap(bridge, 'A', 100_000_000n);
    expect(sent).toMatchObject({ sold: 100_000_000n, fee: 2_050_000n, bought: 97_950_000n * 10n ** 12n, feeIn: 'A' });
    expect(Bridge.arrival(bridge, sent, 1_000)).toEqual({
      asset: 'B',
      atoms: sent.bought,
      due: 2_800,
      expected: 1_120,
    });
    const most = Bridge.swap(bridge, 'A', 10n ** 12n);
    expect(most.bought).toBe(500n * 10n ** 18n);
    expect(most.sold).toBe(502_251_126n);
    expect(most.after.capacity).toEqual([500_000_000n, 0n]);
    expect(Bridge.swap(bridge, 'A', 2_000_000n).sold).toBe(0n);
    expect(Bridge.swap(bridge, 'B', 10n ** 20n).sold).toBe(0n);
  });

  test('is refused where its terms are none', () => {
    const swap = (bad: Partial<Bridge.Bridge>) => () => Bridge.swap({ ...bridge, ...bad }, 'A', 1n);
    expect(swap({ parity: [0n, 1n] })).toThrow('parity[0]');
    expect(swap({ capacity: [0n, -1n] })).toThrow('capacity[1]');
    expect(swap({ fixedFee: [-1n, 0n] })).toThrow('fixedFee[0]');
    expect(swap({ delay: { expected: 10, longest: 9 } })).toThrow(MarketError);
  });
});

describe('gas', () => {
  test('of a block at its target keeps the base fee, and a full or empty one moves it by an eighth', () => {
    expect(Gas.nextBase(1_000_000_000n, 15_000_000n, 30_000_000n)).toBe(1_000_000_000n);
    expect(Gas.nextBase(1_000_000_000n, 30_000_000n, 30_000_000n)).toBe(1_125_000_000n);
    expect(Gas.nextBase(1_000_000_000n, 0n, 30_000_000n)).toBe(875_000_000n);
    // A rise is at least one wei, so that a fee of nothing can recover.
    expect(Gas.nextBase(0n, 30_000_000n, 30_000_000n)).toBe(1n);
    expect(() => Gas.nextBase(1n, 31n, 30n)).toThrow('limit');
  });

  test('never moves by more than an eighth and a wei, and rises with what is used', () => {
    fc.assert(
      fc.property(big(0n, 10n ** 12n), big(0n, 30_000_000n), big(0n, 30_000_000n), (base, one, other) => {
        const [less, more] = one < other ? [one, other] : [other, one];
        const [low, high] = [Gas.nextBase(base, less, 30_000_000n), Gas.nextBase(base, more, 30_000_000n)];
        expect(low <= high).toBe(true);
        expect(high - base <= base / 8n + 1n && base - low <= base / 8n).toBe(true);
      }),
    );
  });

  test('costs the base fee and as much of the tip as the cap leaves, or is not included', () => {
    expect(Gas.priceOf({ base: 10n, tip: 2n }, 20n)).toBe(12n);
    expect(Gas.priceOf({ base: 10n, tip: 2n }, 11n)).toBe(11n);
    expect(Gas.priceOf({ base: 10n, tip: 2n }, 9n)).toBeUndefined();
    expect(() => Gas.priceOf({ base: -1n, tip: 2n }, 9n)).toThrow(MarketError);
  });

  test('of a rollup pays for data as the chain’s own oracle does', () => {
    // Scalars of a public chain, fees of one wei: the least size of a hundred bytes, then the line.
    const rollup = { base: 1_000_000_000n, blob: 1n, baseScalar: 2_269, blobScalar: 1_055_762 };
    const price = 16n * 2_269n * 1_000_000_000n + 1_055_762n;
    expect(Gas.dataFee(rollup, 0)).toBe((100_000_000n * price) / 10n ** 12n);
    expect(Gas.dataFee(rollup, 170)).toBe(Gas.dataFee(rollup, 0));
    expect(Gas.dataFee(rollup, 1_000)).toBe(((836_500n * 1_000n - 42_585_600n) * price) / 10n ** 12n);
    expect(() => Gas.dataFee(rollup, -1)).toThrow('bytes');
    expect(() => Gas.dataFee({ ...rollup, baseScalar: 0.5 }, 1)).toThrow('baseScalar');
    expect(Gas.weiUp({ native: 1n }, 1n)).toBe(1n);
  });
});
