// An authorisation in the settler's words.

import type { Authorise, Leg, Seconds, Time } from '@trimtab/core';
import { FixedPoint } from '@trimtab/core';
import { Settler } from '@trimtab/contracts';
import { encodeFunctionData, type Hex, zeroAddress, zeroHash } from 'viem';
import type { Call } from './Multicall.ts';
import { tokenOf } from './Vault.ts';
import type * as Vault from './Vault.ts';

/** One share has this many atoms. */
const SHARE = 10n ** 18n;
/** {atom/share} The largest target that a leg's 112 bits hold */
const MOST = (1n << 112n) - 1n;

/**
 * Write an authorisation as a call of `Settler.propose`. The price starts at the oracle's and falls to the discount over
 * `decay`: whoever pays more than our own route, or is faster, serves the vault better than we would.
 * Throws RangeError where the step cannot be said in the settler's words.
 */
export function write(vault: Vault.Vault, chain: number, step: Authorise, at: Time, decay: Seconds): Call {
  const intent = {
    vault: vault.address,
    chainId: BigInt(chain),
    nonce: step.nonce,
    notBefore: at,
    deadline: step.deadline,
    rule: zeroAddress,
    modelCommit: zeroHash as Hex,
    dataRoot: zeroHash as Hex,
    startPremBps: 0,
    floorDiscBps: step.floorDiscount,
    decay,
    legs: step.legs.map((leg) => ({ token: tokenOf(chain, leg.asset), ...unitsOf(leg, step.supply) })),
  };
  return { to: vault.settler, data: encodeFunctionData({ abi: Settler.abi, functionName: 'propose', args: [intent] }) };
}

/**
 * Turn a leg's atoms into atoms per share. The settler rounds both limits against the trade, so ours round for it:
 * `sellDownTo` down and `buyUpTo` up leave room for exactly the planned amounts; the owner's bound is wider by less than
 * an atom per share. Where both are one target, the sale's rounding holds, for a purchase has slack in its limit.
 */
export function unitsOf(leg: Leg, supply: bigint): { readonly sellDownTo: bigint; readonly buyUpTo: bigint } {
  const sellDownTo = FixedPoint.mulDivDown(leg.sellDownTo, SHARE, supply);
  const buyUpTo = FixedPoint.min(FixedPoint.mulDivUp(leg.buyUpTo, SHARE, supply), sellDownTo);
  if (buyUpTo < 0n || sellDownTo > MOST) {
    throw new RangeError(`${leg.asset}: ${sellDownTo} atoms a share do not fit a leg; issue more shares`);
  }
  return { sellDownTo, buyUpTo };
}
