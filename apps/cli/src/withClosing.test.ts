import { describe, expect, test } from 'vitest';
import { withClosing } from './withClosing.ts';

const fail = (why: string) => () => Promise.reject(new Error(why));

describe('withClosing', () => {
  test('closes in reverse and hands over the result', async () => {
    const closed: number[] = [];
    const result = await withClosing(async (closing) => {
      for (const n of [1, 2, 3]) closing(async () => void closed.push(n));
      return 'done';
    });
    expect({ result, closed }).toEqual({ result: 'done', closed: [3, 2, 1] });
  });

  test('closes everything although one fails, and tells of the first that did', async () => {
    const closed: number[] = [];
    const ended = withClosing(async (closing) => {
      closing(async () => void closed.push(1));
      closing(fail('later'));
      closing(fail('first'));
      closing(async () => void closed.push(4));
    });
    await expect(ended).rejects.toThrow('first');
    expect(closed).toEqual([4, 1]);
  });

  test("keeps the work's own error", async () => {
    const ended = withClosing(async (closing) => {
      closing(fail('closing'));
      throw new Error('work');
    });
    await expect(ended).rejects.toThrow('work');
  });
});
