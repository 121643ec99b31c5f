import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as FeedKeeper from './FeedKeeper.ts';

const WAD = 10n ** 18n;
const start = FeedKeeper.start(FeedKeeper.MAJOR, 2_000n * WAD, 0);

describe('a feed', () => {
  test('is silent below its threshold and speaks at it', () => {
    expect(FeedKeeper.tick(start, 2_009n * WAD, 60).publish).toBeUndefined();
    expect(FeedKeeper.tick(start, 2_010n * WAD, 60).publish).toEqual({ price: 2_010n * WAD, at: 60 });
    expect(FeedKeeper.tick(start, 1_990n * WAD, 60).publish).toEqual({ price: 1_990n * WAD, at: 60 });
    expect(FeedKeeper.tick(start, 1_990n * WAD + 10n ** 10n, 60).publish).toBeUndefined();
  });

  test('speaks at its heartbeat whatever the price', () => {
    expect(FeedKeeper.tick(start, 2_000n * WAD, 3_599).publish).toBeUndefined();
    expect(FeedKeeper.tick(start, 2_000n * WAD, 3_600).publish).toEqual({ price: 2_000n * WAD, at: 3_600 });
  });

  test('with a tick of latency publishes what it saw a tick ago', () => {
    const slow = FeedKeeper.start({ ...FeedKeeper.MAJOR, latency: 1 }, 2_000n * WAD, 0);
    const first = FeedKeeper.tick(slow, 1_800n * WAD, 60);
    expect(first.publish).toBeUndefined();
    expect(FeedKeeper.tick(first.keeper, 1_700n * WAD, 120).publish).toEqual({ price: 1_800n * WAD, at: 120 });
  });

  test('cuts answers to its decimals', () => {
    expect(FeedKeeper.start(FeedKeeper.MAJOR, WAD + 12_345_678_901n, 0).answer.price).toBe(WAD + 10n ** 10n);
  });

  test('is never further from the market than its threshold, nor older than its heartbeat, after a tick', () => {
    const step = fc.record({ move: fc.integer({ min: -300, max: 300 }), wait: fc.integer({ min: 1, max: 7_200 }) });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), (steps) => {
        let keeper = start;
        let price = 2_000n * WAD;
        let at = 0;
        for (const { move, wait } of steps) {
          price += (price * BigInt(move)) / 10_000n;
          at += wait;
          const before = keeper.answer;
          const ticked = FeedKeeper.tick(keeper, price, at);
          keeper = ticked.keeper;
          const away = price > keeper.answer.price ? price - keeper.answer.price : keeper.answer.price - price;
          // The cut to eight decimals can hide one unit of the feed.
          expect(away * 10_000n < keeper.answer.price * 50n + 10n ** 14n).toBe(true);
          expect(at - keeper.answer.at).toBeLessThan(3_600);
          expect(keeper.answer).toEqual(ticked.publish ?? before);
        }
      }),
    );
  });
});
