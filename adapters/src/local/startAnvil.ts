// A real EVM chain on this machine, from npm, for the demo and the tests. It must never outlive us: a forgotten
// chain eats a core and a port.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer, Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { Seconds, Time } from '@trimtab/core';
import * as Rpc from '../chain/Rpc.ts';

/** Hold a running chain. `stop` resolves when its process is gone. */
export type Anvil = {
  readonly rpc: string;
  readonly chain: number;
  readonly pid: number;
  readonly stop: () => Promise<void>;
};

/** Say what chain to start. */
export type AnvilOptions = {
  readonly chain: number;
  /** Chain time of the first block; default now. */
  readonly at?: Time;
  /** `each`: a block for every transaction; `asked`: blocks only when asked for. Default `asked`. */
  readonly mining?: 'each' | 'asked';
  /** Let the chain outlive us for a while, so that a successor can adopt it. Default: it dies with us. */
  readonly heir?: Heir;
};

/** Name a file that holds the process id of the chain's keeper, and how long the chain lives after its keeper died. */
export type Heir = { readonly file: string; readonly grace: Seconds };

// The chain takes over the shell's process, so its id is the child's id. A subshell waits on a pipe that only we
// hold open: however we die, SIGKILL included, the pipe closes, the read returns and the chain is killed.
const LEASHED = '(read -r _ <&3; kill -9 $$) >/dev/null 2>&1 & exec "$@" 3<&-';

// Where a successor may come, the subshell watches the process that a file names instead, and is patient with it. It
// ends with the chain: later the chain's process id may be somebody else's.
const INHERITED =
  '(n=0; while [ $n -lt "$GRACE" ]; do sleep 1; kill -0 $$ || exit; ' +
  'if kill -0 "$(cat "$KEEPER")"; then n=0; else n=$((n+1)); fi; done; ' +
  'kill -9 $$) >/dev/null 2>&1 3<&- & exec "$@" 3<&-';

/** Longest that a chain may take to answer for the first time. {ms} */
const PATIENCE = 15_000;

/** Start a chain on a free port; it dies with this process, however this process dies, unless it has an heir. Throws AnvilFailed. */
export async function startAnvil(options: AnvilOptions): Promise<Anvil> {
  const port = await freePort();
  const { heir } = options;
  if (heir !== undefined) await writeFile(heir.file, String(process.pid));
  const leash = heir === undefined ? LEASHED : INHERITED;
  const child = spawn('/bin/sh', ['-c', leash, 'sh', binary(), ...flags(options, port)], {
    env: heir === undefined ? process.env : { ...process.env, GRACE: String(heir.grace), KEEPER: heir.file },
    // Its own session: Ctrl-C reaches us first, and we still need the chain to finish the step under way.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  // Neither the process nor its pipes may keep us alive: a caller that forgets to stop must still be able to end.
  child.unref();
  for (const pipe of child.stdio) if (pipe instanceof Socket) pipe.unref();
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-2_000);
  });
  child.once('exit', () => child.stdio[3]?.destroy());
  const rpc = `http://127.0.0.1:${port}`;
  await firstAnswer(Rpc.open(rpc, options.chain, 1_000), child, () => complaint);
  if (child.pid === undefined) throw new AnvilFailed('it has no process');
  return { rpc, chain: options.chain, pid: child.pid, stop: () => stop(child) };
}

function flags(options: AnvilOptions, port: number): string[] {
  const fixed = '--quiet --host 127.0.0.1 --hardfork cancun --prune-history 64 --order fifo --gas-limit 300000000';
  return [
    ...fixed.split(' '),
    '--port',
    String(port),
    '--chain-id',
    String(options.chain),
    ...(options.at === undefined ? [] : ['--timestamp', String(options.at)]),
    ...(options.mining === 'each' ? [] : ['--no-mining']),
  ];
}

function binary(): string {
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const name = `@foundry-rs/anvil-${process.platform}-${arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve('@foundry-rs/anvil/package.json');
    return createRequire(wrapper).resolve(`${name}/bin/anvil`);
  } catch {
    throw new AnvilFailed(`there is no ${name} among the installed packages`);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new AnvilFailed('no free port was given');
  return address.port;
}

async function firstAnswer(rpc: Rpc.Rpc, child: ChildProcess, complaint: () => string): Promise<void> {
  const patience = AbortSignal.timeout(PATIENCE);
  while (child.exitCode === null && child.signalCode === null && !patience.aborted) {
    const answered = await rpc.request('eth_chainId', []).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await setTimeout(5);
  }
  await stop(child);
  throw new AnvilFailed(complaint().trim() || `no answer within ${PATIENCE} ms`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.ref();
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** The local chain did not start. */
export class AnvilFailed extends Error {
  override readonly name = 'AnvilFailed';
  readonly next = 'halt';
  constructor(why: string) {
    super(`The local chain did not start: ${why}. Run \`npm ci\` with optional packages on and try again.`);
  }
}
