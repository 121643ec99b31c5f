import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ONE } from '../../money/Fixed.ts';
import * as PriceIndex from './PriceIndex.ts';

const price = fc.bigInt({ min: 1n, max: 10n ** 24n });
const members = fc.uniqueArray(
  fc.record({
    asset: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    decimals: fc.constantFrom(0, 6, 8, 18, 27),
    atoms: fc.oneof(fc.bigInt({ min: 1n, max: 1n << 128n }), fc.constant(1n)),
  }),
  { selector: ({ asset }) => asset, minLength: 1 },
);
const prices = fc
  .tuple(price, price, price, price, price)
  .map((five) => new Map(five.map((one, index) => ['abcde'[index]!, one])));
const level = fc.bigInt({ min: 1n, max: 10n ** 24n });

describe('an index', () => {
  test('starts where it is told to, and moves with prices alone', () => {
    fc.assert(
      fc.property(members, prices, level, fc.bigInt({ min: 1n, max: 1_000n }), (basket, now, start, times) => {
        const index = PriceIndex.start(basket, now, start);
        expect(PriceIndex.levelDown(index, now)).toBe(start);
        const later = new Map([...now].map(([asset, one]) => [asset, one * times]));
        expect(PriceIndex.levelDown(index, later)).toBe(start * times);
      }),
    );
  });

  test('keeps its level through any chain of changes, to the last digit', () => {
    fc.assert(
      fc.property(
        members,
        fc.array(members, { maxLength: 6 }),
        prices,
        prices,
        level,
        (basket, chain, now, later, start) => {
          const index = PriceIndex.start(basket, now, start);
          const before = PriceIndex.levelDown(index, later);
          const after = chain.reduce((one, next) => PriceIndex.change(one, next, later), index);
          expect(PriceIndex.levelDown(after, later)).toBe(before);
          const back = PriceIndex.change(after, basket, later);
          expect(back).toEqual(index);
        },
      ),
    );
  });

  test('does not notice a split, whatever its ratio, nor a member so small that it is worth nothing', () => {
    fc.assert(
      fc.property(
        members,
        prices,
        level,
        fc.bigInt({ min: 1n, max: 10n ** 6n }),
        fc.bigInt({ min: 1n, max: 10n ** 6n }),
        (basket, now, start, into, from) => {
          // A price that the ratio divides, so that it can move the other way exactly.
          const even = new Map([...now].map(([asset, one]) => [asset, one * into]));
          const index = PriceIndex.start(basket, even, start);
          const [first] = basket;
          const split = PriceIndex.split(index, first!.asset, into, from);
          const moved = new Map([...even, [first!.asset, now.get(first!.asset)! * from]]);
          expect(PriceIndex.levelDown(split, moved)).toBe(start);
        },
      ),
    );
  });

  test('is counted in dollars a point', () => {
    const index = PriceIndex.start([{ asset: 'a', decimals: 2, atoms: 300n }], new Map([['a', 50n * ONE]]), 100n * ONE);
    expect(PriceIndex.divisorDown(index)).toBe((3n * ONE) / 2n);
  });

  const one = [{ asset: 'a', decimals: 0, atoms: 1n }];
  const known = new Map([['a', ONE]]);
  const index = PriceIndex.start(one, known, ONE);
  test.each<[string, () => unknown]>([
    ['no members', () => PriceIndex.start([], known, ONE)],
    ['a level of zero', () => PriceIndex.start(one, known, 0n)],
    ['a member without a price', () => PriceIndex.levelDown(index, new Map())],
    ['a price of zero', () => PriceIndex.levelDown(index, new Map([['a', 0n]]))],
    ['a member listed twice', () => PriceIndex.change(index, [...one, ...one], known)],
    ['a member without atoms', () => PriceIndex.change(index, [{ ...one[0]!, atoms: 0n }], known)],
    ['a split of a stranger', () => PriceIndex.split(index, 'b', 2n, 1n)],
    ['a split into nothing', () => PriceIndex.split(index, 'a', 0n, 1n)],
  ])('%s is refused', (_, wrong) => {
    expect(wrong).toThrow(PriceIndex.IndexError);
  });
});
