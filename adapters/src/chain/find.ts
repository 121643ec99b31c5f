// What became of signed bytes. The chain's own record decides: a receipt in a block that is still part of the chain,
// and for a fill what the tokens themselves say moved.

import type { Step, Swap } from '@trimtab/core';
import { Settler } from '@trimtab/contracts';
import type { Fill, Found, Receipt, Signed } from '@trimtab/engine';
import { type Address, erc20Abi, type Hex as Bytes, parseEventLogs, parseTransaction } from 'viem';
import * as Block from './Block.ts';
import type { Desk } from './Desk.ts';
import { explainRefusal } from './explainRefusal.ts';
import * as Hex from './Hex.ts';

import { ProviderFailure, type Rpc } from './Rpc.ts';
import { tokenOf } from './Vault.ts';

type Log = { readonly address: Address; readonly topics: [Bytes, ...Bytes[]] | []; readonly data: Bytes };
type Mined = { readonly receipt: Receipt; readonly succeeded: boolean; readonly logs: readonly Log[] };

/** Look bytes up by their hash; those in a block that is not deep enough yet are pending. Throws ProviderFailure, FillMismatch. */
export async function find(desk: Desk, signed: Signed, step: Step): Promise<Found> {
  const { rpc } = desk;
  const [mined, known, count] = await Promise.all([
    readReceipt(rpc, signed.hash),
    rpc.request('eth_getTransactionByHash', [signed.hash]),
    rpc.request('eth_getTransactionCount', [signed.from, 'latest']),
  ]);
  if (mined !== undefined) return landed(desk, signed, step, mined);
  if (known !== null) return { kind: 'pending' };
  if (Hex.quantity(rpc, 'nonce', count) <= BigInt(signed.nonce)) return { kind: 'absent' };
  // The three answers may be of two different blocks: only a receipt that is still missing now speaks for a stranger.
  const late = await readReceipt(rpc, signed.hash);
  if (late !== undefined) return landed(desk, signed, step, late);
  return {
    kind: 'foreign',
    why: `nonce ${signed.nonce} of ${signed.from} was used by a transaction other than ${signed.hash}`,
  };
}

async function landed(desk: Desk, signed: Signed, step: Step, mined: Mined): Promise<Found> {
  const { receipt } = mined;
  // Its block may still be replaced, and then the bytes could land again under a run that has moved on. The height
  // comes first: a block that is canonical afterwards lies at least that deep.
  if (!(await isDeep(desk, receipt))) return { kind: 'pending' };
  // A receipt of a block that was replaced is history that did not happen: the bytes are under way again.
  if (!(await Block.isCanonical(desk.rpc, receipt.block))) return { kind: 'pending' };
  if (!mined.succeeded) return { kind: 'reverted', receipt, why: await reason(desk, signed, receipt) };
  if (step.kind === 'authorise') return { kind: 'settled', receipt };
  return { kind: 'settled', receipt, fill: fillOf(desk, signed, step, mined.logs) };
}

async function isDeep({ rpc, confirmations }: Desk, { block }: Receipt): Promise<boolean> {
  return confirmations === 1 || (await Block.height(rpc)) - block.number + 1n >= BigInt(confirmations);
}

/** Read the fill that the settler announces, and hold it against what both tokens say moved at the vault. */
function fillOf({ rpc, vault }: Desk, signed: Signed, step: Swap, logs: readonly Log[]): Fill {
  const [sell, buy] = [tokenOf(rpc.chain, step.sell), tokenOf(rpc.chain, step.buy)];
  const filled = parseEventLogs({ abi: Settler.abi, eventName: 'Filled', logs: logs as never })
    .filter(({ address, args }) => same(address, vault.settler) && same(args.vault, vault.address))
    .find(({ args }) => same(args.sell, sell) && same(args.buy, buy));
  if (filled === undefined) throw new FillMismatch(signed.hash, 'the settler announced no such fill');
  const { sellAmount: sold, received } = filled.args;
  const [out, into] = [-moved(logs, sell, vault.address), moved(logs, buy, vault.address)];
  if (out !== sold || into !== received) {
    throw new FillMismatch(signed.hash, `it announces ${sold} for ${received}, the tokens moved ${out} for ${into}`);
  }
  return { sell: step.sell, buy: step.buy, sold, received };
}

