// The chain as the configuration names it: a node that answers, the chain that was meant, contracts where they should
// be, a clock that agrees, and a signer that may propose and can pay for gas.

import { formatEther, getAddress, zeroAddress } from 'viem';
import { Rpc, Vault } from '@trimtab/adapters/chain';
import type { Config } from '@trimtab/engine';
import * as Fault from '../Fault.ts';
import * as Figure from '../Figure.ts';
import { resolveReference } from '../resolveReference.ts';
import { fail, ok, warn } from './Finding.ts';
import type { Finding } from './Finding.ts';

/** A block's time may differ this much from the clock before somebody should look. {s} */
const SKEW = 120;

/** Examine the chain; `signer` is the address that will pay for gas, where it is known. */
export async function examineChain(config: Config.Config, signer: string | undefined): Promise<readonly Finding[]> {
  let rpc: Rpc.Rpc;
  try {
    const { rpc: place, id } = config.chain;
    rpc = Rpc.open(place.kind === 'plain' ? place.url : resolveReference('chain.rpc', place), id, 5_000);
  } catch (error) {
    return [fault('node', error)];
  }
  const reached = await guarded('rpc', () => chainId(rpc));
  if (reached.state === 'fail') return [reached];
  const codes = [
    ['vault', config.vault],
    ['filler', config.filler],
    ['native', config.chain.native],
    ...config.pools.map((pool) => ['pool', pool] as const),
  ] as const;
  const contracts = await Promise.all(codes.map(([name, address]) => guarded(name, () => code(rpc, name, address))));
  const vaultIsThere = contracts[0]?.state === 'ok';
  return [
    reached,
    await guarded('clock', () => clock(rpc)),
    ...contracts,
    ...(signer === undefined || !vaultIsThere
      ? []
      : [await guarded('strategist', () => strategist(rpc, config.vault, signer))]),
    ...(signer === undefined ? [] : [await guarded('gas', () => balance(rpc, signer))]),
  ];
}

async function chainId(rpc: Rpc.Rpc): Promise<Finding> {
  const id = Number(await rpc.request('eth_chainId', []));
  if (id === rpc.chain) return ok('rpc', `${rpc.name} serves chain ${id}`);
  return fail('rpc', `${rpc.name} serves chain ${id}, not ${rpc.chain}`, 'correct chain.id or chain.rpc');
}

async function clock(rpc: Rpc.Rpc): Promise<Finding> {
  const block = (await rpc.request('eth_getBlockByNumber', ['latest', false])) as {
    readonly timestamp?: unknown;
  } | null;
  const at = Number(block?.timestamp);
  if (!Number.isSafeInteger(at)) return fail('clock', 'the newest block has no time', 'use another node');
  const behind = Math.round(Date.now() / 1_000) - at;
  const what = `the newest block is of ${Figure.moment(at)}, ${Figure.duration(Math.abs(behind))} ${behind < 0 ? 'ahead of' : 'behind'} this clock`;
  return Math.abs(behind) <= SKEW
    ? ok('clock', what)
    : warn('clock', what, "see whether the node is in step, and set this machine's clock by NTP");
}

async function code(rpc: Rpc.Rpc, name: string, address: string): Promise<Finding> {
  const found = await rpc.request('eth_getCode', [address, 'latest']);
  if (typeof found === 'string' && found.length > 2) return ok(name, `there is a contract at ${address}`);
  return fail(
    name,
    `there is no contract at ${address} on chain ${rpc.chain}`,
    `correct \`${name === 'pool' ? 'pools' : name === 'native' ? 'chain.native' : name}\`, or the chain`,
  );
}

async function strategist(rpc: Rpc.Rpc, vault: string, signer: string): Promise<Finding> {
  const { policy, owner, strategist: named } = await Vault.rolesOf(rpc, getAddress(vault));
  if (named === getAddress(signer)) return ok('strategist', `${signer} may propose for the vault`);
  const ask = `let the vault's owner ${owner} queue setRoles at the policy ${policy} and call it after its delay`;
  return named === zeroAddress
    ? fail('strategist', `${signer} may not propose: the vault's strategist was dismissed`, ask)
    : fail(
        'strategist',
        `${signer} may not propose: the vault's strategist is ${named}`,
        `${ask}, or use the key of ${named}`,
      );
}

async function balance(rpc: Rpc.Rpc, signer: string): Promise<Finding> {
  const wei = BigInt(String(await rpc.request('eth_getBalance', [signer, 'latest'])));
  const what = `${signer} has ${formatEther(wei)} of the native coin`;
  if (wei === 0n) return fail('gas', what, `send it some: without gas nothing can be proposed or filled`);
  return ok('gas', what);
}

async function guarded(name: string, examine: () => Promise<Finding>): Promise<Finding> {
  return examine().catch((error: unknown) => fault(name, error));
}

function fault(name: string, error: unknown): Finding {
  const { what, fix } = Fault.tell(error);
  return fail(name, what, fix ?? 'see the message');
}
