// What a vault still permits, compared with what a fill really sold and lost.

import { FixedPoint } from '@trimtab/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStage, type Stage } from '../local/openStage.ts';
import * as Rehearsal from '../local/Rehearsal.ts';
import * as SampleWorld from '../local/SampleWorld.ts';

const GWEI = 10n ** 9n;

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

describe('what custody permits', () => {
  test('shrinks by what a fill sold and lost, and grows back with time', async () => {
    const { custody, venue } = stage;
    const room = async () => (await custody.holdings(await venue.head())).permits;
    await Rehearsal.done(stage, await Rehearsal.authorise(stage), venue);
    const before = await room();
    const sold = 5n * 10n ** 18n;
    const { found } = await Rehearsal.done(stage, await Rehearsal.swap(stage, [[0]], sold), venue);
    const after = await room();
    if (found.kind !== 'settled') throw new Error(found.kind);
    const worth = sold * 1_800n;
    const lost = worth - (found.fill?.received ?? 0n) * 10n ** 12n;
    // The settler rounds up, and the vault is worth a little less after the loss.
    expect(relative(before.turnoverRoom - after.turnoverRoom, worth)).toBeLessThan(0.01);
    expect(relative(before.lossRoom - after.lossRoom, lost)).toBeLessThan(0.02);
    await stage.actor.nextBlock(SampleWorld.BEGINS + 3_000, GWEI);
    expect((await room()).turnoverRoom).toBeGreaterThan(after.turnoverRoom);
  });

  test('is nothing while one price is unusable', async () => {
    await stage.actor.nextBlock(SampleWorld.BEGINS + 4_000, GWEI);
    const { permits } = await stage.custody.holdings(await stage.venue.head());
    expect(permits).toMatchObject({ lossRoom: 0n, turnoverRoom: 0n });
  });
});

function relative(a: bigint, b: bigint): number {
  return Math.abs(Number(FixedPoint.divDown((a - b) * 1_000_000n, b))) / 1e6;
}
