import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { Told } from './appendForever.ts';

const place = mkdtempSync(join(tmpdir(), 'trimtab-killed-'));
afterAll(() => rmSync(place, { recursive: true, force: true }));

/** Tell of a writer's life: what it found when it started, and the newest entry it acknowledged. */
type Life = { readonly found: number; readonly chain: string; readonly acknowledged: number };

/** Start a writer on a folder and kill it in the midst of what follows its `most`th acknowledgement. */
async function liveUntil(folder: string, most: number): Promise<Life> {
  const child = fork(join(import.meta.dirname, 'appendForever.ts'), [folder, 'eip155:31337/0x01']);
  const ended = once(child, 'exit');
  let life: Life = { found: -1, chain: 'never read', acknowledged: 0 };
  let count = 0;
  child.on('message', (told: Told) => {
    life = { ...life, ...told };
    if ('acknowledged' in told) count += 1;
    if (count === most) setImmediate(() => child.kill('SIGKILL'));
  });
  expect((await ended)[1]).toBe('SIGKILL');
  return life;
}

test('a killed owner leaves every acknowledged entry, wherever it is killed', { timeout: 300_000 }, async () => {
  const folder = join(place, 'often');
  // The seed of the run, which is printed, chooses how many entries each life acknowledges before it is killed.
  const seed = fc.readConfigureGlobal().seed ?? 1;
  let before = 0;
  for (const most of fc.sample(fc.integer({ min: 1, max: 40 }), { numRuns: 11, seed })) {
    const life = await liveUntil(folder, most);
    expect(life.chain).toBe('whole');
    expect(life.found).toBeGreaterThanOrEqual(before);
    before = life.acknowledged;
  }
  expect(before).toBeGreaterThanOrEqual(11);
});

test('an owner killed during the very first start leaves a folder that opens', async () => {
  const folder = join(place, 'first');
  const child = fork(join(import.meta.dirname, 'appendForever.ts'), [folder, 'eip155:31337/0x01']);
  const ended = once(child, 'exit');
  const watching = setInterval(() => {
    if (existsSync(join(folder, 'pgdata', 'PG_VERSION'))) child.kill('SIGKILL');
  }, 1);
  await ended;
  clearInterval(watching);
  expect(existsSync(join(folder, 'pgdata.unfinished'))).toBe(true);
  expect(await liveUntil(folder, 1)).toMatchObject({ found: 0, chain: 'whole' });
});
