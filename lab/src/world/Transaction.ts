// Signed bytes, as the simulated network reads them. The signature is a word and the hash no proof: nobody forges here.

import type { Step } from '@trimtab/core';
import type { Signed, Unsigned } from '@trimtab/engine';
import * as Random from '../Random.ts';

/** What the bytes say. */
export type Transaction = {
  readonly step: Step;
  readonly nonce: number;
  readonly gas: bigint;
  /** {wei/gas} */
  readonly maxFee: bigint;
  readonly maxTip: bigint;
  readonly chain: number;
};

/** The account whose key the simulated custody holds. */
export const STRATEGIST = '0x5742415445474953540000000000000000000001';
const SETTLER = '0x534554544c455200000000000000000000000001';
const FILLER = '0x46494c4c45520000000000000000000000000001';

/** Write a transaction down for signing. */
export function unsigned({ step, ...rest }: Transaction): Unsigned {
  return { to: step.kind === 'authorise' ? SETTLER : FILLER, data: JSON.stringify(step, tag), ...rest };
}

/** Sign: the same bytes give the same hash. */
export function sign(tx: Unsigned): Signed {
  const raw = JSON.stringify(tx, tag);
  return { raw, hash: hashOf(raw), from: STRATEGIST, nonce: tx.nonce };
}

/** Read signed bytes. Throws SyntaxError on bytes that `sign` did not make. */
export function decode({ raw }: Signed): Transaction {
  const { to: _, data, ...rest } = JSON.parse(raw, untag) as Unsigned;
  return { ...rest, step: JSON.parse(data, untag) as Step };
}

/** Name some text by 256 bits that look like a hash. */
export function hashOf(text: string): string {
  const next = Random.splitmix64(Random.fnv1a64(text));
  return `0x${[next(), next(), next(), next()].map((word) => word.toString(16).padStart(16, '0')).join('')}`;
}

function tag(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? { $bigint: value.toString() } : value;
}

function untag(_: string, value: unknown): unknown {
  const tagged = typeof value === 'object' && value !== null && '$bigint' in value ? value.$bigint : undefined;
  return typeof tagged === 'string' ? BigInt(tagged) : value;
}
