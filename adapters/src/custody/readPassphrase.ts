// Where a passphrase may come from: a file, the environment, or a person at a terminal. Never an argument, which
// every process on the machine can read, and never the configuration, which is copied and committed.

import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** Refer to a passphrase: the file that holds it, the environment variable that holds it, or whoever sits there. */
export type Passphrase = `file:${string}` | `env:${string}` | 'prompt';

/** The terminal to ask at. */
export type Terminal = {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean };
};

// Standard output belongs to the command's result.
const own: Terminal = { input: process.stdin, output: process.stderr };

/**
 * Get the passphrase that a reference points to; `question` is what a person is asked. One line break at the end of a
 * file is not part of it. Throws NoPassphrase if there is none, or nobody to ask.
 */
export async function readPassphrase(from: Passphrase, question: string, terminal = own): Promise<string> {
  const passphrase = await read(from, question, terminal);
  if (passphrase === '') throw new NoPassphrase(from, 'it is empty');
  return passphrase;
}

function read(from: Passphrase, question: string, terminal: Terminal): string | Promise<string> {
  if (from === 'prompt') return ask(question, terminal);
  if (from.startsWith('file:')) return fromFile(from, from.slice(5));
  if (from.startsWith('env:')) return process.env[from.slice(4)] ?? '';
  // Not repeated in the message: it may be the passphrase itself.
  throw new NoPassphrase('what was given', 'it is not a reference');
}

function fromFile(from: Passphrase, path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    throw new NoPassphrase(from, error instanceof Error ? error.message : String(error));
  }
}

/** Ask without showing what is typed. */
function ask(question: string, { input, output }: Terminal): Promise<string> {
  if (input.isTTY !== true || output.isTTY !== true)
    return Promise.reject(new NoPassphrase('prompt', 'there is no terminal to ask at'));
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: nowhere, terminal: true });
  output.write(`${question}: `);
  return new Promise((resolve, reject) => {
    lines.on('close', () => {
      output.write('\n');
      reject(new NoPassphrase('prompt', 'none was given'));
    });
    lines.on('line', (line) => {
      resolve(line);
      lines.close();
    });
  });
}

/** Say that no passphrase was found where it was looked for. */
export class NoPassphrase extends Error {
  override readonly name = 'NoPassphrase';
  readonly next = 'halt';
  constructor(from: string, why: string) {
    super(
      `There is no passphrase in ${from}: ${why}. Put it into a file that only this user can read and write ` +
        '`passphrase: file:PATH`, or into the environment and write `passphrase: env:NAME`; `prompt` asks at a terminal.',
    );
  }
}
