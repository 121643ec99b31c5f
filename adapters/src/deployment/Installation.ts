// The record of a deployment: which contract is where, what its code hashes to, and what it was built from. It is
// written once the chain was asked, and compared with the chain whenever somebody is about to trust it.

import { compiler } from '@trimtab/contracts';
import { isAddress, isHash, keccak256 } from 'viem';
import type { Address, Chain, Hex, PublicClient, Transport } from 'viem';
import type { Step } from './Plan.ts';

/** Hold what is on one chain. */
export type Installation = {
  readonly chainId: number;
  readonly compiler: unknown;
  readonly contracts: Readonly<Record<string, Installed>>;
};

type Installed = {
  readonly address: Address;
  readonly codeHash: Hex;
  readonly initCodeHash: Hex;
  readonly arguments: readonly string[];
};

/** Tell of a contract that is not what the record says; `found` is null where there is no code at all. */
export type Discrepancy = {
  readonly name: string;
  readonly address: Address;
  readonly expected: Hex;
  readonly found: Hex | null;
};

/** Record steps whose code is in place. */
export function record(chainId: number, placed: readonly { readonly step: Step; readonly code: Hex }[]): Installation {
  const contracts = placed.map(({ step, code }) => [
    step.name,
    {
      address: step.address,
      codeHash: keccak256(code),
      initCodeHash: keccak256(step.initCode),
      arguments: step.args.map(String),
    },
  ]);
  return { chainId, compiler, contracts: Object.fromEntries(contracts) as Installation['contracts'] };
}

/** Read a record. Throws InstallationUnreadable. */
export function parse(text: string): Installation {
  const value = fromJson(text) as Partial<Installation> | null;
  if (value === null || typeof value !== 'object') throw new InstallationUnreadable('it is no object');
  if (!Number.isSafeInteger(value.chainId)) throw new InstallationUnreadable('it names no chain');
  const entries = Object.entries((value.contracts ?? {}) as Readonly<Record<string, Partial<Installed> | null>>);
  if (entries.length === 0) throw new InstallationUnreadable('it names no contract');
  for (const [name, one] of entries) {
    if (!isAddress(one?.address ?? '') || !isHash(one?.codeHash ?? ''))
      throw new InstallationUnreadable(`${name} has no address or no code hash`);
  }
  return value as Installation;
}

/** List every contract whose code on the chain is not the recorded one. Throws WrongNetwork on another chain. */
export async function check(
  read: PublicClient<Transport, Chain | undefined>,
  { chainId, contracts }: Installation,
): Promise<readonly Discrepancy[]> {
  const serves = await read.getChainId();
  if (serves !== chainId) throw new WrongNetwork(chainId, serves);
  const compared = await Promise.all(
    Object.entries(contracts).map(async ([name, { address, codeHash }]) => {
      const code = await read.getCode({ address });
      const found = code === undefined ? null : keccak256(code);
      return { name, address, expected: codeHash, found };
    }),
  );
  return compared.filter(({ expected, found }) => found !== expected);
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InstallationUnreadable('it is no JSON', { cause });
  }
}

/** Say that a record cannot be used. */
export class InstallationUnreadable extends Error {
  override readonly name = 'InstallationUnreadable';
  readonly next = 'halt';
  constructor(why: string, options?: ErrorOptions) {
    super(`The deployment record cannot be used: ${why}. Run \`npm run deploy\` again: it writes it anew.`, options);
  }
}

/** Say that the node serves another chain than the record is about. */
export class WrongNetwork extends Error {
  override readonly name = 'WrongNetwork';
  readonly next = 'halt';
  constructor(recorded: number, serves: number) {
    super(`The record is about chain ${recorded}, but the node serves chain ${serves}. Give the matching --rpc.`);
  }
}
