// The local world keeps its promises: no chain outlives its parent, and no token appears or vanishes unseen.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { PoolActor } from '@trimtab/contracts';
import { erc20Abi, parseAbi } from 'viem';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { adoptAnvil } from './adoptAnvil.ts';
import * as Conservation from './Conservation.ts';
import * as Deployer from './Deployer.ts';
import { openStage, type Stage } from './openStage.ts';
import * as SampleWorld from './SampleWorld.ts';
import { type Anvil, startAnvil } from './startAnvil.ts';

const STRANGER = '0x00000000000000000000000000000000000000AA';

describe('a local chain', () => {
  test('begins when it is told to, and is gone when it is stopped', async () => {
    const anvil = await startAnvil({ chain: 31_337, at: SampleWorld.BEGINS });
    await anvil.stop();
    await expect(gone(anvil.pid)).resolves.toBeUndefined();
    await anvil.stop();
  });

  test('does not outlive a parent that is killed', async () => {
    const source = `
      import { startAnvil } from ${JSON.stringify(new URL('startAnvil.ts', import.meta.url).href)};
      const anvil = await startAnvil({ chain: 31337 });
      console.log(anvil.pid);
      setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', source], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(line.toString());
    expect(() => process.kill(pid, 0)).not.toThrow();
    parent.kill('SIGKILL');
    await expect(gone(pid)).resolves.toBeUndefined();
  });

  test('waits for an heir where one may come, and obeys it; without one it is gone after the grace', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'trimtab-'));
    const heir = { file: join(folder, 'keeper'), grace: 2 };
    const source = `
      import { startAnvil } from ${JSON.stringify(new URL('startAnvil.ts', import.meta.url).href)};
      const { rpc, chain, pid } = await startAnvil({ chain: 31337, heir: ${JSON.stringify(heir)} });
      console.log(JSON.stringify({ rpc, chain, pid }));
      process.kill(process.pid, 'SIGKILL');`;
    const orphan = async () => {
      const args = ['--input-type=module', '-e', source];
      const parent = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      const [line] = (await once(parent.stdout, 'data')) as [Buffer];
      return JSON.parse(line.toString()) as Omit<Anvil, 'stop'>;
    };
    const adopted = await adoptAnvil(await orphan(), heir);
    await adopted?.stop();
    await expect(gone(adopted?.pid ?? process.pid)).resolves.toBeUndefined();
    const lost = await orphan();
    await expect(gone(lost.pid)).resolves.toBeUndefined();
    expect(await adoptAnvil(lost, heir)).toBeUndefined();
    await rm(folder, { recursive: true });
  });

  test('does not keep alive a parent that forgets it', async () => {
    const source = `
      import { startAnvil } from ${JSON.stringify(new URL('startAnvil.ts', import.meta.url).href)};
      console.log((await startAnvil({ chain: 31337 })).pid);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', source], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    await once(parent, 'exit');
    await expect(gone(Number(line.toString()))).resolves.toBeUndefined();
  });
});

describe('a count of every token', () => {
  let stage: Stage;
  let deployer: Deployer.Deployer;
  beforeEach(async () => {
    stage = await openStage();
    deployer = await Deployer.open(stage.rpc, 0n);
  });
  afterEach(() => stage.close());

  const faultsAfter = async (act: () => void): Promise<readonly string[]> => {
    const before = await Conservation.balances(stage.world);
    act();
    await Deployer.settle(deployer, SampleWorld.BEGINS + 60);
    const result = await Conservation.check(stage.world, before, []);
    return result.kind === 'kept' ? [] : result.faults;
  };

  test('finds none missing after trades in every pool', async () => {
    const { markets } = await stage.venue.markets(await stage.venue.head());
    const faults = await faultsAfter(() => {
      for (const [i, market] of markets.entries()) {
        if (market.kind !== 'concentrated') throw new RangeError(market.id);
        const args = [stage.world.pools[i]!.address, (market.sqrtPriceX96 * 101n) / 100n] as const;
        Deployer.call(deployer, stage.world.actor, PoolActor.abi, 'moveTo', args);
      }
    });
    expect(faults).toEqual([]);
  });

  test('notices an atom that went to a stranger', async () => {
    const { world } = stage;
    const args = [world.tokens[2]!.address, STRANGER, 1n] as const;
    const faults = await faultsAfter(() => Deployer.call(deployer, world.actor, PoolActor.abi, 'send', args));
    expect(faults).toEqual([expect.stringContaining('known holders have')]);
  });

  test.each(['vault', 'settler', 'filler'] as const)('notices an atom that was left with the %s', async (name) => {
    const { world } = stage;
    const args = [world.tokens[1]!.address, world[name], 1n] as const;
    const faults = await faultsAfter(() => Deployer.call(deployer, world.actor, PoolActor.abi, 'send', args));
    expect(faults).toHaveLength(1);
  });

  test('notices a token that was made, and an allowance of the vault', async () => {
    const { world, rpc } = stage;
    const token = world.tokens[2]!.address;
    await rpc.request('anvil_impersonateAccount', [world.vault]);
    await rpc.request('anvil_setBalance', [world.vault, `0x${(10n ** 24n).toString(16)}`]);
    const vault: Deployer.Deployer = { rpc, from: world.vault, queued: [], nonce: 1 };
    Deployer.call(vault, token, erc20Abi, 'approve', [world.actor, 1n]);
    await Deployer.settle(vault, SampleWorld.BEGINS + 30);
    const mint = parseAbi(['function mint(address to, uint256 amount)']);
    const faults = await faultsAfter(() => Deployer.call(deployer, token, mint, 'mint', [world.actor, 1n]));
    expect(faults).toEqual([expect.stringContaining('supply changed'), expect.stringContaining('lets')]);
  });

  test('is not needed where one of our own transactions failed', async () => {
    const { address, supply } = stage.world.tokens[1]!;
    Deployer.call(deployer, address, erc20Abi, 'transfer', [STRANGER, supply]);
    await expect(Deployer.settle(deployer, SampleWorld.BEGINS + 60)).rejects.toMatchObject({
      name: 'TransactionFailed',
    });
  });
});

/** Wait until a process is gone; rejects if it is still there after a while. */
async function gone(pid: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await setTimeout(25);
  }
  throw new Error(`process ${pid} is still there`);
}
