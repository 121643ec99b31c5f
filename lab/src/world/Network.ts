// Between sending and settling: what waits, what is mined, what became of it. The one mutable thing in a simulated
// world besides the journal, because a network is what remembers while we do not.

import type { AssetId, Block, Price, Step, Time } from '@trimtab/core';
import type { Attempt, Found, Head, Proof, Receipt, Signed } from '@trimtab/engine';
import * as Chain from './Chain.ts';
import { Unreachable } from './Fault.ts';
import type { Spec } from './Spec.ts';
import * as Transaction from './Transaction.ts';

/** Hold a network. Only the functions of this module change it. */
export type Network = {
  chain: Chain.Chain;
  /** States by block number, newest last, as many as a node would keep. */
  readonly kept: Map<bigint, Chain.Chain>;
  /** Waiting transactions by nonce. */
  readonly pool: Map<number, Signed>;
  readonly landed: Map<string, Landed>;
  /** What the market believes, in the order of the assets. */
  fair: readonly Price[];
  readonly silenced: Set<AssetId>;
  /** Reasons for which the next mined transactions revert. */
  readonly reverts: string[];
};

type Landed = Extract<Found, { kind: 'settled' | 'reverted' }>;

const KEPT = 64;
/** Gas of a transaction that reverts, as a part of what it would have used. */
const REVERTED_GAS_SHARE = 2n;

/** Start a network at a spec's first block. */
export function start(spec: Spec): Network {
  const chain = Chain.start(spec);
  return {
    chain,
    kept: new Map([[chain.number, chain]]),
    pool: new Map(),
    landed: new Map(),
    fair: spec.prices,
    silenced: new Set(),
    reverts: [],
  };
}

/** Make a block at a time: the market moves first, then what waits is mined in the order of its nonces. */
export function mine(network: Network, at: Time): void {
  const opened = { ...network.chain, number: network.chain.number + 1n, at };
  network.chain = Chain.follow(opened, network.fair, network.silenced);
  for (
    let next = network.pool.get(network.chain.nonce);
    next !== undefined;
    next = network.pool.get(network.chain.nonce)
  ) {
    if (Transaction.decode(next).maxFee < network.chain.gasPrice) break;
    network.pool.delete(network.chain.nonce);
    include(network, next);
  }
  network.kept.set(network.chain.number, network.chain);
  network.kept.delete(network.chain.number - BigInt(KEPT));
}

/** Say which block is the newest. */
export function head({ chain }: Network): Head {
  return { chain: chain.spec.chain, block: blockOf(chain), at: chain.at };
}

/** Get the state at a head. Throws Unreachable where the network no longer keeps it. */
export function stateAt(network: Network, { block }: Head): Chain.Chain {
  const chain = network.kept.get(block.number);
  if (chain === undefined) throw new Unreachable(`block ${block.number} is not among the last ${KEPT}`);
  return chain;
}

/** Try a step on the newest state as of the next block. */
export function prove({ chain }: Network, step: Step, attempt: Attempt): Proof {
  const replaced = attempt.replaces;
  if (replaced !== undefined && replaced.nonce < chain.nonce) {
    return { kind: 'failed', why: `nonce ${replaced.nonce} has been used: look up what used it`, next: 'wait' };
  }
  const done = Chain.perform({ ...chain, at: chain.at + chain.spec.blockTime }, step);
  if (done.kind === 'reverted') return { kind: 'failed', why: done.why, next: done.next };
  const { maxFee, maxTip } = fees(chain.gasPrice, replaced);
  const nonce = replaced?.nonce ?? chain.nonce;
  const unsigned = Transaction.unsigned({ step, nonce, gas: done.gas, maxFee, maxTip, chain: chain.spec.chain });
  return { kind: 'proved', unsigned, receives: done.fill?.received ?? 0n };
}

/** Take signed bytes into the pool. Bytes that are known, late, or an underpriced replacement change nothing. */
export function send(network: Network, signed: Signed): void {
  const sent = Transaction.decode(signed);
  const waiting = network.pool.get(signed.nonce);
  if (network.landed.has(signed.hash) || signed.nonce < network.chain.nonce || waiting?.hash === signed.hash) return;
  if (waiting !== undefined && sent.maxFee * 8n < Transaction.decode(waiting).maxFee * 9n) return;
  network.pool.set(signed.nonce, signed);
}

/** Say what became of signed bytes. */
export function find(network: Network, signed: Signed): Found {
  const landed = network.landed.get(signed.hash);
  if (landed !== undefined) return landed;
  if (network.pool.get(signed.nonce)?.hash === signed.hash) return { kind: 'pending' };
  if (signed.nonce >= network.chain.nonce) return { kind: 'absent' };
  return {
    kind: 'foreign',
    why: `nonce ${signed.nonce} of ${signed.from} was used by other bytes than ${signed.hash}`,
  };
}

/** Let somebody else use our next nonce; what waited with it is gone. */
export function intrude(network: Network): void {
  network.pool.delete(network.chain.nonce);
  network.chain = { ...network.chain, nonce: network.chain.nonce + 1 };
}

function include(network: Network, signed: Signed): void {
  const { step } = Transaction.decode(signed);
  const before = network.chain;
  const forced = network.reverts.shift();
  const done = forced === undefined ? Chain.perform(before, step) : ({ kind: 'reverted', why: forced } as const);
  if (done.kind === 'reverted') {
    const receipt = receiptOf(before, before.spec.gas.swap / REVERTED_GAS_SHARE);
    network.landed.set(signed.hash, { kind: 'reverted', receipt, why: done.why });
    network.chain = { ...before, nonce: before.nonce + 1 };
    return;
  }
  const fill = done.fill === undefined ? {} : { fill: done.fill };
  network.landed.set(signed.hash, { kind: 'settled', receipt: receiptOf(before, done.gas), ...fill });
  network.chain = { ...done.chain, nonce: before.nonce + 1 };
}

/** Offer twice the going price, or an eighth more than the bytes to be replaced, whichever is more. */
function fees(gasPrice: bigint, replaced: Signed | undefined): { readonly maxFee: bigint; readonly maxTip: bigint } {
  const old = replaced === undefined ? undefined : Transaction.decode(replaced);
  const bumped = (fee: bigint | undefined): bigint => (fee === undefined ? 0n : (fee * 9n + 7n) / 8n);
  const [maxFee, maxTip] = [2n * gasPrice, gasPrice / 10n];
  const [atLeast, tipAtLeast] = [bumped(old?.maxFee), bumped(old?.maxTip)];
  return { maxFee: maxFee > atLeast ? maxFee : atLeast, maxTip: maxTip > tipAtLeast ? maxTip : tipAtLeast };
}

function receiptOf(chain: Chain.Chain, gasUsed: bigint): Receipt {
  return { block: blockOf(chain), at: chain.at, gasUsed, gasPrice: chain.gasPrice };
}

function blockOf(chain: Chain.Chain): Block {
  return { number: chain.number, hash: `0x${chain.number.toString(16).padStart(64, '0')}` };
}
