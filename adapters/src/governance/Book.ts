// Who is who: the addresses of a deployment by name. Without it a call says only what it would do to a contract that is
// what it claims to be.

import { type Address, getAddress, isAddress } from 'viem';
import { ABIS } from './Registry.ts';

/** Hold one entry: its name, and the contract whose functions it has, where that is known. */
export type Entry = { readonly name: string; readonly contract: string | undefined };

/** Hold the entries by checksummed address. */
export type Book = ReadonlyMap<string, Entry>;

/**
 * Read a deployment record: any JSON in which names stand before addresses, as `"Policy": "0x…"` or as
 * `"policy": { "address": "0x…", "contract": "Policy" }`, however deep. Throws BadBook where one address has two contracts.
 */
export function read(record: unknown): Book {
  const book = new Map<string, Entry>();
  walk(record, book);
  if (book.size === 0) throw new BadBook('names no address');
  return book;
}

/** Show an address, with its name where it has one. */
export function show(book: Book, address: string): string {
  const entry = book.get(getAddress(address));
  if (/^0x0{40}$/.test(address)) return 'nobody (0x0)';
  return entry === undefined ? getAddress(address) : `${entry.name} (${getAddress(address)})`;
}

function walk(value: unknown, book: Map<string, Entry>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    const address = addressOf(inner);
    if (address === undefined) walk(inner, book);
    else enter(book, address, name, contractOf(name, inner));
  }
}

function enter(book: Map<string, Entry>, address: Address, name: string, contract: string | undefined): void {
  const before = book.get(address);
  if (before?.contract !== undefined && contract !== undefined && before.contract !== contract) {
    throw new BadBook(`calls ${address} both ${before.contract} and ${contract}`);
  }
  if (before?.contract === undefined) book.set(address, { name, contract });
}

function addressOf(value: unknown): Address | undefined {
  const text = typeof value === 'object' && value !== null && 'address' in value ? value.address : value;
  return typeof text === 'string' && isAddress(text, { strict: false }) ? getAddress(text) : undefined;
}

/** `policy`, `Policy` and `main-policy` are all a Policy; `contract` beside the address says it outright. */
function contractOf(name: string, value: unknown): string | undefined {
  const told = typeof value === 'object' && value !== null && 'contract' in value ? value.contract : undefined;
  const wanted = (typeof told === 'string' ? told : name).toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const usual = ALIASES[wanted];
  if (usual !== undefined) return usual;
  return Object.keys(ABIS).find((contract) => contract.toLowerCase() === wanted);
}

const ALIASES: Readonly<Record<string, string>> = {
  hub: 'OracleHub',
  oracle: 'OracleHub',
  vault: 'BasketVault',
  timelock: 'TimelockController',
  controller: 'TimelockController',
  vaultgovernor: 'Governor',
  token: 'ERC20',
};

/** The record of addresses cannot be used. */
export class BadBook extends Error {
  override readonly name = 'BadBook';
  readonly next = 'halt';
  readonly fix = 'Give a JSON file in which names stand before addresses, each address once.';
  constructor(what: string) {
    super(`The address book ${what}. Give a JSON file in which names stand before addresses, each address once.`);
  }
}
