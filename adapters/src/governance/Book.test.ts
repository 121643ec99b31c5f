import { describe, expect, test } from 'vitest';
import * as Book from './Book.ts';

const A = `0x${'ab'.repeat(20)}`;
const B = `0x${'cd'.repeat(20)}`;

describe('an address book', () => {
  test('knows contracts by their names, however deep they stand and however they are spelled', () => {
    const book = Book.read({
      contracts: { 'oracle-hub': A },
      more: [{ treasury: { address: B, contract: 'timelock' } }],
    });
    expect([...book.values()]).toEqual([
      { name: 'oracle-hub', contract: 'OracleHub' },
      { name: 'treasury', contract: 'TimelockController' },
    ]);
  });

  test('shows an address by its name, and nobody as nobody', () => {
    const book = Book.read({ alice: A });
    expect(Book.show(book, A)).toMatch(/^alice \(0x/);
    expect(Book.show(book, `0x${'00'.repeat(20)}`)).toBe('nobody (0x0)');
  });

  test('refuses two contracts at one address, and a book of nothing', () => {
    expect(() => Book.read({ Policy: A, Settler: A })).toThrow('both Policy and Settler');
    expect(() => Book.read({ chainId: 1 })).toThrow('names no address');
  });
});
