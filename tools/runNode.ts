// Tools are started by their own script under this very Node, never by what happens to be on the path.

import { spawn } from 'node:child_process';

/** Report how a program ended; `code` is null when a signal ended it. */
export type Ended = { readonly code: number | null; readonly output: string };

/** Run a script under this Node, its output streamed through; resolves with the exit code and what it printed. */
export function runNode(script: string, ...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      process.stdout.write(chunk);
      output += chunk.toString();
    });
    child.on('error', reject).on('close', (code) => resolve({ code, output }));
  });
}
