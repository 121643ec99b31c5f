// Making the file that a key rests in.

import { closeSync, fsyncSync, openSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { getAddress } from 'viem';
import type { Address, Hex } from 'viem';
import { generatePrivateKey } from 'viem/accounts';
import * as KeyFile from './KeyFile.ts';
import { NoPassphrase, readPassphrase } from './readPassphrase.ts';
import type { Passphrase, Terminal } from './readPassphrase.ts';

/**
 * Write a new keystore, readable by this user only, and give its address. The key is drawn anew unless one is given.
 * Throws KeystoreExists rather than replace a file, and NoPassphrase.
 */
export async function createKeystore(
  file: string,
  from: Passphrase,
  key: Hex = generatePrivateKey(),
  terminal?: Terminal,
): Promise<Address> {
  const passphrase = await readPassphrase(from, `New passphrase for ${file}`, terminal);
  if (from === 'prompt' && (await readPassphrase(from, 'The same again', terminal)) !== passphrase)
    throw new NoPassphrase(from, 'the two that were typed differ');
  const sealed = await KeyFile.seal(key, passphrase);
  write(file, `${JSON.stringify(sealed, null, 2)}\n`);
  return getAddress(`0x${sealed.address}`);
}

function write(file: string, text: string): void {
  const fd = create(file);
  try {
    writeFileSync(fd, text);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  // The name must survive a power cut as well: money may be sent to the address at once.
  const folder = openSync(dirname(file), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function create(file: string): number {
  try {
    return openSync(file, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw new KeystoreExists(file);
    throw error;
  }
}

/** Say that a file is in the way. It may be the only copy of a key. */
export class KeystoreExists extends Error {
  override readonly name = 'KeystoreExists';
  readonly next = 'halt';
  constructor(file: string) {
    super(
      `${file} exists, and may be the only copy of a key, so it is left alone. Name another file, or use this one.`,
    );
  }
}
