import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ONE } from '../money/Fixed.ts';
import * as Sample from '../Sample.ts';
import { decide } from '../decide.ts';
import * as Drift from './Drift.ts';
import * as Exposure from './Exposure.ts';
import * as Ledger from './Ledger.ts';
import * as Portfolio from './Portfolio.ts';

const DOLLAR = ONE;

describe('a portfolio', () => {
  test('is worth the sum of its holdings at primary prices', () => {
    const { value, positions } = Portfolio.of(Sample.snapshot());
    expect(value).toBe(100_000n * DOLLAR);
    expect(positions.map((position) => position.value / DOLLAR)).toEqual([60_000n, 30_000n, 10_000n]);
    expect(positions.map((position) => position.asset.symbol)).toEqual(['WETH', 'WBTC', 'USDC']);
  });

  test('counts what is still arriving, but keeps it apart from what can be sold', () => {
    const inFlight = [{ id: 'transfer', asset: 'usdc', atoms: 5_000n * 10n ** 6n, due: 1_700_000_600 }];
    const { value, positions } = Portfolio.of({ ...Sample.snapshot(), inFlight });
    expect(value).toBe(105_000n * DOLLAR);
    expect(positions.at(2)).toMatchObject({ held: 10_000n * 10n ** 6n, arriving: 5_000n * 10n ** 6n });
  });

  test('takes the first reading of an asset as its primary price', () => {
    const snapshot = Sample.snapshot();
    const other = { asset: 'weth', source: 'other', price: 1n, at: snapshot.at, heartbeat: 60 };
    expect(Portfolio.of({ ...snapshot, prices: [...snapshot.prices, other] }).value).toBe(100_000n * DOLLAR);
  });

  test('is not valued where a price is missing', () => {
    expect(() => Portfolio.of({ ...Sample.snapshot(), prices: [] })).toThrow(Portfolio.Unvalued);
  });
});

describe('what is beside the balances', () => {
  const usdc = (tokens: bigint) => ({ asset: 'usdc', atoms: tokens * 10n ** 6n });
  const weth = (tokens: bigint) => ({ asset: 'weth', atoms: tokens * ONE });
  const stakes = [{ id: 'stake', market: 'pool', parts: [weth(1n), usdc(2_000n)] }];

  test('a stake is looked through: it counts as the tokens it would be paid out in, none of which can be sold', () => {
    const { value, positions } = Portfolio.of({ ...Sample.snapshot(), stakes: [...stakes, ...stakes] });
    expect(value).toBe(108_000n * DOLLAR);
    expect(positions.at(0)).toMatchObject({ held: 30n * ONE, staked: 2n * ONE, value: 64_000n * DOLLAR });
    expect(positions.at(2)).toMatchObject({ held: 10_000n * 10n ** 6n, staked: 4_000n * 10n ** 6n });
  });

  test('what is claimed is neither worth anything to us nor to be sold', () => {
    const { value, positions } = Portfolio.of({ ...Sample.snapshot(), claims: [usdc(1_000n), weth(3n)] });
    expect(value).toBe(93_000n * DOLLAR);
    expect(positions.map(({ held }) => held)).toEqual([27n * ONE, 10n ** 8n, 9_000n * 10n ** 6n]);
  });

  test('a claim on more than there is leaves something to be bought', () => {
    const { positions } = Portfolio.of({ ...Sample.snapshot(), claims: [usdc(12_000n)] });
    expect(positions.at(2)).toMatchObject({ held: -2_000n * 10n ** 6n, value: -2_000n * DOLLAR });
  });

  test('what is owed rounds up and what is held rounds down', () => {
    const price = ONE + 1n;
    const one = (atoms: bigint) => ({
      ...Sample.snapshot(),
      holdings: [{ asset: 'usdc', atoms }],
      prices: [{ asset: 'usdc', source: 'sample', price, at: 0, heartbeat: 60 }],
    });
    expect(Portfolio.of(one(1n)).value).toBe(price / 10n ** 6n);
    expect(Portfolio.of(one(-1n)).value).toBe(-(price / 10n ** 6n) - 1n);
    expect(Portfolio.of(one(0n)).value).toBe(0n);
  });

  test.each(['inFlight', 'stakes', 'claims'] as const)(
    '%s of an asset outside the portfolio are not overlooked',
    (where) => {
      const alien = { asset: 'alien', atoms: 1n };
      const beside = {
        inFlight: [{ ...alien, id: 'x', due: 0 }],
        stakes: [{ id: 'x', market: 'pool', parts: [alien] }],
        claims: [alien],
      };
      const snapshot = { ...Sample.snapshot(), [where]: beside[where] };
      expect(() => Portfolio.of(snapshot)).toThrow(Portfolio.Unvalued);
      expect(decide(snapshot, Sample.STRATEGY)).toMatchObject({ kind: 'refuse', refusals: [{ limit: 'holdings' }] });
    },
  );
});

