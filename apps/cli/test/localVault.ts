// A vault on a local chain for the commands that look at one: 60/40 by target, 70/30 as it stands.

import { Rpc } from '@trimtab/adapters/chain';
import { deployWorld, startAnvil } from '@trimtab/adapters/local';
import type { Deployment, PositionSpec } from '@trimtab/adapters/local';
import { privateKeyToAccount } from 'viem/accounts';

const USD = 10n ** 18n;
const DEEP: readonly PositionSpec[] = [{ halfWidth: 'full', size: { kind: 'value', usd: 40_000_000n * USD } }];

/** A key of no value, for this chain only. */
export const KEY = `0x${'42'.repeat(32)}` as const;

/** Hold a deployed vault, the `init` flags that name it, and how to end its chain. */
export type LocalVault = {
  readonly deployment: Deployment;
  readonly init: readonly string[];
  readonly stop: () => Promise<void>;
};

/** Start a chain and deploy a vault worth $1m on it, {share of WETH} 70 %. */
export async function localVault(): Promise<LocalVault> {
  const at = Math.floor(Date.now() / 1_000);
  const anvil = await startAnvil({ chain: 31_337, at: at - 600 });
  const deployment = await deployWorld(anvil, {
    tokens: [
      { symbol: 'WETH', decimals: 18, price: 2_000n * USD, heartbeat: 3_600, target: 6_000, held: 350n * USD },
      { symbol: 'USDC', decimals: 6, price: USD, heartbeat: 86_400, target: 4_000, held: 300_000n * 10n ** 6n },
    ],
    pools: [
      { tokens: ['WETH', 'USDC'], feePpm: 500, positions: DEEP },
      { tokens: ['WETH', 'USDC'], feePpm: 3_000, positions: DEEP },
    ],
    native: 'WETH',
    strategist: privateKeyToAccount(KEY).address,
    band: 500,
    at,
  });
  // From here on the chain takes a transaction as soon as it is sent, as a live one does within seconds.
  await ask(anvil.rpc, 'evm_setAutomine', [true]);
  const pools = deployment.pools.flatMap(({ address }) => ['--pool', address]);
  const flags = `--native ${deployment.native} --vault ${deployment.vault} --filler ${deployment.filler} --confirmations 1 --every 1s --port 0`;
  const init = ['init', '--yes', '--chain-id', '31337', '--rpc', anvil.rpc, ...pools, ...flags.split(' ')];
  return {
    deployment,
    init: [...init, '--target', 'WETH=60%', '--target', 'USDC=40%', '--absolute', '5pp'],
    stop: anvil.stop,
  };
}

async function ask(rpc: string, method: string, params: readonly unknown[]): Promise<void> {
  await Rpc.open(rpc, 31_337).request(method, params);
}
