// The published test vector of the Web3 Secret Storage Definition, version 3 (scrypt), and the files around it.

import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, describe, expect, test } from 'vitest';
import { createKeystore } from './createKeystore.ts';
import * as KeyFile from './KeyFile.ts';
import { openKeystore } from './openKeystore.ts';
import type { Passphrase, Terminal } from './readPassphrase.ts';

const place = mkdtempSync(join(tmpdir(), 'trimtab-keystore-'));
afterAll(() => rmSync(place, { recursive: true }));

const write = (name: string, text: string) => {
  writeFileSync(join(place, name), text);
  return join(place, name);
};

const vector = {
  crypto: {
    cipher: 'aes-128-ctr',
    cipherparams: { iv: '83dbcc02d8ccb40e466191a123791e0e' },
    ciphertext: 'd172bf743a674da9cdad04534d56926ef8358534d458fffccd4e6ad2fbde479c',
    kdf: 'scrypt',
    kdfparams: {
      dklen: 32,
      n: 262_144,
      p: 8,
      r: 1,
      salt: 'ab0c7876052600dd703518d6fc3fe8984592145b591fc8fb5c6d43190334ba19',
    },
    mac: '2103ac29920d71da29f15d75b4a16dbe95cfd7ff8faea1056c33131d846e3097',
  },
  id: '3198bc9c-6672-5ab3-d995-4942343ae5b6',
  version: 3,
};
/** The same secret and passphrase, sealed with less work by another implementation (ox 0.14, 4096 steps). */
const light = {
  crypto: {
    cipher: 'aes-128-ctr',
    ciphertext: 'a8ded97115c9b6b40a77cda8ce869a4bddf0c426fc04ab8716afdee10c848f1d',
    cipherparams: { iv: '8c52a8144ba7472a80033bcdec505515' },
    kdf: 'scrypt',
    kdfparams: {
      dklen: 32,
      n: 4_096,
      p: 1,
      r: 8,
      salt: '448bfa74a4cc8989242e65d9e89497220af8b5c7c9132d860d4f42040432d1fd',
    },
    mac: '31317eb6d36991d0e9a3fe22f5b5b9d53e13ff2adc553767b4d3822dcb67a0d0',
  },
  id: 'c8d5c0c2-7013-4d3e-b01a-3b87d6a55a9c',
  version: 3,
};
const secret = '0x7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d';
const address = '0x008AeEda4D805471dF9b2A5B0f38A0C3bCBA786b';
const file = write('light.json', JSON.stringify(light));
const right: Passphrase = `file:${write('right', 'testpassword\n')}`;
const wrong: Passphrase = `file:${write('wrong', 'testpassword \n')}`;

test('the published vector opens', async () => {
  expect(await KeyFile.unseal(KeyFile.parse(JSON.stringify(vector)), 'testpassword')).toBe(secret);
});

describe('the keystore of another implementation', () => {
  test('opens', async () => {
    expect((await openKeystore(file, right)).address).toBe(address);
  });

  test('opens with the address spelled in any of the ways that wallets do', async () => {
    for (const spelled of [address, address.toLowerCase(), address.slice(2), address.slice(2).toLowerCase()]) {
      const named = KeyFile.parse(JSON.stringify({ ...light, address: spelled }));
      expect(await KeyFile.unseal(named, 'testpassword')).toBe(secret);
    }
  });

  test('does not open with another passphrase, nor under the address of another', async () => {
    await expect(openKeystore(file, wrong)).rejects.toMatchObject({ name: 'WrongPassphrase', next: 'halt' });
    for (const other of ['00'.repeat(20), 7]) {
      const mislabelled = write('mislabelled.json', JSON.stringify({ ...light, address: other }));
      await expect(openKeystore(mislabelled, right)).rejects.toMatchObject({ name: 'KeyFileUnreadable' });
    }
  });

  test('does not open with any part of it changed', async () => {
    const { crypto } = light;
    const changed = [
      { ...crypto, ciphertext: crypto.ciphertext.replace('d', 'c') },
      { ...crypto, mac: crypto.mac.replace('2', '3') },
      { ...crypto, kdfparams: { ...crypto.kdfparams, n: 8_192 } },
    ];
    for (const one of changed) {
      const path = write('changed.json', JSON.stringify({ ...light, crypto: one }));
      await expect(openKeystore(path, right)).rejects.toMatchObject({ name: 'WrongPassphrase' });
    }
  });
});

