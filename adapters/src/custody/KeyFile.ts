// The file that a key rests in: Web3 Secret Storage version 3, as geth writes it and most wallets read it. The
// passphrase becomes a key by scrypt; AES-128-CTR hides the secret; a Keccak-256 MAC tells a wrong passphrase.
// Source: Web3 Secret Storage Definition, version 3 (ethereum.org).

import { createCipheriv, createDecipheriv, randomBytes, randomUUID, scrypt, timingSafeEqual } from 'node:crypto';
import { scryptAsync } from '@noble/hashes/scrypt';
import { concat, hexToBytes, isHex, keccak256 } from 'viem';
import type { Hex } from 'viem';
import { privateKeyToAddress } from 'viem/accounts';

/** Hold a parsed key file. Byte strings are hexadecimal without 0x, as in the file. */
export type KeyFile = {
  readonly version: 3;
  readonly id: string;
  /** Lower case, without 0x; some wallets leave it out. */
  readonly address?: string;
  readonly crypto: {
    readonly cipher: 'aes-128-ctr';
    readonly cipherparams: { readonly iv: string };
    readonly ciphertext: string;
    readonly kdf: 'scrypt';
    readonly kdfparams: Scrypt & { readonly salt: string };
    readonly mac: string;
  };
};

/** Say how hard scrypt works: `n` steps over blocks of 128·`r` bytes, `p` times. */
type Scrypt = { readonly n: number; readonly r: number; readonly p: number; readonly dklen: number };

/** Geth's standard: a guess costs an attacker about a second and 256 MiB. */
const standard: Scrypt = { n: 262_144, r: 8, p: 1, dklen: 32 };

/** A file may not make us allocate more than this. {bytes} */
const MOST_MEMORY = 2 ** 30;

/** Encrypt a private key under a passphrase. */
export async function seal(key: Hex, passphrase: string): Promise<KeyFile> {
  const salt = randomBytes(32);
  const iv = randomBytes(16);
  const derived = await derive(passphrase, salt, standard);
  const cipher = createCipheriv('aes-128-ctr', derived.subarray(0, 16), iv);
  const ciphertext = Buffer.concat([cipher.update(hexToBytes(key)), cipher.final()]);
  return {
    version: 3,
    id: randomUUID(),
    address: bare(privateKeyToAddress(key)),
    crypto: {
      cipher: 'aes-128-ctr',
      cipherparams: { iv: iv.toString('hex') },
      ciphertext: ciphertext.toString('hex'),
      kdf: 'scrypt',
      kdfparams: { ...standard, salt: salt.toString('hex') },
      mac: macOf(derived, ciphertext).toString('hex'),
    },
  };
}

/** Decrypt the private key. Throws WrongPassphrase, or KeyFileUnreadable if the key is not that of the file's address. */
export async function unseal(file: KeyFile, passphrase: string): Promise<Hex> {
  const { cipherparams, ciphertext: hidden, kdfparams, mac } = file.crypto;
  const ciphertext = Buffer.from(hidden, 'hex');
  const derived = await derive(passphrase, Buffer.from(kdfparams.salt, 'hex'), kdfparams);
  if (!timingSafeEqual(macOf(derived, ciphertext), Buffer.from(mac, 'hex'))) throw new WrongPassphrase();
  const cipher = createDecipheriv('aes-128-ctr', derived.subarray(0, 16), Buffer.from(cipherparams.iv, 'hex'));
  const key: Hex = `0x${Buffer.concat([cipher.update(ciphertext), cipher.final()]).toString('hex')}`;
  const address = bare(privateKeyToAddress(key));
  if (file.address !== undefined && file.address !== address)
    throw new KeyFileUnreadable(`it says it holds the key of 0x${file.address}, but holds that of 0x${address}`);
  return key;
}

