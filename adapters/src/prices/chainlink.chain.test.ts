// Feeds as they are, as they were, replaced, broken and lying.

import { OracleHub, TestFeed } from '@trimtab/contracts';
import { type Address, zeroAddress } from 'viem';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Deployer from '../local/Deployer.ts';
import { openStage, type Stage } from '../local/openStage.ts';
import * as SampleWorld from '../local/SampleWorld.ts';
import { chainlink } from './chainlink.ts';

const USD = 10n ** 18n;
const DAY = 86_400;
const GWEI = 10n ** 9n;

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const read = async () => stage.prices.read(await stage.venue.head());

/** Deploy a feed of ether that answers `answer` in its own `decimals`. */
async function feed(deployer: Deployer.Deployer, decimals: number, answer: bigint): Promise<Address> {
  const bounds = [1n, answer * 1_000n] as const;
  const address = Deployer.deploy(deployer, 'feed', TestFeed, ['WETH / USD', decimals, ...bounds, deployer.from]);
  Deployer.call(deployer, address, TestFeed.abi, 'set', [answer]);
  return address;
}

describe('feeds', () => {
  test('are read with their dates and heartbeats, one for each asset', async () => {
    const [weth, wbtc, usdc] = stage.world.tokens.map(({ asset }) => asset.id);
    expect(await read()).toMatchObject([
      { asset: weth, price: 1_800n * USD, at: SampleWorld.BEGINS - 1, heartbeat: 3_600 },
      { asset: wbtc, price: 29_000n * USD, at: SampleWorld.BEGINS - 1, heartbeat: 3_600 },
      { asset: usdc, price: USD, at: SampleWorld.BEGINS - 1, heartbeat: 86_400 },
    ]);
  });

  test('are read as of the head, whatever came after', async () => {
    const before = await stage.venue.head();
    const [{ address } = { address: zeroAddress }] = stage.world.tokens;
    stage.actor.updateFeed(address, 1_700n * USD, SampleWorld.BEGINS + 60);
    await stage.mine();
    expect((await stage.prices.read(before))[0]).toMatchObject({ price: 1_800n * USD, at: SampleWorld.BEGINS - 1 });
    expect((await read())[0]).toMatchObject({ price: 1_700n * USD, at: SampleWorld.BEGINS + 60 });
  });

  test('that are old keep their date, for the guard to judge', async () => {
    await stage.actor.nextBlock(SampleWorld.BEGINS + 2 * DAY, GWEI);
    expect((await read()).map(({ at }) => at)).toEqual([
      SampleWorld.BEGINS - 1,
      SampleWorld.BEGINS - 1,
      SampleWorld.BEGINS - 1,
    ]);
  });

  test.each([
    ['are gone', '0x'],
    // PUSH1 0 PUSH1 0 REVERT; then: return 32, 160 and 160 bytes of zero, of ones, and of a negative answer.
    ['revert', '0x60006000fd'],
    ['answer too little', '0x60206000f3'],
    ['answer zero', '0x60a06000f3'],
    ['answer below zero', '0x600019602052600160605260a06000f3'],
    [
      'answer beyond any price',
      '0x7f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff602052600160605260a06000f3',
    ],
    ['are dated beyond any clock', '0x600160205260001960605260a06000f3'],
  ])('that %s are left out, and the others stay', async (_, code) => {
    const [token] = stage.world.tokens;
    await stage.rpc.request('anvil_setCode', [token!.feed, code]);
    expect((await read()).map(({ asset }) => asset)).toEqual(stage.world.tokens.slice(1).map(({ asset }) => asset.id));
  });

  test('that the hub replaced are followed, the second opinion after the first', async () => {
    const { rpc, world } = stage;
    const token = world.tokens[0]!.address;
    const deployer = await Deployer.open(rpc, 0n);
    const primary = await feed(deployer, 18, 1_790n * USD);
    const secondary = await feed(deployer, 6, 1_795n * 10n ** 6n);
    const listing = {
      primary,
      minAnswer: USD,
      maxAnswer: 100_000n * USD,
      heartbeat: 2 * DAY,
      secondary,
      secondaryHeartbeat: 3 * DAY,
      maxDivergenceBps: 100,
    };
    Deployer.call(deployer, world.hub, OracleHub.abi, 'list', [token, listing]);
    await Deployer.settle(deployer, SampleWorld.BEGINS + 60);
    expect((await read())[0]).toMatchObject({ price: 1_800n * USD });
    Deployer.call(deployer, world.hub, OracleHub.abi, 'relist', [token, listing]);
    await Deployer.settle(deployer, SampleWorld.BEGINS + 60 + DAY);
    expect((await read()).slice(0, 3)).toMatchObject([
      {
        price: 1_790n * USD,
        at: SampleWorld.BEGINS + 60,
        heartbeat: 2 * DAY,
        source: `chainlink:${primary.toLowerCase()}`,
      },
      {
        price: 1_795n * USD,
        at: SampleWorld.BEGINS + 60,
        heartbeat: 3 * DAY,
        source: `chainlink:${secondary.toLowerCase()}`,
      },
      { price: 29_000n * USD },
    ]);
  });

  test('are refused where the hub lists none', async () => {
    const { rpc, world } = stage;
    const open = chainlink({ rpc, hub: world.hub, assets: [world.vault] });
    await expect(open).rejects.toMatchObject({
      name: 'ProviderFailure',
      message: expect.stringContaining('lists no feed'),
    });
  });
});
