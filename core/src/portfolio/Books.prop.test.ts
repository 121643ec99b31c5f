import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { valueDown } from '../money/Amount.ts';
import { ONE } from '../money/Fixed.ts';
import * as Books from './Books.ts';
import * as Ledger from './Ledger.ts';
import * as Lots from './Lots.ts';

const METHODS = ['fifo', 'lifo', 'hifo', 'average'] as const;
const DECIMALS = new Map([
  ['weth', 18],
  ['wbtc', 8],
  ['usdc', 6],
]);
const asset = fc.constantFrom('weth', 'wbtc', 'usdc');
const price = fc.bigInt({ min: 1n, max: 10n ** 24n });
const event = fc.record({
  kind: fc.constantFrom('deposit', 'withdraw', 'trade'),
  one: asset,
  other: asset,
  atoms: fc.bigInt({ min: 1n, max: 10n ** 24n }),
  share: fc.bigInt({ min: 1n, max: 16n }),
  prices: fc.tuple(price, price),
  gas: fc.bigInt({ min: 0n, max: 10n ** 20n }),
});

const side = (id: string, atoms: bigint, at: bigint) => ({
  asset: id,
  atoms,
  decimals: DECIMALS.get(id) ?? 0,
  price: at,
});

/** Replay deposits, withdrawals and swaps of what is there, beside a ledger of the swaps. */
function replay(method: Lots.Method, events: readonly (typeof event extends fc.Arbitrary<infer E> ? E : never)[]) {
  let books = Books.empty(method);
  let ledger = Ledger.empty;
  let paidIn = 0n;
  for (const [at, { kind, one, other, atoms, share, prices, gas }] of events.entries()) {
    const some = (Lots.total(Books.lotsOf(books, one)) * share) / 16n;
    const out = side(one, some, prices[0]);
    if (kind === 'deposit' || some === 0n) {
      const brought = side(one, atoms, prices[0]);
      books = Books.deposit(books, brought, at);
      paidIn += valueDown(brought.atoms, brought.decimals, brought.price);
    } else if (kind === 'withdraw') {
      books = Books.withdraw(books, out, at);
      paidIn -= valueDown(out.atoms, out.decimals, out.price);
    } else {
      const booking = { sell: out, buy: side(other, atoms, prices[1]), fee: 0n, impact: 0n, gas };
      books = Books.trade(books, booking, at);
      ledger = Ledger.book(ledger, booking);
    }
  }
  return { books, ledger, paidIn };
}

describe('the books of a portfolio', () => {
  test('realised and unrealised profit are what it is worth, less what came in and less gas, by every method', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 20 }), fc.tuple(price, price, price), (events, now) => {
        const quotations = [...DECIMALS].map(([id, decimals], index) => ({
          asset: id,
          decimals,
          price: now[index] ?? 1n,
        }));
        for (const method of METHODS) {
          const { books, ledger, paidIn } = replay(method, events);
          const value = quotations.reduce(
            (total, one) => total + valueDown(Lots.total(Books.lotsOf(books, one.asset)), one.decimals, one.price),
            0n,
          );
          expect(Books.realised(books) + Books.unrealised(books, quotations)).toBe(value - paidIn - ledger.gas);
        }
      }),
    );
  });

  test('a swap at a profit realises it, and what was bought starts from what was received', () => {
    const start = Books.deposit(Books.empty('fifo'), side('weth', ONE, 1_500n * ONE), 0);
    const swapped = Books.trade(
      start,
      {
        sell: side('weth', ONE, 2_000n * ONE),
        buy: side('usdc', 1_990n * 10n ** 6n, ONE),
        fee: 6n * ONE,
        impact: 4n * ONE,
        gas: 2n * ONE,
      },
      1,
    );
    expect(Books.realised(swapped)).toBe(490n * ONE);
    expect(Lots.basis(Books.lotsOf(swapped, 'usdc'))).toBe(1_992n * ONE);
    expect(Books.unrealised(swapped, [{ asset: 'usdc', decimals: 6, price: ONE }])).toBe(-2n * ONE);
  });

  test('a swap of what was borrowed is refused in words, and leaves the books as they were', () => {
    const start = Books.deposit(Books.empty('fifo'), side('weth', ONE, 2_000n * ONE), 0);
    const before = structuredClone(start);
    const borrowed = side('usdc', 1_000n * 10n ** 6n, ONE);
    const booking = { sell: borrowed, buy: side('weth', ONE / 2n, 2_000n * ONE), fee: 0n, impact: 0n, gas: 0n };
    expect(() => Books.trade(start, booking, 1)).toThrow('what is borrowed has no lots');
    expect(start).toEqual(before);
  });

  test.each([
    ['a sale of what is not held', () => Books.withdraw(Books.empty('fifo'), side('weth', 1n, 1n), 0)],
    ['an asset with a name of every object', () => Books.withdraw(Books.empty('fifo'), side('toString', 1n, 1n), 0)],
    [
      'a holding without a price',
      () => Books.unrealised(Books.deposit(Books.empty('lifo'), side('weth', 1n, 1n), 0), []),
    ],
  ])('refuse %s', (_, ask) => {
    expect(ask).toThrow(Lots.LotsError);
  });
});