/** Read a key file's text. Throws KeyFileUnreadable for anything but a version 3 file with scrypt and AES-128-CTR. */
export function parse(text: string): KeyFile {
  const file = object(json(text), 'the file');
  if (file['version'] !== 3) throw new KeyFileUnreadable(`its version is ${shown(file['version'])}, not 3`);
  const crypto = object(file['crypto'] ?? file['Crypto'], 'crypto');
  if (crypto['cipher'] !== 'aes-128-ctr')
    throw new KeyFileUnreadable(`its cipher is ${shown(crypto['cipher'])}, not aes-128-ctr`);
  if (crypto['kdf'] !== 'scrypt') throw new KeyFileUnreadable(`its kdf is ${shown(crypto['kdf'])}, not scrypt`);
  const kdfparams = object(crypto['kdfparams'], 'crypto.kdfparams');
  const address = file['address'];
  return {
    version: 3,
    id: typeof file['id'] === 'string' ? file['id'] : '',
    ...(address === undefined
      ? {}
      : { address: hexOf(typeof address === 'string' ? bare(address) : address, 'address', 20) }),
    crypto: {
      cipher: 'aes-128-ctr',
      cipherparams: { iv: hexOf(object(crypto['cipherparams'], 'crypto.cipherparams')['iv'], 'iv', 16) },
      ciphertext: hexOf(crypto['ciphertext'], 'ciphertext', 32),
      kdf: 'scrypt',
      kdfparams: { ...scryptOf(kdfparams), salt: hexOf(kdfparams['salt'], 'salt') },
      mac: hexOf(crypto['mac'], 'mac', 32),
    },
  };
}

function scryptOf({ n, r, p, dklen }: Readonly<Record<string, unknown>>): Scrypt {
  if (
    !whole(n) ||
    !whole(r) ||
    !whole(p) ||
    n < 2 ||
    !Number.isInteger(Math.log2(n)) ||
    128 * n * r > MOST_MEMORY ||
    p > 64
  )
    throw new KeyFileUnreadable(`its scrypt parameters n ${shown(n)}, r ${shown(r)}, p ${shown(p)} are out of bounds`);
  if (dklen !== 32) throw new KeyFileUnreadable(`its dklen is ${shown(dklen)}, not 32`);
  return { n, r, p, dklen };
}

async function derive(passphrase: string, salt: Uint8Array, { n: N, r, p, dklen }: Scrypt): Promise<Buffer> {
  // Many files, the published example among them, use r 1 with more steps than RFC 7914 allows, and OpenSSL refuses.
  if (Math.log2(N) >= 16 * r) return Buffer.from(await scryptAsync(passphrase, salt, { N, r, p, dkLen: dklen }));
  return new Promise((resolve, reject) => {
    const maxmem = 128 * N * r + 128 * r * p + 2 ** 20;
    scrypt(passphrase, salt, dklen, { N, r, p, maxmem }, (error, derived) =>
      error ? reject(error) : resolve(derived),
    );
  });
}

function macOf(derived: Buffer, ciphertext: Uint8Array): Buffer {
  return Buffer.from(keccak256(concat([derived.subarray(16, 32), ciphertext]), 'bytes'));
}

function bare(hex: string): string {
  return hex.replace(/^0x/, '').toLowerCase();
}

function hexOf(value: unknown, name: string, bytes?: number): string {
  const fits = typeof value === 'string' && value.length % 2 === 0 && isHex(`0x${value}`) && value.length <= 256;
  if (!fits || (bytes !== undefined && value.length !== 2 * bytes))
    throw new KeyFileUnreadable(`its ${name} is not ${bytes ?? 'whole'} bytes of hexadecimal`);
  return value.toLowerCase();
}

function whole(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

function object(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new KeyFileUnreadable(`${name} is missing or not an object`);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new KeyFileUnreadable('it is not JSON: it was cut short, or is something else');
  }
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? 'missing').slice(0, 40);
}

/** Say what is wrong with a key file. */
export class KeyFileUnreadable extends Error {
  override readonly name = 'KeyFileUnreadable';
  readonly next = 'halt';
  constructor(why: string) {
    super(
      `The keystore cannot be used: ${why}. Give a version 3 keystore with scrypt and aes-128-ctr, as geth writes ` +
        'it (`geth account import`), or restore the file from its backup.',
    );
  }
}

/** Say that the passphrase is not the one that the key was encrypted under. */
export class WrongPassphrase extends Error {
  override readonly name = 'WrongPassphrase';
  readonly next = 'halt';
  constructor() {
    super(
      'The passphrase does not open the keystore. Check what keystore.passphrase points to: another file or variable, ' +
        'or white space at its ends (one line break at the end of a file is ignored).',
    );
  }
}
