// The command line as a script meets it: a process with arguments, pipes instead of a terminal, and an exit code.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** Where the command line starts. */
export const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** Hold how a process ended and what it wrote. */
export type Ended = { readonly exit: number | null; readonly out: string; readonly err: string };

/** Say where and how to run; standard input is empty unless given. */
export type Setting = { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv; readonly input?: string };

/** Run trimtab to its end. */
export async function trimtab(args: readonly string[], setting: Setting = {}): Promise<Ended> {
  const { cwd, env, input = '' } = setting;
  const child = spawn(process.execPath, [MAIN, ...args], { cwd, env: { ...process.env, NO_COLOR: '1', ...env } });
  child.stdin.on('error', () => undefined).end(input);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, err, exit] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { exit, out, err };
}

/** Read standard output as exactly one JSON object on one line; throws where it is anything else. */
export function object({ out }: Ended): { readonly [key: string]: unknown } {
  const lines = out.split('\n');
  if (lines.length !== 2 || lines[1] !== '') throw new Error(`expected one line, got ${JSON.stringify(out)}`);
  return JSON.parse(lines[0] ?? '') as { readonly [key: string]: unknown };
}

/** Make a folder that is gone when the work is done. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'trimtab-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const ADDRESS = `0x${'ab'.repeat(20)}`;

/** Give the flags that `init` needs. */
export const INIT: readonly string[] = [
  'init --yes --chain-id 31337 --rpc http://127.0.0.1:1 --target WETH=60% --target USDC=40%',
  `--native ${ADDRESS} --vault ${ADDRESS} --filler ${ADDRESS} --pool ${ADDRESS}`,
].flatMap((flags) => flags.split(' '));
