import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { ask, newestSocket, socketName } from './Control.ts';
import type { Request } from './Control.ts';
import { openEmbedded } from './openEmbedded.ts';
import * as Owner from './Owner.ts';
import type { Outcome } from './ownForever.ts';

const place = mkdtempSync(join(tmpdir(), 'trimtab-owner-'));
let folders = 0;
const freshFolder = () => join(place, `folder-${(folders += 1)}`);
const children: ChildProcess[] = [];
const silent = () => Promise.resolve();

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

/** Start a process that takes a folder and says whether it got it. */
function contend(folder: string): { readonly child: ChildProcess; readonly outcome: Promise<Outcome> } {
  const child = fork(join(import.meta.dirname, 'ownForever.ts'), [folder]);
  children.push(child);
  return { child, outcome: once(child, 'message').then(([outcome]: Outcome[]) => outcome!) };
}

test('a second process is told who has the folder, and gets it when that one is killed', async () => {
  const folder = freshFolder();
  const { child, outcome } = contend(folder);
  expect(await outcome).toBe('owner');
  const refused = openEmbedded(folder);
  await expect(refused).rejects.toMatchObject({ name: 'FolderOwned', next: 'halt', pid: child.pid });
  await expect(refused).rejects.toThrow(`kill ${child.pid}`);
  expect(existsSync(join(folder, 'pgdata'))).toBe(false);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const owner = await Owner.take(folder, silent);
  await owner.release();
});

test('a second opening in the same process is refused too', async () => {
  const folder = freshFolder();
  const owner = await Owner.take(folder, silent);
  await expect(Owner.take(folder, silent)).rejects.toMatchObject({ name: 'FolderOwned', pid: process.pid });
  await owner.release();
  await (await Owner.take(folder, silent)).release();
});

test('of many that come at once, after a dead owner or none, exactly one gets the folder', async () => {
  const folder = freshFolder();
  for (const round of [1, 2, 3]) {
    const contenders = Array.from({ length: 4 }, () => contend(folder));
    const outcomes = await Promise.all(contenders.map(({ outcome }) => outcome));
    expect({ round, outcomes: outcomes.toSorted() }).toEqual({
      round,
      outcomes: ['FolderOwned', 'FolderOwned', 'FolderOwned', 'owner'],
    });
    for (const { child } of contenders) {
      const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
      child.kill('SIGKILL');
      await ended;
    }
  }
});

test('many at once in one process, time and again: never two owners', async () => {
  const folder = freshFolder();
  for (let round = 0; round < 20; round += 1) {
    const taken = await Promise.allSettled(Array.from({ length: 8 }, () => Owner.take(folder, silent)));
    const owners = taken.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(owners).toHaveLength(1);
    for (const owner of owners) await owner.release();
  }
  // Only the last socket remains of them all.
  expect(readdirSync(folder)).toEqual([socketName(newestSocket(folder))]);
});

test('the owner answers what it is asked, and only what it understands', async () => {
  // A path far longer than a unix socket's may be.
  const folder = join(freshFolder(), 'long-'.repeat(40));
  mkdirSync(folder, { recursive: true });
  const asked: Request[] = [];
  const owner = await Owner.take(folder, (request) => {
    asked.push(request);
    return request.cmd === 'status' ? Promise.resolve({ mode: 'LIVE' }) : Promise.reject(new Error('not now'));
  });
  expect(statSync(join(folder, socketName(1))).mode & 0o777).toBe(0o600);
  expect(await ask(folder, { cmd: 'status' })).toEqual({ mode: 'LIVE' });
  const halt = { cmd: 'halt', by: 'me', why: 'lunch' } as const;
  await expect(ask(folder, halt)).rejects.toMatchObject({ name: 'OwnerRefused' });
  await expect(ask(folder, halt)).rejects.toThrow('not now');
  expect(asked).toEqual([{ cmd: 'status' }, halt, halt]);
  for (const nonsense of [{ cmd: 'explode' }, { cmd: 'halt' }, { cmd: 'resume', by: 1, why: '' }, [], 'status', null])
    await expect(ask(folder, nonsense as unknown as Request)).rejects.toMatchObject({ name: 'OwnerRefused' });
  expect(asked).toHaveLength(3);
  await owner.release();
  await expect(ask(folder, { cmd: 'status' })).rejects.toMatchObject({ name: 'NobodyOwns', next: 'skip' });
  await expect(ask(freshFolder(), { cmd: 'status' })).rejects.toMatchObject({ name: 'NobodyOwns' });
});

test('an owner is not brought down by a line without end', async () => {
  const folder = freshFolder();
  const owner = await Owner.take(folder, () => Promise.resolve('here'));
  const socket = connect(join(folder, socketName(1)));
  socket.on('error', () => {});
  const closed = new Promise((resolve) => socket.on('close', resolve));
  socket.write('x'.repeat(200_000));
  await closed;
  expect(await ask(folder, { cmd: 'status' })).toBe('here');
  await owner.release();
});
