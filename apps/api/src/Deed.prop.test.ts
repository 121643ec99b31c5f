import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Deed from './Deed.ts';
import * as Projection from './Projection.ts';
import { PORTFOLIO, sampleEntries } from './sample/index.ts';

const swap = (slice: number, of: number) => ({ kind: 'swap', guarded: { slice, of } });

describe('the deeds of a plan', () => {
  test('are its steps, all of them and in their order, and one of them for each trade', () => {
    const trades = fc.array(fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }), { maxLength: 8 });
    fc.assert(
      fc.property(trades, (counts) => {
        const plan = [{ kind: 'authorise' }, ...counts.flatMap(cut)];
        const deeds = Deed.of(plan);
        expect(deeds.flatMap(({ steps }) => steps)).toEqual(plan);
        expect(deeds.map(({ from, steps }) => plan[from] === steps[0])).not.toContain(false);
        expect(deeds.slice(1).map(({ steps }) => steps.length)).toEqual(counts.map((count) => count ?? 1));
      }),
    );
  });

  test('add up what is in their slices, and what those of them brought that are settled', () => {
    const { runs } = Projection.foldAll(Projection.empty(PORTFOLIO, 'LIVE'), sampleEntries({ cycles: 400 })).shown;
    for (const { steps } of runs) {
      const [, trade] = Deed.of(steps.map(({ step }) => step));
      if (trade === undefined) throw new Error('a run of the script trades nothing');
      const own = steps.slice(trade.from);
      const whole = Deed.whole(trade.steps);
      const sold = own.reduce((sum, step) => sum + BigInt(step.sold?.atoms ?? 0), 0n);
      expect(whole).toMatchObject({ kind: 'swap', sold: { atoms: String(sold) }, markets: [expect.any(String)] });
      const [first, ...later] = own;
      expect(Deed.filled(own)).toMatchObject({ count: 3, sold: { atoms: String(sold) }, at: first?.at });
      expect(Deed.filled(own.slice(0, 1))).toMatchObject({ count: 1, received: first?.received });
      const waiting = later.map(({ step }) => ({ step, state: 'waiting' as const, attempts: [] }));
      expect(Deed.filled(waiting)).toBeUndefined();
    }
    expect(runs.length).toBeGreaterThan(0);
  });
});

/** Cut a trade into slices; one that is sent in private has none. */
function cut(count: number | undefined): readonly { readonly kind: string }[] {
  return count === undefined ? [{ kind: 'swap' }] : Array.from({ length: count }, (_, at) => swap(at + 1, count));
}
