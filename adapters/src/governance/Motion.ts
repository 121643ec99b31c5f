// A proposal as it is handed in: the arguments of a governor's `propose`, from a file or from the log of the chain.

import { type Address, decodeEventLog, getAddress, type Hex, isAddress, parseAbi } from 'viem';
import * as Bytes from '../chain/Hex.ts';
import type { Rpc } from '../chain/Rpc.ts';
import type { Call } from './decode.ts';

/** Hold a proposal. `id` is the governor's, where it comes from the chain. */
export type Motion = {
  readonly calls: readonly Call[];
  readonly description: string;
  readonly id?: bigint;
  readonly governor?: Address;
};

/** Read `{ targets, values, calldatas, description? }`. Throws BadMotion. */
export function read(value: unknown): Motion {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new BadMotion('is no JSON object');
  const { targets, values, calldatas, signatures, description } = value as Readonly<Record<string, unknown>>;
  if (!Array.isArray(targets) || !Array.isArray(values) || !Array.isArray(calldatas)) {
    throw new BadMotion('needs the three lists `targets`, `values` and `calldatas`');
  }
  return {
    calls: callsOf({ targets, values, calldatas, signatures: Array.isArray(signatures) ? signatures : [] }),
    description: typeof description === 'string' ? description : '',
  };
}

/** Find the proposal that a transaction made; `id` chooses where it made several. Throws BadMotion, ProviderFailure. */
export async function find(rpc: Rpc, hash: string, id: bigint | undefined): Promise<Motion> {
  const receipt: unknown = await rpc.request('eth_getTransactionReceipt', [hash]);
  if (receipt === null) throw new BadMotion(`is not there: the node knows no transaction ${hash}`);
  const { logs } = Bytes.fields(rpc, 'receipt', receipt);
  const motions = (Array.isArray(logs) ? logs : []).flatMap((log) => fromLog(rpc, log));
  const chosen = motions.filter((motion) => id === undefined || motion.id === id);
  const [only, ...others] = chosen;
  if (only === undefined) throw new BadMotion(`is not in the transaction ${hash}`);
  if (others.length > 0) {
    const ids = chosen.map((motion) => String(motion.id)).join(', ');
    throw new BadMotion(`is one of several in this transaction: name one of ${ids} with --proposal`);
  }
  return only;
}

const event = parseAbi([
  'event ProposalCreated(uint256 proposalId, address proposer, address[] targets, uint256[] values, string[] signatures, bytes[] calldatas, uint256 voteStart, uint256 voteEnd, string description)',
]);

function fromLog(rpc: Rpc, value: unknown): readonly Motion[] {
  const log = Bytes.fields(rpc, 'log', value);
  const topics = Array.isArray(log['topics']) ? (log['topics'] as Hex[]) : [];
  try {
    const [signature, ...rest] = topics;
    if (signature === undefined) return [];
    const data = Bytes.bytes(rpc, 'log', log['data']);
    const { args } = decodeEventLog({ abi: event, data, topics: [signature, ...rest] });
    const { proposalId: id, description } = args;
    return [{ calls: callsOf(args), description, id, governor: Bytes.address(rpc, 'log', log['address']) }];
  } catch (error) {
    if (error instanceof BadMotion) throw error;
    return [];
  }
}

type Lists = {
  readonly targets: readonly unknown[];
  readonly values: readonly unknown[];
  readonly calldatas: readonly unknown[];
  readonly signatures: readonly unknown[];
};

function callsOf({ targets, values, calldatas, signatures }: Lists): readonly Call[] {
  if (targets.length === 0) throw new BadMotion('calls nothing');
  if (values.length !== targets.length || calldatas.length !== targets.length) {
    throw new BadMotion(`has ${targets.length} targets, ${values.length} values and ${calldatas.length} calldatas`);
  }
  // Older governors put the function's name beside its arguments; what they would call is not what is written here.
  if (signatures.some((signature) => signature !== '')) throw new BadMotion('keeps signatures apart from calldatas');
  return targets.map((target, index) => ({
    target: addressOf(target, index),
    value: amountOf(values[index], index),
    data: bytesOf(calldatas[index], index),
  }));
}

function addressOf(value: unknown, index: number): Address {
  if (typeof value === 'string' && isAddress(value, { strict: false })) return getAddress(value);
  throw new BadMotion(`has no address as target ${index + 1}`);
}

function amountOf(value: unknown, index: number): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return BigInt(value);
  if (typeof value === 'string' && /^(\d{1,78}|0x[0-9a-fA-F]{1,64})$/.test(value)) return BigInt(value);
  throw new BadMotion(`has no whole number of wei as value ${index + 1}`);
}

function bytesOf(value: unknown, index: number): Hex {
  if (Bytes.isBytes(value)) return value;
  throw new BadMotion(`has no whole hex bytes as calldata ${index + 1}`);
}

/** What was handed in is no proposal that can be told. */
export class BadMotion extends Error {
  override readonly name = 'BadMotion';
  readonly next = 'halt';
  readonly fix = "Give the arguments of the governor's propose: { targets, values, calldatas, description }.";
  constructor(what: string) {
    super(
      `The proposal ${what}. Give the arguments of the governor's propose: { targets, values, calldatas, description }.`,
    );
  }
}
