// Before a step is signed, the exact transaction is run against the newest block. What would fail there is never sent.

import type { Step } from '@trimtab/core';
import { RouterFiller } from '@trimtab/contracts';
import type { Attempt, Proof, Unsigned } from '@trimtab/engine';
import { decodeFunctionResult, type Hex as Bytes } from 'viem';
import * as Block from './Block.ts';
import type { Desk } from './Desk.ts';
import { explainRefusal } from './explainRefusal.ts';
import * as Fees from './Fees.ts';
import * as FillCall from './FillCall.ts';
import * as Hex from './Hex.ts';
import type { Call } from './Multicall.ts';
import * as Proposal from './Proposal.ts';
import { ProviderFailure } from './Rpc.ts';

/** Simulate a step at the newest block and write the transaction to sign. Throws ProviderFailure, WrongChain. */
export async function prove(desk: Desk, step: Step, attempt: Attempt): Promise<Proof> {
  const { rpc, from } = desk;
  const head = await Block.latest(rpc);
  const at = { blockHash: head.block.hash };
  const confirmed = Number(Hex.quantity(rpc, 'nonce', await rpc.request('eth_getTransactionCount', [from, at])));
  // Never from the pending count: a transaction that was dropped would leave a hole that blocks all after it.
  const nonce = attempt.replaces?.nonce ?? confirmed;
  if (nonce < confirmed) return failed('wait', `nonce ${nonce} has been used: what landed must be found first`);
  // Before anything that asks to wait: no lower gas price and no coin would bring a step past its deadline back.
  if (head.at > step.deadline) {
    return failed('abort', `its deadline ${step.deadline} s has passed: block ${head.block.number} is of ${head.at} s`);
  }
  const call = write(desk, step, head);
  if ('kind' in call) return call;

  const bid = Fees.bid(head.baseFee, desk.tip, desk.maxFee);
  const fees = bid === undefined || attempt.replaces === undefined ? bid : Fees.outbid(bid, attempt.replaces);
  if (fees === undefined || fees.maxFee > desk.maxFee) {
    const needed = fees?.maxFee ?? head.baseFee + desk.tip;
    return failed('wait', `gas would cost up to ${needed} wei, above the limit of ${desk.maxFee}`);
  }
  const sender = { from, ...call, maxFeePerGas: hex(fees.maxFee), maxPriorityFeePerGas: hex(fees.maxTip) };
  try {
    const [answer, estimate] = await Promise.all([
      rpc.request('eth_call', [sender, at]),
      rpc.request('eth_estimateGas', [sender, at]),
    ]);
    // State may move a little before inclusion: another tick crossed, a slot gone cold. Unused gas is not paid.
    const gas = (Hex.quantity(rpc, 'eth_estimateGas', estimate) * 5n) / 4n;
    const unsigned: Unsigned = { ...call, nonce, gas, ...fees, chain: rpc.chain };
    return { kind: 'proved', unsigned, receives: receives(desk, step, Hex.bytes(rpc, 'eth_call', answer)) };
  } catch (error) {
    const { why, next } = await explainRefusal(desk, head, error);
    return failed(next, why);
  }
}

function write(desk: Desk, step: Step, head: Block.Block): Call | Extract<Proof, { kind: 'failed' }> {
  const { vault, filler, pools, rpc, decay } = desk;
  try {
    return step.kind === 'authorise'
      ? Proposal.write(vault, rpc.chain, step, head.at, decay)
      : FillCall.write(vault.address, filler, rpc.chain, pools, step);
  } catch (error) {
    if (error instanceof RangeError) return failed('abort', error.message);
    throw error;
  }
}

function receives({ rpc }: Desk, step: Step, data: Bytes): bigint {
  if (step.kind === 'authorise') return 0n;
  try {
    return decodeFunctionResult({ abi: RouterFiller.abi, functionName: 'fill', data });
  } catch {
    throw new ProviderFailure(
      rpc.name,
      'eth_call',
      `malformed answer ${data.slice(0, 80)}; is the filler's address right?`,
    );
  }
}

function failed(next: 'wait' | 'abort', why: string): Extract<Proof, { kind: 'failed' }> {
  return { kind: 'failed', why, next };
}

function hex(value: bigint): Bytes {
  return `0x${value.toString(16)}`;
}
