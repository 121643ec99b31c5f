// The committed artefacts are what the sources compile to: ABI, bytecode and storage layout, byte for byte.

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { build } from './build.ts';
import { abiOf, type Compiled, layoutOf, runsForeignCode, tooLarge } from './Compiled.ts';

test(
  'the committed artefacts are what the sources compile to, and all of it can be deployed',
  { timeout: 600_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'artifacts-'));
    try {
      const all = await build(join(folder, 'fresh'), join(folder, 'cache'));
      expect(all.length).toBeGreaterThan(8);
      expect(tooLarge(all)).toEqual([]);
      expect(runsForeignCode(all)).toEqual([]);
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
  },
);

const planted: Compiled = {
  name: 'Planted',
  abi: [
    {
      type: 'function',
      name: 'put',
      inputs: [{ type: 'tuple[]', components: [{ type: 'address' }, { type: 'uint8' }] }],
      outputs: [{ type: 'bool' }],
      stateMutability: 'nonpayable',
    },
    { type: 'event', name: 'Put', inputs: [{ type: 'address', indexed: true }, { type: 'uint256' }] },
    { type: 'error', name: 'Planted__Full', inputs: [] },
  ],
  bytecode: { object: '0x' },
  deployedBytecode: { object: '0x' },
  metadata: { compiler: { version: '0' }, settings: { evmVersion: 'cancun', optimizer: {}, metadata: {} } },
  storageLayout: {
    storage: [{ label: '_a', slot: '3', offset: 20, type: 't_struct(Entry)4711_storage' }],
    types: { a: { label: 'struct Entry', members: [{ label: 'b', slot: '0', offset: 4, type: 't_uint32' }] } },
  },
};
const sized = (bytes: number): Compiled => ({ ...planted, deployedBytecode: { object: `0x${'00'.repeat(bytes)}` } });

test('a contract is too large from the first byte beyond what the chain takes', () => {
  expect(tooLarge([sized(24_576)])).toEqual([]);
  expect(tooLarge([sized(24_577)])).toEqual(['Planted 24577']);
});

test('an instruction that runs the code of another is found, and what is pushed is none', () => {
  const coded = (code: string): Compiled => ({ ...planted, deployedBytecode: { object: `0x${code}` } });
  expect(runsForeignCode([coded('60f4'), coded('63f4f2fff400'), coded('5b')])).toEqual([]);
  expect(runsForeignCode([coded('5bf4'), coded('60f4f2'), coded('00ff')])).toEqual([
    'Planted DELEGATECALL at 1',
    'Planted CALLCODE at 2',
    'Planted SELFDESTRUCT at 1',
  ]);
});

test('signatures spell tuples out and are in order; a layout names no node of the compiler', () => {
  expect(abiOf(planted)).toEqual([
    'Planted error Planted__Full()',
    'Planted event Put(address indexed, uint256)',
    'Planted function put((address, uint8)[]) nonpayable returns (bool)',
  ]);
  expect(layoutOf(planted)).toEqual(['Planted 3+20 _a t_struct(Entry)_storage', 'Planted struct Entry 0+4 b t_uint32']);
});
