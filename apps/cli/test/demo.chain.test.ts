// The main job as a user starts it, and as a power cut leaves it.

import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Tally } from '../src/demo/Tally.ts';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const LONG = 600_000;
let folder: string;

const recorded = process.env['TRIMTAB_DATA'] ?? '';
/** The built-in crash, and the real one where its recording is at hand. */
const CRASHES = [
  { name: 'the built-in crash', data: '', cycles: 700 },
  ...(recorded === '' ? [] : [{ name: 'the crash of 2023-08-17', data: recorded, cycles: 1_440 }]),
];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trimtab-demo-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

/** End a demo by a signal once so many lines were told; SIGKILL is a power cut. */
type End = { readonly at: number; readonly by: NodeJS.Signals };

/** Run the demo without a page. */
function demo(args: readonly string[], env: NodeJS.ProcessEnv = {}, end?: End): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN, 'demo', '--headless', '--json', ...args], {
    env: { ...process.env, TRIMTAB_DATA: '', ...env },
  });
  const ended = { code: null as number | null, out: '', err: '' };
  let lines = 0;
  child.stdout.on('data', (chunk: Buffer) => (ended.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => {
    ended.err += chunk.toString();
    lines += chunk.toString().split('SIMULATION').length - 1;
    if (end === undefined || lines < end.at || child.killed) return;
    child.kill(end.by);
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ ...ended, code })));
}

/** Hold a demo to what it promises: one object, every token conserved, every rebalance back inside the bands. */
function good({ code, out, err }: Ended): Tally {
  expect(code, err).toBe(0);
  expect(out.trimEnd().split('\n')).toHaveLength(1);
  const tally = JSON.parse(out) as Tally;
  expect(tally).toMatchObject({ ok: true, exit: 0, withinBands: true, conserved: true });
  expect(tally.rebalances).toBeGreaterThan(0);
  const done = tally.runs.filter(({ outcome }) => outcome === 'done');
  expect(done).toHaveLength(tally.rebalances);
  for (const run of done) expect(run).toMatchObject({ insideAfter: true });
  return tally;
}

/** Twenty calm quarters of an hour, a fall of a fifth over ten, and ten calm ones: enough for a rebalance or two. */
function fall(): string {
  const prices = [
    ...Array.from({ length: 20 }, (_, i) => 2_000 + (i % 3)),
    ...Array.from({ length: 10 }, (_, i) => 2_000 - 40 * (i + 1)),
    ...Array.from({ length: 10 }, (_, i) => 1_600 + (i % 2)),
  ];
  return `time,ETH\n${prices.map((price, i) => `${1_700_000_000 + i * 900},${price}`).join('\n')}\n`;
}

describe('the demo', () => {
  test.each(CRASHES)('keeps the vault on target through $name', { timeout: LONG }, async ({ name, data, cycles }) => {
    const tally = good(await demo(['--folder', join(folder, name)], { TRIMTAB_DATA: data }));
    expect(tally.cycles).toBeGreaterThanOrEqual(cycles);
    expect(tally.costs.fees).toBeGreaterThan(0);
    expect(tally.costs.gas).toBeGreaterThan(0);
    expect(tally.trackingError).toBeGreaterThan(0);
  });

  test('killed twice and started again, trades exactly what it would have traded', { timeout: LONG }, async () => {
    const file = join(folder, 'fall.csv.gz');
    await writeFile(file, gzipSync(fall()));
    const whole = good(await demo(['--data', file, '--folder', join(folder, 'whole')]));
    const args = ['--data', file, '--folder', join(folder, 'killed')];
    const deaths = [await demo(args, {}, { at: 12, by: 'SIGKILL' }), await demo(args, {}, { at: 14, by: 'SIGKILL' })];
    expect(deaths.map(({ code }) => code)).toEqual([null, null]);
    const last = await demo(args);
    expect(last.err).toContain('carrying on');
    const { runs, turnover, costs, endDrift } = good(last);
    expect({ runs: runs.map(({ at }) => at), turnover, costs, endDrift }).toEqual({
      runs: whole.runs.map(({ at }) => at),
      turnover: whole.turnover,
      costs: whole.costs,
      endDrift: whole.endDrift,
    });
  });

  test('stopped by a signal, ends with one object that says so', { timeout: LONG }, async () => {
    const file = join(folder, 'stopped.csv');
    await writeFile(file, fall());
    const args = ['--data', file, '--speed', '900', '--folder', join(folder, 'stopped')];
    const { code, out } = await demo(args, {}, { at: 3, by: 'SIGTERM' });
    expect(out.trimEnd().split('\n')).toHaveLength(1);
    expect(JSON.parse(out)).toMatchObject({ ok: false, exit: 1, error: { name: 'Stopped' } });
    expect(code).toBe(1);
  });

  test('refuses a file with a hole in it, naming file, line, value and fix', async () => {
    const file = join(folder, 'hole.csv');
    await writeFile(file, 'time,ETH\n2024-01-01T00:00:00Z,2000\n2024-02-01T00:00:00Z,2100\n');
    const { code, out } = await demo(['--data', file, '--folder', join(folder, 'hole')]);
    expect(code).toBe(2);
    expect(out).toMatch(/hole\.csv:3/);
    expect(out).toMatch(/2024-02-01T00:00:00Z/);
    expect(JSON.parse(out)).toHaveProperty('error');
  });

  test('refuses targets that do not sum to one, saying so', async () => {
    const { code, out } = await demo(['--targets', 'WETH=50%,USDC=40%', '--folder', join(folder, 'targets')]);
    expect(code).toBe(2);
    expect(out).toContain('targets sum to 90 %');
  });
});
