// The key of a rehearsal. It is worth nothing, and is kept as if it were worth everything.

import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createKeystore, openKeystore } from '@trimtab/adapters/custody';
import type { LocalAccount } from 'viem';

/** Open the folder's keystore, or make one with a passphrase of its own. */
export async function demoKey(folder: string): Promise<LocalAccount> {
  const file = join(folder, 'keystore.json');
  const passphrase = join(folder, 'passphrase');
  if (!existsSync(file)) {
    await writeFile(passphrase, randomBytes(24).toString('base64url'), { mode: 0o600 });
    await createKeystore(file, `file:${passphrase}`);
  }
  return openKeystore(file, `file:${passphrase}`);
}
