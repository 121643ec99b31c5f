// What a line of recorded data says, read field by field: a number is exact or it is refused, and every refusal names its place.

import type { AssetId } from '@trimtab/core';

/** Hold a record as it was read. */
export type Fields = { readonly [name: string]: unknown };

/** More than any list in a pool has entries. */
const LONGEST = 10_000;

/** Say whether a field is there and says something. */
export function has(fields: Fields, name: string): boolean {
  return Object.hasOwn(fields, name) && fields[name] !== null && fields[name] !== '';
}

/** Read a whole number, written as one or as digits. Throws PoolDataError. */
export function whole(fields: Fields, name: string): bigint {
  const value = fields[name];
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
  if (typeof value === 'string' && /^-?\d{1,78}$/.test(value)) return BigInt(value);
  throw new PoolDataError(name, value, 'give a whole number');
}

/** Read a whole number that counts little. Throws PoolDataError. */
export function count(fields: Fields, name: string): number {
  const value = whole(fields, name);
  if (value >= -(2n ** 40n) && value <= 2n ** 40n) return Number(value);
  throw new PoolDataError(name, value, 'give a number of at most forty bits');
}

/** Read text of at most a thousand characters. Throws PoolDataError. */
export function text(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value === 'string' && value.length > 0 && value.length <= 1_000) return value;
  throw new PoolDataError(name, value, 'give a text of at most a thousand characters');
}

/** Read a record. Throws PoolDataError. */
export function record(value: unknown, name: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new PoolDataError(name, value, 'give a record');
}

/** Read a list as a record by place, so that its entries are read as fields are. Throws PoolDataError. */
export function list(fields: Fields, name: string): readonly unknown[] {
  const value = fields[name];
  if (Array.isArray(value) && value.length <= LONGEST) return value;
  throw new PoolDataError(name, value, `give a list of at most ${LONGEST} entries`);
}

/** Read a list of whole numbers. Throws PoolDataError. */
export function wholes(fields: Fields, name: string): readonly bigint[] {
  return list(fields, name).map((entry, place) => whole({ [`${name}[${place}]`]: entry }, `${name}[${place}]`));
}

/** The chain's own coin is counted as its wrapped form, which it turns into at par. */
const WRAPPED: { readonly [chain: number]: string } = {
  1: '0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2',
  8453: '0x4200000000000000000000000000000000000006',
};
const NATIVE = `0x${'0'.repeat(40)}`;

/** Name a token of a chain. Throws PoolDataError where the address is none. */
export function assetAt(chain: number, address: unknown): AssetId {
  if (typeof address !== 'string' || !/^0x[\da-fA-F]{40}$/.test(address)) {
    throw new PoolDataError('address', address, 'give 0x and forty hexadecimal digits');
  }
  const lower = address.toLowerCase();
  return `eip155:${chain}/${lower === NATIVE ? (WRAPPED[chain] ?? lower) : lower}`;
}

/** Name the two tokens of a pool, which are given by address or described. Throws PoolDataError. */
export function pairOf(state: Fields, chain: number, names: readonly [string, string]): readonly [AssetId, AssetId] {
  const [zero, one] = names.map((name) => {
    const token = state[name];
    return assetAt(chain, typeof token === 'object' ? record(token, name)['address'] : token);
  });
  if (zero === undefined || one === undefined) throw new PoolDataError('tokens', names, 'name two');
  return [zero, one];
}

/** Read a number whose name differs from recording to recording. Throws PoolDataError. */
export function wholeOf(state: Fields, names: readonly string[]): bigint {
  const name = names.find((one) => has(state, one));
  if (name === undefined) throw new PoolDataError(names.join(' or '), undefined, 'give one of them');
  return whole(state, name);
}

/** Report recorded data that is not what it should be. */
export class PoolDataError extends Error {
  override readonly name = 'PoolDataError';
  readonly next = 'halt';
  constructor(path: string, found: unknown, fix: string) {
    const shown = typeof found === 'bigint' ? `${found}` : (JSON.stringify(found) ?? 'nothing').slice(0, 80);
    super(`${path} is ${shown}; ${fix}`);
  }
}
