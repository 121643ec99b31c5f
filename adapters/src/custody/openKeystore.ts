// Opening the file that a key rests in. The key stays in this process.

import { readFileSync } from 'node:fs';
import { privateKeyToAccount } from 'viem/accounts';
import type { PrivateKeyAccount } from 'viem/accounts';
import * as KeyFile from './KeyFile.ts';
import { readPassphrase } from './readPassphrase.ts';
import type { Passphrase, Terminal } from './readPassphrase.ts';

/** Give the account whose key a keystore holds. Throws KeystoreMissing, KeyFileUnreadable, NoPassphrase and WrongPassphrase. */
export async function openKeystore(file: string, from: Passphrase, terminal?: Terminal): Promise<PrivateKeyAccount> {
  const sealed = KeyFile.parse(text(file));
  const passphrase = await readPassphrase(from, `Passphrase for ${file}`, terminal);
  return privateKeyToAccount(await KeyFile.unseal(sealed, passphrase));
}

function text(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new KeystoreMissing(error instanceof Error ? error.message : String(error));
  }
}

/** Say that there is no keystore to open. */
export class KeystoreMissing extends Error {
  override readonly name = 'KeystoreMissing';
  readonly next = 'halt';
  constructor(why: string) {
    super(
      `The keystore cannot be read: ${why}. Correct keystore.file, or make one with \`trimtab init --create-keystore\`.`,
    );
  }
}
