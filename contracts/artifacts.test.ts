// The committed artefacts are what the sources compile to: ABI, bytecode and storage layout, byte for byte.

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as artifacts from './artifacts/index.ts';
import { build } from './build.ts';

/** {byte} EIP-170: larger code is not deployed. */
const LARGEST = 24_576;

test('the committed artefacts are what the sources compile to', { timeout: 300_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'artifacts-'));
  try {
    await build(join(folder, 'fresh'), join(folder, 'cache'));
    const committed = join(import.meta.dirname, 'artifacts');
    const names = await readdir(join(folder, 'fresh'));
    expect(names).toEqual(await readdir(committed));
    for (const name of names) {
      const fresh = await readFile(join(folder, 'fresh', name), 'utf8');
      const kept = await readFile(join(committed, name), 'utf8');
      expect(kept === fresh, `${name} is not what contracts/src compiles to: run node contracts/build.ts`).toBe(true);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('every contract is small enough to be deployed', () => {
  for (const [name, { bytecode }] of Object.entries(artifacts)) {
    expect(bytecode.length / 2 - 1, name).toBeGreaterThan(100);
    expect(bytecode.length / 2 - 1, name).toBeLessThanOrEqual(LARGEST);
  }
});
