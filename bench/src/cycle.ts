// What the engine itself adds to a cycle once the world has been read: deciding, and making the decision durable.

import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded } from '@trimtab/adapters/journal';
import { consider, observe, open } from '@trimtab/engine';
import type { Journal } from '@trimtab/engine';
import { basket, Random, simulate } from '@trimtab/lab';
import type { Row } from './main.ts';

const CYCLES = 1_000;
const WARM_UP = 200;
/** Largest overhead that a cycle of 50 assets may have at the 99th percentile. {ms} */
const TARGET = 5;

/** Measure the overhead of a cycle, observing excluded, for 5, 50 and 200 assets on the embedded journal with real fsync. */
export async function cycle(): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'trimtab-bench-'));
  const journal = await openEmbedded(folder);
  try {
    const rows: Row[] = [];
    for (const count of [5, 50, 200]) rows.push(...(await measure(journal, count)));
    return [...rows, ...disk(folder)];
  } finally {
    await journal.close();
    await rm(folder, { recursive: true });
  }
}

async function measure(journal: Journal, count: number): Promise<readonly Row[]> {
  const { spec, strategy } = basket({ count, seed: 1 });
  const sim = simulate(spec);
  // One portfolio a size: each has a journal of its own inside the same database.
  const custody = { ...sim.world.custody, portfolio: `bench:${count}` };
  const world = { ...sim.world, custody, journal };
  const opening = { strategy, mode: 'DRY RUN', holder: 'bench', version: 'bench', leaseSeconds: 3_600 } as const;
  const desk = await open(world, opening);
  const random = Random.stream(1, `prices of ${count}`);
  let fair = spec.prices;
  const times: number[] = [];
  const deciding: number[] = [];
  for (let k = 1; k <= WARM_UP + CYCLES; k++) {
    fair = fair.map((price) => (price * BigInt(9_990 + Random.below(random, 21))) / 10_000n);
    sim.tick(spec.at + k * 60, fair);
    const snapshot = await observe(world, undefined);
    const began = performance.now();
    const { events } = consider({ ...desk, cycle: k }, snapshot);
    const decided = performance.now();
    await journal.append(desk.lease, events);
    if (k <= WARM_UP) continue;
    times.push(performance.now() - began);
    deciding.push(decided - began);
  }
  await journal.release(desk.lease);
  const target = count === 50 ? TARGET : null;
  const p99 = quantile(times, 0.99);
  return [
    { case: `${count} assets, p50`, value: quantile(times, 0.5), unit: 'ms', target: null, met: null },
    { case: `${count} assets, p99`, value: p99, unit: 'ms', target, met: target === null ? null : p99 <= target },
    {
      case: `${count} assets, deciding alone, p99`,
      value: quantile(deciding, 0.99),
      unit: 'ms',
      target: null,
      met: null,
    },
  ];
}

/** Measure what the disk itself asks for one durable write of a page: no journal can be faster than this. */
function disk(folder: string): readonly Row[] {
  const file = openSync(join(folder, 'page'), 'w');
  const page = Buffer.alloc(8_192, 1);
  const times = Array.from({ length: CYCLES }, () => {
    const began = performance.now();
    writeSync(file, page);
    fsyncSync(file);
    return performance.now() - began;
  });
  closeSync(file);
  return [
    { case: 'disk: one page made durable, p50', value: quantile(times, 0.5), unit: 'ms', target: null, met: null },
    { case: 'disk: one page made durable, p99', value: quantile(times, 0.99), unit: 'ms', target: null, met: null },
  ];
}

function quantile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return Math.round((sorted[Math.floor(share * sorted.length)] ?? 0) * 1_000) / 1_000;
}
