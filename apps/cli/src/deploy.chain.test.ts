// The deployment as an operator runs it: a process with a key in its environment, which may die at any moment.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { startAnvil } from '@trimtab/adapters/local';
import { createTestClient, http, parseEther, publicActions } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, expect, test } from 'vitest';

const script = join(import.meta.dirname, 'deploy.ts');
const key = generatePrivateKey();
const deployer = privateKeyToAccount(key).address;
const owner = '0x00000000000000000000000000000000000a11ce';

let folder: string;
let anvil: Awaited<ReturnType<typeof startAnvil>>;
let chain: ReturnType<typeof chainAt>;
const chainAt = (rpc: string) => createTestClient({ mode: 'anvil', transport: http(rpc) }).extend(publicActions);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trimtab-deploy-'));
  anvil = await startAnvil({ chain: 31_337, mining: 'asked' });
  chain = chainAt(anvil.rpc);
  await chain.setBalance({ address: deployer, value: parseEther('100') });
});
afterAll(async () => {
  await anvil.stop();
  await rm(folder, { recursive: true });
});

function start(...args: readonly string[]): ChildProcess {
  const env = { PATH: process.env['PATH'], TRIMTAB_DEPLOYER_KEY: key };
  return spawn(process.execPath, [script, '--rpc', anvil.rpc, '--records', folder, ...args], { env });
}

async function run(...args: readonly string[]) {
  const child = start(...args);
  let [out, err] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, out, err };
}

/** Wait until the process has sent `count` transactions. */
async function sentBy(child: ChildProcess, count: number): Promise<void> {
  while ((await chain.getTransactionCount({ address: deployer, blockTag: 'pending' })) < count) {
    expect(child.exitCode, 'it ended by itself').toBe(null);
    await setTimeout(20);
  }
}

test('a deployment that was killed with a transaction under way is finished by the next, and checks', async () => {
  const doomed = start('--owner', owner);
  await sentBy(doomed, 1);
  await chain.mine({ blocks: 1 });
  await sentBy(doomed, 2);
  doomed.kill('SIGKILL');
  await once(doomed, 'close');

  await chain.setAutomine(true);
  const finished = await run('--owner', owner);
  expect(finished).toMatchObject({ code: 0, err: '' });
  const recorded = await readFile(join(folder, '31337.json'), 'utf8');
  expect(finished.out).toBe(recorded);
  expect(await run('--owner', owner)).toEqual(finished);
  expect(await run('--check')).toMatchObject({ code: 0 });
  expect(recorded + finished.err).not.toContain(key.slice(2));

  const { contracts } = JSON.parse(recorded) as { contracts: { Settler: { address: `0x${string}` } } };
  await chain.setCode({ address: contracts.Settler.address, bytecode: '0x6000' });
  const checked = await run('--check');
  expect(checked.code).toBe(1);
  expect(checked.err).toMatch(/^Settler at /);
});

test('without a key, without a node, with a key as an argument: it says what to do and does nothing', async () => {
  expect(await run('--owner', owner, '--key', key)).toMatchObject({ code: 2 });
  expect((await run('--owner', 'me')).err).toMatch(/--owner must be an address/);
  await writeFile(join(folder, '31337.json'), '{}');
  expect(await run('--check')).toMatchObject({ code: 1 });
});