describe('exposure', () => {
  const atoms = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n });
  const some = fc.bigInt({ min: 0n, max: 10n ** 24n });

  test('adds up, to the fraction of a dollar: parts to positions, long less owed to the value', () => {
    fc.assert(
      fc.property(fc.tuple(atoms, atoms, atoms), some, some, some, (balances, coming, lent, claimed) => {
        const snapshot = Sample.snapshot();
        const holdings = snapshot.holdings.map(({ asset }, index) => ({ asset, atoms: balances[index] ?? 0n }));
        const portfolio = Portfolio.of({
          ...snapshot,
          holdings,
          inFlight: [{ id: 'x', asset: 'weth', atoms: coming, due: 0 }],
          stakes: [{ id: 'x', market: 'pool', parts: [{ asset: 'usdc', atoms: lent }] }],
          claims: [{ asset: 'wbtc', atoms: claimed }],
        });
        const { lines, long, owed, gross, net, leverage } = Exposure.of(portfolio);
        for (const [index, line] of lines.entries()) {
          expect(line.inHand + line.arriving + line.staked).toBe(line.net);
          expect(line.net).toBe(portfolio.positions[index]?.value);
        }
        expect(long >= 0n && owed >= 0n).toBe(true);
        expect(gross).toBe(long + owed);
        expect(net).toBe(long - owed);
        expect(net).toBe(portfolio.value);
        expect(leverage === undefined).toBe(net <= 0n);
        expect(leverage ?? 1).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  test('of a loan of half of what is held is twice the equity', () => {
    const snapshot = Sample.snapshot();
    const holdings = snapshot.holdings.map((one) =>
      one.asset === 'usdc' ? { ...one, atoms: -45_000n * 10n ** 6n } : one,
    );
    expect(Exposure.of(Portfolio.of({ ...snapshot, holdings }))).toMatchObject({
      long: 90_000n * DOLLAR,
      owed: 45_000n * DOLLAR,
      leverage: 2,
    });
  });

  test('of nothing is nothing', () => {
    expect(Exposure.of({ positions: [], value: 0n })).toEqual({ lines: [], long: 0n, owed: 0n, gross: 0n, net: 0n });
  });
});

describe('drift', () => {
  const targets = { weth: 0.5, wbtc: 0.5, usdc: 0 };

  test('is told in points and relative to the target, the latter not for a target of zero', () => {
    const [weth, wbtc, usdc] = Drift.of(Portfolio.of(Sample.snapshot()), targets, { weth: [0.48, 0.52] });
    expect(weth?.absolute).toBeCloseTo(0.1, 12);
    expect(weth?.relative).toBeCloseTo(0.2, 12);
    expect(weth?.band).toEqual([0.48, 0.52]);
    expect(wbtc?.absolute).toBeCloseTo(-0.2, 12);
    expect(wbtc).not.toHaveProperty('band');
    expect(usdc).not.toHaveProperty('relative');
  });

  test('of all assets sums to nothing', () => {
    const tokens = fc.bigInt({ min: 1n, max: 10n ** 9n }).map(String);
    fc.assert(
      fc.property(tokens, tokens, tokens, (...held) => {
        const lines = Sample.LINES.map((line, index) => ({ ...line, tokens: held[index] ?? '1' }));
        const drift = Drift.of(Portfolio.of(Sample.snapshot(lines)), targets, {});
        expect(drift.reduce((sum, { absolute }) => sum + absolute, 0)).toBeCloseTo(0, 12);
      }),
    );
  });

  test.each([
    [0.47, -0.01, -0.01],
    [0.48, 0, 0],
    [0.5, 0, 0.02],
    [0.52, 0, 0],
    [0.55, 0.03, -0.03],
  ])('a weight of %d in a band of 0.48 to 0.52', (weight, outside, room) => {
    const drift = { asset: 'a', value: 1n, weight, target: 0.5, absolute: 0, band: [0.48, 0.52] } as const;
    expect(Drift.outside(drift)).toBeCloseTo(outside, 12);
    expect(Drift.room(drift)).toBeCloseTo(room, 12);
  });

  test('an edge that no weight can cross is no edge', () => {
    const drift = { asset: 'a', value: 1n, weight: 0.01, target: 0.01, absolute: 0 } as const;
    expect(Drift.room({ ...drift, band: [0, 0.03] })).toBeCloseTo(0.02, 12);
    expect(Drift.room({ ...drift, band: [0, 1] })).toBe(Infinity);
    expect(Drift.room(drift)).toBe(Infinity);
  });
});

describe('drift of a whole portfolio', () => {
  const drifting = (absolute: readonly number[]) =>
    absolute.map((one, index) => ({ asset: `asset${index}`, value: 1n, weight: 0, target: 0, absolute: one }));
  const moves = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 });
  const norms = ['l1', 'l2', 'max'] as const;

  test('the largest deviation is at most their root sum of squares, and that at most their sum', () => {
    fc.assert(
      fc.property(moves, fc.double({ min: 0, max: 10, noNaN: true }), (absolute, scale) => {
        const [l1 = 0, l2 = 0, max = 0] = norms.map((norm) => Drift.size(drifting(absolute), norm));
        expect(max).toBeLessThanOrEqual(l2 * (1 + 1e-12));
        expect(l2).toBeLessThanOrEqual(l1 * (1 + 1e-12));
        expect(l1).toBeLessThanOrEqual(absolute.length * max * (1 + 1e-12));
        for (const norm of norms) {
          const scaled = Drift.size(drifting(absolute.map((one) => scale * one)), norm);
          expect(scaled).toBeCloseTo(scale * Drift.size(drifting(absolute), norm), 9);
          expect(Drift.size(drifting(absolute.toReversed()), norm)).toBeCloseTo(
            Drift.size(drifting(absolute), norm),
            12,
          );
        }
      }),
    );
  });

  test('half of all deviations is sold, where weights and targets sum to the same', () => {
    fc.assert(
      fc.property(moves, (absolute) => {
        const centre = absolute.reduce((sum, one) => sum + one, 0) / absolute.length;
        const drift = drifting(absolute.map((one) => one - centre));
        expect(Drift.turnover(drift)).toBeCloseTo(Drift.size(drift, 'l1') / 2, 12);
      }),
    );
  });

  test('is zero on target and with nothing held, and can be told in any order of assets', () => {
    for (const norm of norms) {
      expect(Drift.size([], norm)).toBe(0);
      expect(Drift.size(drifting([0, 0]), norm)).toBe(0);
    }
    expect(Drift.turnover([])).toBe(0);
    expect(Drift.deviations(drifting([0.1, -0.1]), ['asset1', 'other', 'asset0'])).toEqual([-0.1, 0, 0.1]);
  });
});

describe('the ledger', () => {
  const atoms = fc.bigInt({ min: 1n, max: 10n ** 24n });
  const side = (asset: string) =>
    fc.record({
      asset: fc.constant(asset),
      atoms,
      decimals: fc.constantFrom(6, 8, 18),
      price: fc.bigInt({ min: 1n, max: 10n ** 24n }),
    });
  const costs = fc.bigInt({ min: 0n, max: 10n ** 24n });
  const booking: fc.Arbitrary<Ledger.Booking> = fc.record({
    sell: side('a'),
    buy: side('b'),
    fee: costs,
    impact: costs,
    gas: costs,
  });

  test('adds up to the atom, in whatever order fills are booked', () => {
    fc.assert(
      fc.property(fc.array(booking, { maxLength: 10 }), (bookings) => {
        const ledger = bookings.reduce(Ledger.book, Ledger.empty);
        expect(bookings.toReversed().reduce(Ledger.book, Ledger.empty)).toEqual(ledger);
        expect(ledger.fills).toBe(bookings.length);
        const moved = (pick: (one: Ledger.Booking) => bigint): bigint =>
          bookings.reduce((sum, one) => sum + pick(one), 0n);
        expect(ledger.flows['a'] ?? 0n).toBe(-moved(({ sell }) => sell.atoms));
        expect(ledger.flows['b'] ?? 0n).toBe(moved(({ buy }) => buy.atoms));
        expect(Ledger.cost(Ledger.spendGas(ledger, 5n))).toBe(ledger.shortfall + moved(({ gas }) => gas) + 5n);
      }),
    );
  });

  test('books a fill at a loss as a shortfall of exactly that loss', () => {
    const sell = { asset: 'weth', atoms: ONE, decimals: 18, price: 2_000n * DOLLAR };
    const buy = { asset: 'usdc', atoms: 1_990n * 10n ** 6n, decimals: 6, price: DOLLAR };
    const ledger = Ledger.book(Ledger.empty, { sell, buy, fee: 6n * DOLLAR, impact: 4n * DOLLAR, gas: DOLLAR });
    expect(ledger).toEqual({
      fills: 1,
      turnover: 2_000n * DOLLAR,
      fee: 6n * DOLLAR,
      impact: 4n * DOLLAR,
      gas: DOLLAR,
      shortfall: 10n * DOLLAR,
      flows: { weth: -ONE, usdc: 1_990n * 10n ** 6n },
    });
    expect(Ledger.cost(ledger)).toBe(11n * DOLLAR);
  });

  test.each(['__proto__', 'toString', 'valueOf', 'constructor'])('books an asset of any name, such as %s', (asset) => {
    const side = { asset, atoms: 5n, decimals: 0, price: DOLLAR };
    const fill = { sell: { ...side, asset: 'a' }, buy: side, fee: 0n, impact: 0n, gas: 0n };
    const { flows } = [fill, fill].reduce(Ledger.book, Ledger.empty);
    expect(Object.entries(flows)).toEqual([
      ['a', -10n],
      [asset, 10n],
    ]);
  });
});
