// What a node writes numbers and bytes as. Strict: a malformed word is a failure, never a zero.

import type { Address, Hash, Hex } from 'viem';
import { ProviderFailure, type Rpc } from './Rpc.ts';

/** Read a number, {what} naming it in the error. Throws ProviderFailure. */
export function quantity(rpc: Rpc, what: string, value: unknown): bigint {
  if (typeof value !== 'string' || !/^0x[0-9a-f]{1,64}$/i.test(value))
    throw malformed(rpc, what, 'a hex number', value);
  return BigInt(value);
}

/** Read whole bytes. Throws ProviderFailure. */
export function bytes(rpc: Rpc, what: string, value: unknown): Hex {
  if (!isBytes(value)) throw malformed(rpc, what, 'hex bytes', value);
  return value;
}

/** Read 32 bytes. Throws ProviderFailure. */
export function hash(rpc: Rpc, what: string, value: unknown): Hash {
  if (!isBytes(value) || value.length !== 66) throw malformed(rpc, what, 'a 32-byte hash', value);
  return value;
}

/** Read an address. Throws ProviderFailure. */
export function address(rpc: Rpc, what: string, value: unknown): Address {
  if (!isBytes(value) || value.length !== 42) throw malformed(rpc, what, 'an address', value);
  return value;
}

/** Read an object's fields. Throws ProviderFailure. */
export function fields(rpc: Rpc, what: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw malformed(rpc, what, 'an object', value);
  }
  return { ...value };
}

/** Say whether a value is whole bytes in hex. */
export function isBytes(value: unknown): value is Hex {
  return typeof value === 'string' && value.length % 2 === 0 && /^0x[0-9a-f]*$/i.test(value);
}

function malformed(rpc: Rpc, what: string, wanted: string, value: unknown): ProviderFailure {
  const shown = (JSON.stringify(value) ?? 'nothing').slice(0, 80);
  return new ProviderFailure(rpc.name, what, `expected ${wanted}, got ${shown}`);
}
