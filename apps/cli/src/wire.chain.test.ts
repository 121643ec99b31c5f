import { Rpc } from '@trimtab/adapters/chain';
import type { Authorise } from '@trimtab/core';
import { privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { KEY, localVault } from '../test/localVault.ts';
import type { LocalVault } from '../test/localVault.ts';
import { trimtab } from '../test/trimtab.ts';
import { parseConfig } from './readConfig.ts';
import { wire } from './wire.ts';

const GWEI = 10n ** 9n;
const account = privateKeyToAccount(KEY);
const step: Authorise = { kind: 'authorise', nonce: 1, supply: 1n, legs: [], deadline: 0, floorDiscount: 0, why: '' };

let vault: LocalVault;
beforeAll(async () => {
  vault = await localVault();
});
afterAll(() => vault.stop());

/** Open the venue of a configuration written with these flags. */
async function venue(...flags: readonly string[]) {
  const { out } = await trimtab([...vault.init, ...flags, '--config', '-']);
  return (await wire(parseConfig(out, 'trimtab.yaml'), account)).venue;
}

test('a transaction counts once as many blocks hold it as the configuration asks', async () => {
  const rpc = Rpc.open(vault.deployment.rpc, vault.deployment.chain);
  const { find, send } = await venue('--confirmations', '3');
  const fees = { gas: 21_000n, maxFeePerGas: 100n * GWEI, maxPriorityFeePerGas: GWEI };
  const { address: from } = account;
  const raw = await account.signTransaction({ type: 'eip1559', chainId: rpc.chain, nonce: 0, to: from, ...fees });
  const hash = String(await rpc.request('eth_sendRawTransaction', [raw]));
  const signed = { raw, hash, from, nonce: 0 };
  await send(signed);
  for (const kind of ['pending', 'pending', 'settled']) {
    expect(await find(signed, step)).toMatchObject({ kind });
    await rpc.request('evm_mine', []);
  }
});

test('what the configuration says of gas is what is bid, and the most that is', async () => {
  const cheap = await venue('--tip', '2 gwei');
  const dear = await venue('--tip', '5 gwei');
  const head = await cheap.head();
  const [{ gas: less }, { gas: more }] = await Promise.all([cheap.markets(head), dear.markets(head)]);
  expect(more.price - less.price).toBe(3n * GWEI);
  const poor = await venue('--tip', '0 gwei', '--max-fee', '0.000000001 gwei');
  const proof = await poor.prove({ ...step, deadline: head.at + 3_600 }, { number: 0 });
  expect(proof).toMatchObject({ kind: 'failed', next: 'wait', why: expect.stringContaining('above the limit of 1') });
});
