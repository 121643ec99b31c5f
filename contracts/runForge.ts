// Forge is an npm package with one native binary per platform. Its own launcher looks at the environment to guess
// which tool it is; starting the binary directly is both faster and certain.

import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

/** The workspace's root: forge resolves imports only below the folder it is started in. */
export const root = join(import.meta.dirname, '..');

/** What is reported of a run that was ended because it took too long. */
export const TIMED_OUT = 124;

const architectures: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/**
 * Run forge with these arguments and this repository's configuration, or another; `show` passes its output on. Without a
 * `profile` the environment's counts.
 * @returns its exit code, or that of timeout(1) if it took too long, and everything it wrote
 * @throws ForgeMissing if npm has not installed a binary for this platform
 */
export async function runForge(
  args: readonly string[],
  output: 'show' | 'keep' = 'show',
  {
    config = join(import.meta.dirname, 'foundry.toml'),
    profile,
    timeout,
  }: { config?: string; profile?: string; timeout?: number } = {},
): Promise<{ readonly code: number; readonly output: string }> {
  const child = spawn(binary(), [...args], {
    cwd: root,
    env: {
      ...process.env,
      FOUNDRY_CONFIG: config,
      ...(profile === undefined ? {} : { FOUNDRY_PROFILE: profile }),
      // The compiler is a script: it must find this very Node.
      PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`,
    },
    stdio: ['ignore', 'pipe', output === 'show' ? 'inherit' : 'pipe'],
    ...(timeout === undefined ? {} : { timeout }),
  });
  const chunks: string[] = [];
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    chunks.push(chunk);
    if (output === 'show') process.stdout.write(chunk);
  });
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject).once('close', (status) => resolve(status ?? TIMED_OUT));
  });
  return { code, output: chunks.join('') };
}

function binary(): string {
  const name = `@foundry-rs/forge-${process.platform}-${architectures[process.arch] ?? process.arch}`;
  const file = process.platform === 'win32' ? 'forge.exe' : 'forge';
  try {
    return createRequire(import.meta.url).resolve(`${name}/bin/${file}`);
  } catch (cause) {
    throw new ForgeMissing(name, { cause });
  }
}

export class ForgeMissing extends Error {
  constructor(name: string, options: ErrorOptions) {
    super(`Forge cannot run: the npm package ${name} is not installed. Run npm ci with optional packages on.`, options);
    this.name = 'ForgeMissing';
  }
}
