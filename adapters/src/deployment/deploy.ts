// Placing what is planned. Every step looks first, so that a deployment can be killed anywhere and run again, or be
// run by two people at once, and ends the same.

import { setTimeout } from 'node:timers/promises';
import { BaseError } from 'viem';
import type { Account, Address, Chain, Hex, PublicClient, Transport, WalletClient } from 'viem';
import * as Installation from './Installation.ts';
import { callOf, PROXY, type Step } from './Plan.ts';

/** Reach a chain; `write` pays for what is missing. */
export type Site = {
  readonly read: PublicClient<Transport, Chain | undefined>;
  readonly write: WalletClient<Transport, Chain | undefined, Account>;
};

/** How often to look for code whose transaction failed, a polling interval apart. */
const LOOKS = 5;
const PROXY_CODE: Hex =
  '0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf3';

/** Place every contract that is not in place yet, verify all, and record them. Throws NoProxy, WrongCode, NotPlaced. */
export async function deploy(site: Site, steps: readonly Step[]): Promise<Installation.Installation> {
  if ((await site.read.getCode({ address: PROXY })) !== PROXY_CODE) throw new NoProxy();
  const placed: { readonly step: Step; readonly code: Hex }[] = [];
  for (const step of steps) placed.push({ step, code: await place(site, step) });
  return Installation.record(await site.read.getChainId(), placed);
}

async function place({ read, write }: Site, step: Step): Promise<Hex> {
  const { address, name } = step;
  const expected = await codeOf(read, step);
  let found = await read.getCode({ address });
  if (found === undefined) {
    const failure = await send({ read, write }, step);
    found = await read.getCode({ address });
    // It fails if somebody else was faster with the same code: that code is there, or about to be, which is all that counts.
    for (let look = 0; found === undefined && look < LOOKS; look += 1) {
      await setTimeout(read.pollingInterval);
      found = await read.getCode({ address });
    }
    if (found === undefined) throw new NotPlaced(name, address, failure);
  }
  if (found !== expected) throw new WrongCode(name, address);
  return found;
}

/** Send a step to the proxy and wait until it is in a block; gives what went wrong, if anything did. */
async function send({ read, write }: Site, step: Step): Promise<unknown> {
  try {
    const hash = await write.sendTransaction({ to: PROXY, data: callOf(step), chain: null });
    const { status } = await read.waitForTransactionReceipt({ hash });
    return status === 'success' ? undefined : `transaction ${hash} reverted`;
  } catch (error) {
    return error;
  }
}

/**
 * Compute what a step's code must be on this chain: run its constructor at its very address, without a transaction.
 * Addresses of its own and the chain's id, which constructors write into code, come out as they will.
 */
async function codeOf(read: Site['read'], { name, address, initCode }: Step): Promise<Hex> {
  try {
    const { data } = await read.call({ to: address, stateOverride: [{ address, code: initCode }] });
    if (data !== undefined) return data;
  } catch (error) {
    throw new NotPlaced(name, address, error);
  }
  throw new NotPlaced(name, address, 'its constructor returns no code');
}

/** Say that the chain lacks what every address depends on. */
export class NoProxy extends Error {
  override readonly name = 'NoProxy';
  readonly next = 'halt';
  constructor() {
    super(
      `The deterministic deployment proxy is not on this chain at ${PROXY}. Anyone can place it: send 0.01 of the native ` +
        'coin to 0x3fAB184622Dc19b6109349B94811493BF45362a1 and broadcast the signed transaction that is published ' +
        'with it (github.com/Arachnid/deterministic-deployment-proxy); then run this again.',
    );
  }
}

/** Say that something else is where a contract should be. */
export class WrongCode extends Error {
  override readonly name = 'WrongCode';
  readonly next = 'halt';
  constructor(contract: string, address: Address) {
    super(
      `The code at ${address} is not that of ${contract}. No honest chain allows that: ask another node, and trust ` +
        'nothing that this one says.',
    );
  }
}

/** Say that a contract could not be placed. */
export class NotPlaced extends Error {
  override readonly name = 'NotPlaced';
  readonly next = 'halt';
  constructor(contract: string, address: Address, cause: unknown) {
    // The whole message repeats all of the code that was sent.
    const why = cause instanceof BaseError ? cause.shortMessage : String(cause);
    super(`${contract} did not come to be at ${address}: ${why} Mend that, or the parameters, and run again.`, {
      cause,
    });
  }
}