describe('a file that is no keystore', () => {
  const { crypto } = vector;
  const scrypt = (changed: object) => ({
    ...vector,
    crypto: { ...crypto, kdfparams: { ...crypto.kdfparams, ...changed } },
  });
  test.each([
    ['cut short', JSON.stringify(vector).slice(0, 200), 'cut short'],
    ['empty', '', 'cut short'],
    ['a list', '[]', 'not an object'],
    ['of version 1', JSON.stringify({ ...vector, version: 1 }), 'version is 1'],
    ['of another kdf', JSON.stringify({ ...vector, crypto: { ...crypto, kdf: 'pbkdf2' } }), 'kdf is "pbkdf2"'],
    ['of another cipher', JSON.stringify({ ...vector, crypto: { ...crypto, cipher: 'rot13' } }), 'cipher is "rot13"'],
    ['greedy for memory', JSON.stringify(scrypt({ n: 2 ** 30, r: 8 })), 'out of bounds'],
    ['without work', JSON.stringify(scrypt({ n: 1 })), 'out of bounds'],
    ['of no power of two', JSON.stringify(scrypt({ n: 1_000 })), 'out of bounds'],
    ['of a short key', JSON.stringify(scrypt({ dklen: 16 })), 'dklen is 16'],
    ['of odd salt', JSON.stringify(scrypt({ salt: 'xyz' })), 'salt'],
    ['of a short mac', JSON.stringify({ ...vector, crypto: { ...crypto, mac: '00' } }), 'mac'],
  ])('%s is refused with what is wrong', async (_, text, why) => {
    const refused = openKeystore(write('bad.json', text), right);
    await expect(refused).rejects.toMatchObject({ name: 'KeyFileUnreadable', next: 'halt' });
    await expect(refused).rejects.toThrow(why);
  });

  test('is refused where there is none', async () => {
    await expect(openKeystore(join(place, 'none'), right)).rejects.toMatchObject({ name: 'KeystoreMissing' });
  });
});

describe('a new keystore', () => {
  test('gives back the key, is closed to others, and is never replaced', async () => {
    const made = join(place, 'made.json');
    expect(await createKeystore(made, right, secret)).toBe(address);
    expect(statSync(made).mode & 0o777).toBe(0o600);
    expect(readFileSync(made, 'utf8')).not.toContain(secret.slice(2));
    expect((await openKeystore(made, right)).address).toBe(address);
    await expect(createKeystore(made, right)).rejects.toMatchObject({ name: 'KeystoreExists' });
    expect((await openKeystore(made, right)).address).toBe(address);
  });

  test('holds a key of its own each time', async () => {
    const [one, other] = [join(place, 'one.json'), join(place, 'other.json')];
    expect(await createKeystore(one, right)).not.toBe(await createKeystore(other, right));
  });
});

describe('a passphrase', () => {
  test('comes from the environment', async () => {
    process.env['TRIMTAB_TEST_PASSPHRASE'] = 'testpassword';
    try {
      expect((await openKeystore(file, 'env:TRIMTAB_TEST_PASSPHRASE')).address).toBe(address);
    } finally {
      delete process.env['TRIMTAB_TEST_PASSPHRASE'];
    }
    await expect(openKeystore(file, 'env:TRIMTAB_TEST_PASSPHRASE')).rejects.toThrow('env:TRIMTAB_TEST_PASSPHRASE');
  });

  test('comes from a terminal, unseen', async () => {
    const { terminal, type, shown } = terminalOf(true);
    const opened = openKeystore(file, 'prompt', terminal);
    type('testpassword\r');
    expect((await opened).address).toBe(address);
    expect(shown()).toBe(`Passphrase for ${file}: \n`);
  });

  test('is asked for twice when it is new', async () => {
    const { terminal, type } = terminalOf(true);
    const typo = join(place, 'typo.json');
    const created = createKeystore(typo, 'prompt', secret, terminal);
    type('one\r');
    setImmediate(() => type('two\r'));
    await expect(created).rejects.toThrow('differ');
    expect(existsSync(typo)).toBe(false);
  });

  test('is not waited for without a terminal', async () => {
    await expect(openKeystore(file, 'prompt', terminalOf(false).terminal)).rejects.toThrow('no terminal');
  });

  test('is not waited for when the terminal goes away', async () => {
    const { terminal, end } = terminalOf(true);
    const opened = openKeystore(file, 'prompt', terminal);
    end();
    await expect(opened).rejects.toMatchObject({ name: 'NoPassphrase' });
  });

  test('is refused where it does not belong, and never repeated', async () => {
    await expect(openKeystore(file, `file:${join(place, 'none')}`)).rejects.toMatchObject({ name: 'NoPassphrase' });
    await expect(openKeystore(file, `file:${write('empty', '\n')}`)).rejects.toThrow('empty');
    const plain = await openKeystore(file, 'testpassword' as Passphrase).catch(String);
    expect(plain).toContain('not a reference');
    expect(plain).not.toContain('testpassword');
  });
});

function terminalOf(isTTY: boolean) {
  const input = Object.assign(new PassThrough(), { isTTY });
  const output = Object.assign(new PassThrough(), { isTTY });
  const terminal: Terminal = { input, output };
  const shown = () => String(output.read());
  return { terminal, type: (text: string) => input.write(text), end: () => input.end(), shown };
}