/** Sum what one transaction moved of a token: into `holder` positive, out of it negative. */
function moved(logs: readonly Log[], token: Address, holder: Address): bigint {
  return parseEventLogs({ abi: erc20Abi, eventName: 'Transfer', logs: logs as never })
    .filter(({ address }) => same(address, token))
    .reduce(
      (sum, { args }) => sum + (same(args.to, holder) ? args.value : 0n) - (same(args.from, holder) ? args.value : 0n),
      0n,
    );
}

/** Ask again why it failed, in the block that it failed in. The order inside that block may have mattered. */
async function reason(desk: Desk, signed: Signed, receipt: Receipt): Promise<string> {
  const { to, data } = parseTransaction(signed.raw as Bytes);
  const where = `reverted in block ${receipt.block.number}`;
  try {
    await desk.rpc.request('eth_call', [{ from: signed.from, to, data }, { blockHash: receipt.block.hash }]);
    return `${where}; at the block's end it would succeed, so what came before it in the block was against it`;
  } catch (error) {
    const block = { chain: desk.rpc.chain, block: receipt.block, at: receipt.at, baseFee: 0n };
    return `${where}: ${(await explainRefusal(desk, block, error)).why}`;
  }
}

async function readReceipt(rpc: Rpc, hash: string): Promise<Mined | undefined> {
  const value = await rpc.request('eth_getTransactionReceipt', [hash]);
  if (value === null) return undefined;
  const fields = Hex.fields(rpc, 'receipt', value);
  if (Hex.hash(rpc, 'receipt', fields['transactionHash']).toLowerCase() !== hash.toLowerCase()) {
    throw new ProviderFailure(rpc.name, 'eth_getTransactionReceipt', 'the receipt is of another transaction');
  }
  const blockHash = Hex.hash(rpc, 'receipt block', fields['blockHash']);
  const status = Hex.quantity(rpc, 'receipt status', fields['status']);
  const logs: unknown = fields['logs'];
  if (!Array.isArray(logs)) throw new ProviderFailure(rpc.name, 'eth_getTransactionReceipt', 'the receipt has no logs');
  return {
    succeeded: status === 1n,
    logs: logs.map((log: unknown) => parseLog(rpc, log)),
    receipt: {
      block: { number: Hex.quantity(rpc, 'receipt block', fields['blockNumber']), hash: blockHash },
      at: (await Block.byHash(rpc, blockHash)).at,
      gasUsed: Hex.quantity(rpc, 'gas used', fields['gasUsed']),
      gasPrice: Hex.quantity(rpc, 'gas price', fields['effectiveGasPrice']),
    },
  };
}

function parseLog(rpc: Rpc, value: unknown): Log {
  const { address, topics, data } = Hex.fields(rpc, 'log', value);
  const list: unknown[] = Array.isArray(topics) ? topics : [];
  return {
    address: Hex.address(rpc, 'log', address),
    topics: list.map((topic) => Hex.hash(rpc, 'topic', topic)) as Log['topics'],
    data: Hex.bytes(rpc, 'log', data),
  };
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** The fill that was announced is not what the tokens did: nothing that follows from it can be trusted. */
export class FillMismatch extends Error {
  override readonly name = 'FillMismatch';
  readonly next = 'halt';
  readonly fix = 'Compare the transaction with the vault in an explorer before resuming.';
  constructor(hash: string, why: string) {
    super(`Transaction ${hash} is not the fill it should be: ${why}. Compare it with the vault before resuming.`);
  }
}
