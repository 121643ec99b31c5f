import { OracleHub, Policy } from '@trimtab/contracts';
import { Rpc } from '@trimtab/adapters/chain';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Abi,
  type AbiFunction,
  encodeAbiParameters,
  encodeFunctionData,
  getAbiItem,
  type Hex,
  keccak256,
  parseAbi,
  stringToBytes,
  toFunctionSelector,
  zeroHash,
} from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { localVault, type LocalVault } from '../../test/localVault.ts';
import { object, trimtab } from '../../test/trimtab.ts';

let local: LocalVault;
let url: string;
let contracts: Readonly<Record<'policy' | 'hub' | 'vault' | 'token', Hex>>;

beforeAll(async () => {
  local = await localVault();
  const { deployment, init } = local;
  url = init[init.indexOf('--rpc') + 1] ?? '';
  contracts = {
    policy: deployment.policy,
    hub: deployment.hub,
    vault: deployment.vault,
    token: deployment.native,
  };
});
afterAll(() => local.stop());

const ask = (method: string, params: readonly unknown[]): Promise<unknown> =>
  Rpc.open(url, 31_337).request(method, params);

/** A motion with one call, as JSON. */
const motion = (target: Hex, data: Hex): string =>
  JSON.stringify({ targets: [target], values: ['0'], calldatas: [data], description: 'A small clean-up' });

const selectorOf = (abi: Abi, name: string): Hex => toFunctionSelector(getAbiItem({ abi, name }) as AbiFunction);

const view = async (to: Hex, data: Hex): Promise<Hex> => (await ask('eth_call', [{ to, data }, 'latest'])) as Hex;

describe('gov diff', () => {
  test('tells a bound against what holds now', async () => {
    const read = encodeFunctionData({ abi: Policy.abi, functionName: 'boundsOf', args: [contracts.vault] });
    const present = await view(contracts.policy, read);
    // The bounds as they are, encoded behind the vault, with the first of them one higher.
    const first = BigInt(present.slice(0, 66)) + 1n;
    const rest = present.slice(66);
    const data: Hex = `${selectorOf(Policy.abi, 'loosen')}${contracts.vault.slice(2).padStart(64, '0').toLowerCase()}${first.toString(16).padStart(64, '0')}${rest}`;
    const { exit, out } = await trimtab(['gov', 'diff', '-', '--rpc', url], { input: motion(contracts.policy, data) });
    expect(exit).toBe(0);
    expect(out).toContain('which calls itself “A small clean-up”');
    expect(out).toMatch(/1 {2}PRIVILEGED {2}sets the bounds of 0x/);
    expect(out).toMatch(/maxFloorDiscBps: \d+ bps \(\S+ %\) → \d+ bps \(\S+ %\) \(LOOSER\)/);
    expect(out).not.toContain('maxBandBps');
    expect(out).toContain('No address book was given');
  });

  test('tells what another feed would answer now, and that an account is no feed', async () => {
    const peek = encodeFunctionData({ abi: OracleHub.abi, functionName: 'listingOf', args: [contracts.token] });
    const listing = await view(contracts.hub, peek);
    const head = `${selectorOf(OracleHub.abi, 'relist')}${contracts.token.slice(2).padStart(64, '0').toLowerCase()}`;
    const same: Hex = `${head as Hex}${listing.slice(2)}`;
    const told = await trimtab(['gov', 'diff', '-', '--rpc', url], { input: motion(contracts.hub, same) });
    expect(told.exit).toBe(0);
    expect(told.out).toMatch(/primary answers now: \$2000, \d+ s old/);
    expect(told.out).toContain("the hub's price until then: $2000 (ok)");
    const account: Hex = `${head as Hex}${'ee'.repeat(20).padStart(64, '0')}${listing.slice(66)}`;
    const refused = await trimtab(['gov', 'diff', '-', '--rpc', url], { input: motion(contracts.hub, account) });
    expect(refused.exit).toBe(9);
    expect(refused.out).toContain('primary answers NOTHING');
  });

  test('reads a proposal from the transaction that made it, and finds what hides in it', async () => {
    const from = `0x${'77'.repeat(20)}`;
    await ask('anvil_setBalance', [from, '0xde0b6b3a7640000']);
    await ask('anvil_impersonateAccount', [from]);
    const send = async (transaction: object): Promise<Readonly<Record<string, Hex>>> => {
      const hash = await ask('eth_sendTransaction', [{ from, gas: '0xf4240', ...transaction }]);
      return (await ask('eth_getTransactionReceipt', [hash])) as Readonly<Record<string, Hex>>;
    };
    // A contract that logs the bytes it is called with under the topic that comes first in them.
    const { contractAddress } = await send({
      data: '0x6e60203603806020 5f375f35905fa100 5f52600f6011f3'.replaceAll(' ', ''),
    });
    const topic = keccak256(
      stringToBytes('ProposalCreated(uint256,address,address[],uint256[],string[],bytes[],uint256,uint256,string)'),
    );
    const grant = encodeFunctionData({
      abi: parseAbi(['function grantRole(bytes32,address)']),
      args: [zeroHash, `0x${'ee'.repeat(20)}`],
    });
    const types = [
      'uint256',
      'address',
      'address[]',
      'uint256[]',
      'string[]',
      'bytes[]',
      'uint256',
      'uint256',
      'string',
    ];
    const log = encodeAbiParameters(
      types.map((type) => ({ type })),
      [
        7n,
        contracts.vault,
        [contracts.policy, contracts.vault],
        [0n, 0n],
        ['', ''],
        [grant, '0xdeadbeef'],
        1n,
        2n,
        'Clean up',
      ],
    );
    const { transactionHash } = await send({ to: contractAddress, data: `${topic}${log.slice(2)}` });
    const told = await trimtab(['gov', 'diff', '--rpc', url, '--tx', transactionHash ?? '', '--json']);
    expect(told.exit).toBe(9);
    expect(object(told)).toMatchObject({ ok: false, id: '7', unknown: 1, privileged: 1, clear: false });
    expect(told.out).toContain('gives the role DEFAULT_ADMIN_ROLE');
    const other = await trimtab(['gov', 'diff', '--rpc', url, '--tx', transactionHash ?? '', '--proposal', '8']);
    expect({ exit: other.exit, err: other.err }).toMatchObject({
      exit: 2,
      err: expect.stringContaining('is not in the transaction'),
    });
  });

  test('refuses a book of another chain', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'trimtab-gov-'));
    const path = join(folder, 'book.json');
    await writeFile(path, JSON.stringify({ chainId: 1, contracts: { Policy: { address: contracts.policy } } }));
    const { exit, err } = await trimtab(['gov', 'diff', '-', '--rpc', url, '--book', path], { input: '{}' });
    await rm(folder, { recursive: true });
    expect(exit).toBe(2);
    expect(err).toContain('The address book is of chain 1, the node serves chain 31337.');
  });
});
