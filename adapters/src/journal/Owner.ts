// One process owns a data folder, or rows are lost: PGlite itself locks nothing. The lock is a unix socket in the
// folder, because the system closes it with the process: whoever can connect has found a live owner, and a socket
// that refuses is what a dead one left behind. The same socket is how the owner is spoken to.
//
// Sockets are numbered. A newcomer that finds the newest one dead links its own, already listening, under the next
// number; linking never replaces a file, so of two newcomers one wins. The newest socket is never removed, not even
// by its owner, so a newcomer that was slow cannot link a number from the past without seeing that it lost.

import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { join } from 'node:path';
import * as Control from './Control.ts';

/** Hold a folder. Nothing else may open it before `release`, or before this process ends, however it ends. */
export type Owner = { readonly release: () => Promise<void> };

/**
 * Take a folder, creating it if need be, and answer requests to its owner. Throws FolderOwned if another process, or
 * another part of this one, has it.
 */
export async function take(folder: string, answer: Control.Answer): Promise<Owner> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const guests = new Set<Socket>();
  const server = createServer((socket) => {
    guests.add(socket.on('close', () => guests.delete(socket)));
    serve(socket, answer);
  }).unref();
  const newcomer = `owner-${process.pid}-${randomBytes(4).toString('hex')}.new`;
  try {
    await Control.withShortPath(folder, (short) => listen(server, join(short, newcomer)));
    chmodSync(join(folder, newcomer), 0o600);
    await claim(folder, newcomer);
  } catch (error) {
    await close(server);
    throw error;
  } finally {
    rmSync(join(folder, newcomer), { force: true });
  }
  const release = () => {
    for (const guest of guests) guest.destroy();
    return close(server);
  };
  return { release };
}

async function claim(folder: string, newcomer: string): Promise<void> {
  for (;;) {
    const newest = Control.newestSocket(folder);
    if (newest > 0) {
      const owner = await Control.whoOwns(folder, newest);
      if (owner.kind === 'alive') throw new FolderOwned(folder, owner.pid);
    }
    const mine = newest + 1;
    if (!link(folder, newcomer, mine)) continue;
    if (Control.newestSocket(folder) === mine) return removeOlder(folder, mine);
    rmSync(join(folder, Control.socketName(mine)));
  }
}

function link(folder: string, newcomer: string, number: number): boolean {
  try {
    linkSync(join(folder, newcomer), join(folder, Control.socketName(number)));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function removeOlder(folder: string, mine: number): void {
  for (const name of readdirSync(folder)) {
    const number = Control.socketNumber(name);
    if (number !== undefined && number < mine) rmSync(join(folder, name), { force: true });
  }
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

/** Answer every line that comes in, as long as they keep coming and make sense. */
function serve(socket: Socket, answer: Control.Answer): void {
  socket.unref();
  socket.on('error', () => socket.destroy());
  socket.setTimeout(Control.PATIENCE * 1_000, () => socket.destroy());
  Control.onLines(socket, async (line) => {
    const reply = await Control.reply(line, answer);
    if (socket.writable) socket.write(`${JSON.stringify(reply)}\n`);
  });
}

/** Say that a folder belongs to a process that is alive. */
export class FolderOwned extends Error {
  override readonly name = 'FolderOwned';
  readonly next = 'halt';
  readonly pid: number | undefined;
  constructor(folder: string, pid: number | undefined) {
    const who = pid === undefined ? 'a process that does not answer (busy or stopped)' : `process ${pid}`;
    super(
      `${folder} is open in ${who}, and only one process may have it open: a second would destroy its records. ` +
        `Talk to the one that runs (\`trimtab status\`), stop it${pid === undefined ? '' : ` (kill ${pid})`}, or name another folder.`,
    );
    this.pid = pid;
  }
}
