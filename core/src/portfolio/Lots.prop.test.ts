import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { valueDown } from '../money/Amount.ts';
import { ONE } from '../money/Fixed.ts';
import * as Lots from './Lots.ts';

const METHODS = ['fifo', 'lifo', 'hifo', 'average'] as const;
const big = (min: bigint, max: bigint) => fc.bigInt({ min, max });
const trade = fc.record({
  atoms: big(1n, 10n ** 24n),
  value: big(0n, 10n ** 26n),
  fee: big(0n, 10n ** 22n),
  /** Share of what is held that is sold, in parts of 16; none for a purchase. */
  share: fc.option(fc.integer({ min: 1, max: 16 })),
});
const history = fc.array(trade, { maxLength: 20 });
const price = big(1n, 10n ** 24n);

type Trade = typeof trade extends fc.Arbitrary<infer T> ? T : never;

/** Replay a history; where nothing is held, a sale becomes a purchase. */
function replay(method: Lots.Method, trades: readonly Trade[]) {
  let lots = Lots.empty(method);
  let [spent, received, bought, sold] = [0n, 0n, 0n, 0n];
  for (const [at, { atoms, value, fee, share }] of trades.entries()) {
    const part = share === null ? 0n : (Lots.total(lots) * BigInt(share)) / 16n;
    if (part === 0n) {
      lots = Lots.buy(lots, { atoms, cost: value, fee, at });
      spent += value + fee;
      bought += atoms;
    } else {
      lots = Lots.sell(lots, { atoms: part, proceeds: value, fee, at }).lots;
      received += value - fee;
      sold += part;
    }
  }
  return { lots, spent, received, bought, sold };
}

describe('lots', () => {
  test.each(METHODS)('%s: their sum is what is held, and every one of them holds something', (method) => {
    fc.assert(
      fc.property(history, (trades) => {
        const { lots, bought, sold } = replay(method, trades);
        expect(Lots.total(lots)).toBe(bought - sold);
        expect(lots.lots.every(({ atoms, basis }) => atoms > 0n && basis >= 0n)).toBe(true);
      }),
    );
  });

  test('realised and unrealised profit make the same total gain by every method, to the last digit', () => {
    fc.assert(
      fc.property(history, price, fc.constantFrom(0, 6, 8, 18, 27), (trades, now, decimals) => {
        for (const method of METHODS) {
          const { lots, spent, received } = replay(method, trades);
          const gain = received - spent + valueDown(Lots.total(lots), decimals, now);
          expect(lots.realised + Lots.unrealised(lots, decimals, now)).toBe(gain);
        }
      }),
    );
  });

  test('once everything is sold, all methods have realised the same', () => {
    fc.assert(
      fc.property(history, big(0n, 10n ** 26n), (trades, proceeds) => {
        const realised = METHODS.map((method) => {
          const { lots } = replay(method, trades);
          const atoms = Lots.total(lots);
          return atoms === 0n
            ? lots.realised
            : Lots.sell(lots, { atoms, proceeds, fee: 0n, at: trades.length }).lots.realised;
        });
        expect(new Set(realised).size).toBe(1);
      }),
    );
  });

  test('a sale that takes the dearest first never realises more than any other method from the same lots', () => {
    fc.assert(
      fc.property(
        fc.array(trade, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 16 }),
        (trades, share) => {
          const purchases = trades.map((one) => ({ ...one, share: null }));
          const realised = METHODS.map((method) => {
            const { lots } = replay(method, purchases);
            const atoms = (Lots.total(lots) * BigInt(share) + 15n) / 16n;
            return Lots.sell(lots, { atoms, proceeds: 0n, fee: 0n, at: trades.length }).realised;
          });
          const [fifo = 0n, lifo = 0n, hifo = 0n, average = 0n] = realised;
          // A part of a lot takes its basis rounded up: one D18 dollar of either side may lie on the border.
          expect([fifo, lifo, average].every((other) => hifo <= other + 1n)).toBe(true);
        },
      ),
    );
  });

  test('each method takes what it says', () => {
    const purchases = [10n, 30n, 20n].map((cost, at) => ({ atoms: 10n, cost: cost * ONE, fee: ONE, at }));
    const taken = METHODS.map((method) => {
      const held = purchases.reduce(Lots.buy, Lots.empty(method));
      const { taken: parts, realised } = Lots.sell(held, { atoms: 15n, proceeds: 60n * ONE, fee: ONE, at: 3 });
      return [parts.map(({ atoms, at }) => `${atoms}@${at}`).join(' '), realised / ONE];
    });
    expect(taken).toEqual([
      ['10@0 5@1', 59n - 11n - 16n],
      ['10@2 5@1', 59n - 21n - 16n],
      ['10@1 5@2', 59n - 31n - 11n],
      ['15@0', 59n - 32n],
    ]);
  });

  test.each([
    [
      'more than is held',
      'sale.atoms',
      () => Lots.sell(Lots.empty('fifo'), { atoms: 1n, proceeds: 1n, fee: 0n, at: 0 }),
    ],
    ['nothing', 'atoms', () => Lots.buy(Lots.empty('fifo'), { atoms: 0n, cost: 1n, fee: 0n, at: 0 })],
    ['a negative cost', 'value or fee', () => Lots.buy(Lots.empty('fifo'), { atoms: 1n, cost: -1n, fee: 0n, at: 0 })],
    ['a negative fee', 'value or fee', () => Lots.buy(Lots.empty('fifo'), { atoms: 1n, cost: 1n, fee: -1n, at: 0 })],
    [
      'a trade before the last',
      'at',
      () => [5, 4].reduce((held, at) => Lots.buy(held, { atoms: 1n, cost: 1n, fee: 0n, at }), Lots.empty('lifo')),
    ],
    [
      'a purchase before the sale of everything',
      'at',
      () => {
        const held = Lots.buy(Lots.empty('fifo'), { atoms: 1n, cost: 1n, fee: 0n, at: 1 });
        const { lots } = Lots.sell(held, { atoms: 1n, proceeds: 1n, fee: 0n, at: 9 });
        Lots.buy(lots, { atoms: 1n, cost: 1n, fee: 0n, at: 5 });
      },
    ],
    [
      'a purchase before the last one into an average',
      'at',
      () => [1, 9, 5].reduce((held, at) => Lots.buy(held, { atoms: 1n, cost: 1n, fee: 0n, at }), Lots.empty('average')),
    ],
    ['a time that is none', 'at', () => Lots.buy(Lots.empty('hifo'), { atoms: 1n, cost: 1n, fee: 0n, at: Number.NaN })],
  ])('refuse %s', (_, path, ask) => {
    expect(ask).toThrow(expect.objectContaining({ name: 'LotsError', path }));
  });
});
