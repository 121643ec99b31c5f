// Talking to the owner of a data folder: newline-delimited JSON over the socket that is also its lock. One request
// to a line, one reply to a line.

import { mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Ask the owner for its state, or to halt or resume. */
export type Request =
  | { readonly cmd: 'status' }
  | { readonly cmd: 'halt' | 'resume'; readonly by: string; readonly why: string };

export type Reply = { readonly ok: true; readonly result: unknown } | { readonly ok: false; readonly error: string };

/** Do what was asked and say the result, which must have a JSON. What it throws becomes the reply's error. */
export type Answer = (request: Request) => Promise<unknown>;

/** Say whether a socket has an owner. Its process is unknown if it is too busy, or stopped, to say. */
export type Ownership = { readonly kind: 'alive'; readonly pid: number | undefined } | { readonly kind: 'dead' };

/** Longest wait for a reply or for the next request. {s} */
export const PATIENCE = 10;

/** Longest line that is read. {characters} */
const LONGEST = 65_536;

/** Name the socket of a generation of owners. */
export function socketName(number: number): string {
  return `owner-${number}.sock`;
}

/** Read the generation from a socket's name; undefined for other names. */
export function socketNumber(name: string): number | undefined {
  const digits = /^owner-([1-9]\d{0,14})\.sock$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Find the newest generation in a folder; 0 if there was none. */
export function newestSocket(folder: string): number {
  return readdirSync(folder).reduce((newest, name) => Math.max(newest, socketNumber(name) ?? 0), 0);
}

/** Ask the owner of a folder. Throws NobodyOwns if none is alive, and OwnerRefused with what it says, or if it is silent. */
export async function ask(folder: string, request: Request): Promise<unknown> {
  let newest = 0;
  try {
    newest = newestSocket(folder);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  const line = newest === 0 ? undefined : await exchange(folder, newest, request);
  if (line === undefined) throw new NobodyOwns(folder);
  const reply = parse(line);
  if (!isRecord(reply) || typeof reply['ok'] !== 'boolean')
    throw new OwnerRefused(folder, `it answered ${line.slice(0, 80) || 'nothing in time'}`);
  if (!reply['ok']) throw new OwnerRefused(folder, String(reply['error']));
  return reply['result'];
}

/** Find out whether the owner of this generation lives, and its process. */
export async function whoOwns(folder: string, number: number): Promise<Ownership> {
  const line = await exchange(folder, number, { cmd: 'owner' });
  if (line === undefined) return { kind: 'dead' };
  const reply = parse(line);
  const pid = isRecord(reply) && isRecord(reply['result']) ? reply['result']['pid'] : undefined;
  return { kind: 'alive', pid: typeof pid === 'number' ? pid : undefined };
}

/** Answer one line of a request. Never throws. */
export async function reply(line: string, answer: Answer): Promise<Reply> {
  const asked = parse(line);
  if (!isRecord(asked)) return refuse('a request is one JSON object on one line');
  const { cmd, by, why } = asked;
  if (cmd === 'owner') return { ok: true, result: { pid: process.pid } };
  if (cmd !== 'status' && cmd !== 'halt' && cmd !== 'resume')
    return refuse(`unknown cmd ${JSON.stringify(cmd)}: use status, halt or resume`);
  if (cmd !== 'status' && (typeof by !== 'string' || typeof why !== 'string'))
    return refuse(`${cmd} needs by and why, both text`);
  const request: Request = cmd === 'status' ? { cmd } : { cmd, by: String(by), why: String(why) };
  try {
    return { ok: true, result: (await answer(request)) ?? null };
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

/** Call back for each whole line. A peer that sends a line without end is cut off. */
export function onLines(socket: Socket, onLine: (line: string) => Promise<void> | void): void {
  let rest = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST) return void socket.destroy();
    for (const line of lines) void onLine(line);
  });
}

/**
 * Do something with a path to the folder that is short enough for a unix socket (about 100 bytes, whatever the file
 * system allows): a link in the temporary folder, gone again afterwards. The socket itself is made in the folder.
 */
export async function withShortPath<T>(folder: string, act: (short: string) => Promise<T>): Promise<T> {
  const place = mkdtempSync(join(tmpdir(), 'tt-'));
  try {
    symlinkSync(resolve(folder), join(place, 'f'));
    return await act(join(place, 'f'));
  } finally {
    rmSync(place, { recursive: true });
  }
}

/** Send one request and wait for one line: empty if none came in time, undefined if nobody listens. */
function exchange(
  folder: string,
  number: number,
  request: Request | { readonly cmd: 'owner' },
): Promise<string | undefined> {
  return withShortPath(
    folder,
    (short) =>
      new Promise((resolve, reject) => {
        const socket = connect(join(short, socketName(number)));
        const end = (line: string | undefined) => {
          socket.destroy();
          resolve(line);
        };
        socket.setTimeout(PATIENCE * 1_000, () => end(''));
        socket.on('close', () => end(''));
        socket.on('error', (error) => {
          const code = codeOf(error);
          if (code === 'ECONNREFUSED' || code === 'ENOENT') end(undefined);
          else if (code === 'EAGAIN' || code === 'ECONNRESET' || code === 'EPIPE') end('');
          else reject(error);
        });
        onLines(socket, end);
        socket.write(`${JSON.stringify(request)}\n`);
      }),
  );
}

function refuse(error: string): Reply {
  return { ok: false, error };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function codeOf(error: unknown): unknown {
  return isRecord(error) ? error['code'] : undefined;
}

/** Say that no live process owns a folder, so there is nobody to ask. */
export class NobodyOwns extends Error {
  override readonly name = 'NobodyOwns';
  readonly next = 'skip';
  constructor(folder: string) {
    super(
      `Nothing runs on ${folder}, so nobody can be asked. Start it with \`trimtab run\`, or check the folder's name.`,
    );
  }
}

/** Say that the owner did not do what was asked, and why. */
export class OwnerRefused extends Error {
  override readonly name = 'OwnerRefused';
  readonly next = 'skip';
  constructor(folder: string, why: string) {
    super(`The process that runs on ${folder} did not do it: ${why}. Try again, or look at what it prints.`);
  }
}
