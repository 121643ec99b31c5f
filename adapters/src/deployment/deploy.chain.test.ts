// On a real EVM: the same contracts at the same places, however often, by whomever, and whatever went wrong before.

import { createPublicClient, createWalletClient, http, zeroAddress } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Rpc from '../chain/Rpc.ts';
import { type Anvil, startAnvil } from '../local/startAnvil.ts';
import { deploy, NoProxy, type Site, WrongCode } from './deploy.ts';
import * as Installation from './Installation.ts';
import { plan, PROXY } from './Plan.ts';

const owner = '0x00000000000000000000000000000000000a11ce';
const choices = {
  owner,
  sequencerFeed: zeroAddress,
  uniswapFactory: zeroAddress,
  pairFactory: zeroAddress,
  batchSettlement: zeroAddress,
  aggregator: owner,
} as const;
const steps = plan({ ...choices, delay: 86_400n });
const names = steps.map(({ name }) => name);
/** Stands in for a process that is killed: nothing after it happens. */
class Killed extends Error {}

let anvil: Anvil;
let site: Site;
let rpc: Rpc.Rpc;
beforeEach(async () => {
  anvil = await startAnvil({ chain: 31_337, mining: 'each' });
  rpc = Rpc.open(anvil.rpc, anvil.chain);
  site = await siteOf(anvil);
});
afterEach(() => anvil.stop());

async function siteOf({ rpc: url, chain }: Anvil): Promise<Site> {
  const account = privateKeyToAccount(generatePrivateKey());
  await Rpc.open(url, chain).request('anvil_setBalance', [account.address, `0x${(10n ** 20n).toString(16)}`]);
  const transport = http(url);
  return {
    read: createPublicClient({ transport, pollingInterval: 5 }),
    write: createWalletClient({ transport, account }),
  };
}

/** A site whose process dies instead of sending its transaction number `count`. */
function dyingAt(count: number): Site {
  let sent = 0;
  const sendTransaction: Site['write']['sendTransaction'] = (request) => {
    if (sent === count) return Promise.reject(new Killed());
    sent += 1;
    return site.write.sendTransaction(request);
  };
  return { read: site.read, write: { ...site.write, sendTransaction } };
}

const sentBy = ({ read, write }: Site) => read.getTransactionCount({ address: write.account.address });

describe('a deployment', () => {
  test('places every contract, and run again sends nothing and records the same', async () => {
    const first = await deploy(site, steps);
    expect(Object.keys(first.contracts)).toEqual(names);
    expect(await Installation.check(site.read, first)).toEqual([]);
    expect(await sentBy(site)).toBe(steps.length);
    expect(await deploy(site, steps)).toEqual(first);
    expect(await sentBy(site)).toBe(steps.length);
    expect(Installation.parse(JSON.stringify(first))).toEqual(first);
  });

  test('killed at any step goes on from there', async () => {
    for (const at of steps.keys()) {
      await expect(deploy(dyingAt(Math.min(at, 1)), steps)).rejects.toMatchObject({ cause: expect.any(Killed) });
      const code = await Promise.all(steps.map(({ address }) => site.read.getCode({ address })));
      expect(code.map((one) => one !== undefined)).toEqual(steps.map((_, index) => index < at));
    }
    expect(Object.keys((await deploy(site, steps)).contracts)).toEqual(names);
    expect(await sentBy(site)).toBe(steps.length);
  });

  test('by two at once ends as by one', async () => {
    const [one, other] = await Promise.all([deploy(site, steps), deploy(await siteOf(anvil), steps)]);
    expect(one).toEqual(other);
  });

  test('is at the same addresses on another chain, by another account', async () => {
    const elsewhere = await startAnvil({ chain: 4_711, mining: 'each' });
    try {
      const there = await deploy(await siteOf(elsewhere), steps);
      const here = await deploy(site, steps);
      for (const name of names) expect(there.contracts[name]?.address, name).toBe(here.contracts[name]?.address);
      await expect(Installation.check(site.read, there)).rejects.toMatchObject({ name: 'WrongNetwork' });
    } finally {
      await elsewhere.stop();
    }
  });

  test('moves with its code and with its arguments', () => {
    const later = plan({ ...choices, delay: 86_401n });
    const moved = later.filter(({ address }, index) => address !== steps[index]?.address).map(({ name }) => name);
    // The zaps are built on nothing of ours.
    expect(moved).toEqual(names.filter((name) => !name.startsWith('Zap')));
  });

  test.each(['Policy', 'Settler', 'SignalRule'])(
    'is refused where something else is in the place of %s',
    async (name) => {
      const { address } = steps.find((step) => step.name === name)!;
      await rpc.request('anvil_setCode', [address, '0x6000']);
      await expect(deploy(site, steps)).rejects.toBeInstanceOf(WrongCode);
    },
  );

  test('is refused without the proxy, saying how to get it', async () => {
    await rpc.request('anvil_setCode', [PROXY, '0x']);
    await expect(deploy(site, steps)).rejects.toBeInstanceOf(NoProxy);
    await expect(deploy(site, steps)).rejects.toThrow(/0x3fAB184622Dc19b6109349B94811493BF45362a1/);
    expect(await sentBy(site)).toBe(0);
  });
});

describe('a check', () => {
  test('names whatever is not what was recorded: changed code, and none', async () => {
    const installation = await deploy(site, steps);
    const { Settler, Policy } = installation.contracts;
    await rpc.request('anvil_setCode', [Settler!.address, '0x6000']);
    await rpc.request('anvil_setCode', [Policy!.address, '0x']);
    expect(await Installation.check(site.read, installation)).toMatchObject([
      { name: 'Policy', found: null, expected: Policy!.codeHash },
      { name: 'Settler', expected: Settler!.codeHash },
    ]);
  });

  test.each([
    ['no JSON', 'oops'],
    ['no object', 'null'],
    ['no chain', '{"contracts":{}}'],
    ['no contracts', '{"chainId":1}'],
    ['a contract without a hash', `{"chainId":1,"contracts":{"Policy":{"address":"${owner}"}}}`],
  ])('of a record with %s is refused', (_, text) => {
    expect(() => Installation.parse(text)).toThrow(Installation.InstallationUnreadable);
  });
});
