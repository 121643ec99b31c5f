// A deployed sample world with everything that a test needs to push it around.

import type { Prices } from '@trimtab/engine';
import type { VenueStage } from '@trimtab/engine/conformance';
import type { LocalAccount } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { chainlink } from '../prices/chainlink.ts';
import * as Rpc from '../chain/Rpc.ts';
import { settlerVenue } from '../chain/settlerVenue.ts';
import { vaultCustody } from '../chain/vaultCustody.ts';
import * as Actor from './Actor.ts';
import { deployWorld } from './deployWorld.ts';
import * as SampleWorld from './SampleWorld.ts';
import { type Anvil, startAnvil } from './startAnvil.ts';
import type { Deployment, VaultLimits } from './World.ts';

/** Hold a stage, and the world under it. */
export type Stage = VenueStage & {
  readonly anvil: Anvil;
  readonly world: Deployment;
  readonly actor: Actor.Actor;
  readonly rpc: Rpc.Rpc;
  readonly account: LocalAccount;
  readonly prices: Prices;
};

const CHAIN = 31_337;
const GWEI = 10n ** 9n;

/** Start a chain with the sample world on it, under these limits, and open all adapters. */
export async function openStage(limits: Partial<VaultLimits> = {}): Promise<Stage> {
  const anvil = await startAnvil({ chain: CHAIN, at: SampleWorld.BEGINS - 3_600 });
  // A throw-away key: it exists only as long as this chain.
  const account = privateKeyToAccount(generatePrivateKey());
  const world = await deployWorld(anvil, { ...SampleWorld.spec(account.address), limits });
  const rpc = Rpc.open(anvil.rpc, CHAIN);
  const actor = await Actor.of(world);
  const { vault, filler, native, hub } = world;
  const pools = world.pools.map(({ address }) => address);
  const custody = await vaultCustody({ rpc, vault, account });
  const venue = await settlerVenue({ rpc, vault, filler, pools, native, from: account.address });
  const prices = await chainlink({ rpc, hub, assets: world.tokens.map(({ address }) => address) });
  let now = SampleWorld.BEGINS;
  const mine = () => actor.nextBlock((now += 60), GWEI);
  return {
    anvil,
    world,
    actor,
    rpc,
    account,
    custody,
    venue,
    prices,
    mine,
    spoil: async (market, sell) => {
      const { markets } = await venue.markets(await venue.head());
      const pool = markets.find(({ id }) => id === market);
      if (pool?.kind !== 'concentrated') throw new RangeError(`no pool ${market}`);
      const factor = pool.assets[0] === sell ? 98n : 102n;
      actor.movePool(poolOf(world, market), (pool.sqrtPriceX96 * factor) / 100n);
      await actor.arrived();
    },
    intrude: async () => {
      const to = account.address;
      const fees = { gas: 21_000n, maxFeePerGas: 10n * GWEI, maxPriorityFeePerGas: GWEI };
      const nonce = Number(await rpc.request('eth_getTransactionCount', [to, 'latest']));
      const raw = await account.signTransaction({ type: 'eip1559', chainId: CHAIN, nonce, to, ...fees });
      await rpc.request('eth_sendRawTransaction', [raw]);
      await mine();
    },
    close: () => anvil.stop(),
  };
}

function poolOf(world: Deployment, market: string) {
  const pool = world.pools.find(({ id }) => id === market);
  if (pool === undefined) throw new RangeError(`no pool ${market}`);
  return pool.address;
}
