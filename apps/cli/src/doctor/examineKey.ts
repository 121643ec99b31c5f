// The key, without opening it: is the file there, closed to others, in a shape we read, and does the reference to its
// passphrase lead somewhere.

import { readFileSync, statSync } from 'node:fs';
import { getAddress, isAddress } from 'viem';
import type { Config } from '@trimtab/engine';
import * as Fault from '../Fault.ts';
import { resolveReference } from '../resolveReference.ts';
import { fail, ok, warn } from './Finding.ts';
import type { Finding } from './Finding.ts';

/** Examine the key; `address` is whose it is, as far as the file tells. */
export function examineKey({ keystore }: Config.Config): {
  readonly findings: readonly Finding[];
  readonly address?: string;
} {
  if (keystore === undefined) return { findings: [ok('key', 'none is configured; a dry run needs none')] };
  const { file, passphrase } = keystore;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return {
      findings: [
        fail('key', Fault.tell(error).what, 'correct keystore.file, or make one with `trimtab init --create-keystore`'),
      ],
    };
  }
  const address = addressIn(text);
  const shape =
    address === undefined
      ? fail(
          'key',
          `${file} is not a version 3 keystore with an address`,
          'use a keystore of geth, or make one with `trimtab init --create-keystore`',
        )
      : ok('key', `${file} holds the key of ${address}`);
  return { findings: [shape, closed(file), reference(passphrase)], ...(address === undefined ? {} : { address }) };
}

function addressIn(text: string): string | undefined {
  try {
    const { version, address } = JSON.parse(text) as { readonly version?: unknown; readonly address?: unknown };
    const hex = `0x${String(address).replace(/^0x/, '')}`;
    return version === 3 && isAddress(hex, { strict: false }) ? getAddress(hex) : undefined;
  } catch {
    return undefined;
  }
}

function closed(file: string): Finding {
  const mode = statSync(file).mode & 0o777;
  const shown = mode.toString(8).padStart(4, '0');
  if (process.platform === 'win32' || (mode & 0o077) === 0) return ok('key file', `mode ${shown}`);
  return fail('key file', `mode ${shown} lets others read it`, `chmod 600 ${file}`);
}

function reference(passphrase: NonNullable<Config.Config['keystore']>['passphrase']): Finding {
  if (passphrase.kind === 'prompt') {
    return warn(
      'passphrase',
      'is asked for at every start, so the engine cannot restart by itself',
      'use env:NAME or file:PATH for unattended operation',
    );
  }
  try {
    resolveReference('keystore.passphrase', passphrase);
  } catch (error) {
    const { what, fix } = Fault.tell(error);
    return fail('passphrase', what, fix ?? 'see the message');
  }
  return ok(
    'passphrase',
    passphrase.kind === 'env' ? `is in the environment variable ${passphrase.name}` : `is in ${passphrase.path}`,
  );
}
