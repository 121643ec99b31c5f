// Server-sent events: the whole state first, then what changes. A follower who comes back says what it last knew and
// gets only what it missed. One that cannot keep up is let go and comes back: it must not hold up the others.

import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Scoreboard } from './contract.ts';
import type { Feed } from './Feed.ts';
import { headers, refuse } from './protect.ts';

/** Followers at once. */
const MOST = 32;
/** {ms} between signs of life, and between looks at the scoreboard. */
const PULSE = 5_000;
const GLANCE = 250;
/** {byte} that may wait for a follower before it is let go. */
const BACKLOG = 8 * 1024 * 1024;

/** Hold everyone who follows, so that they can be told when the server ends. */
export type Stream = {
  readonly join: (request: FastifyRequest, reply: FastifyReply) => void;
  readonly close: () => void;
};

/** Stream a feed, and a rehearsal's scoreboard where there is one. */
export function stream(feed: Feed, scoreboard: () => Scoreboard | undefined): Stream {
  const open = new Set<ServerResponse>();
  const glance = teller(scoreboard);
  const all = (block: string): void => {
    for (const response of open) write(response, block);
  };
  const unfollow = feed.follow((change) => all(event('change', change, change.id)));
  const pulse = setInterval(() => all(`: alive\n${event('pulse', { now: now() })}`), PULSE).unref();
  const glances = setInterval(() => all(glance.news()), GLANCE).unref();

  const join = (request: FastifyRequest, reply: FastifyReply): void => {
    if (open.size >= MOST) {
      refuse(reply, 503, tooMany());
      return;
    }
    reply.hijack();
    const response = reply.raw;
    response.writeHead(200, { ...headers, 'content-type': 'text/event-stream; charset=utf-8' });
    const id = request.headers['last-event-id'];
    write(response, `retry: 1000\n${event('pulse', { now: now() })}`);
    write(response, missed(feed, typeof id === 'string' ? id : undefined) + glance.known());
    open.add(response);
    response.on('close', () => open.delete(response));
  };
  const close = (): void => {
    unfollow();
    clearInterval(pulse);
    clearInterval(glances);
    for (const response of open) response.end();
  };
  return { join, close };
}

function missed(feed: Feed, id: string | undefined): string {
  const news = feed.since(id);
  if (news.kind === 'state') return event('state', news.state, news.state.id);
  return news.changes.map((change) => event('change', change, change.id)).join('');
}

/** Remember the scoreboard as last told, and tell it again only when it differs. */
function teller(scoreboard: () => Scoreboard | undefined): { known: () => string; news: () => string } {
  let told = '';
  const known = (): string => {
    const board = scoreboard();
    return board === undefined ? '' : event('scoreboard', board);
  };
  const news = (): string => {
    const block = known();
    if (block === told) return '';
    told = block;
    return block;
  };
  return { known, news };
}

function event(name: string, data: object, id?: string): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

function write(response: ServerResponse, block: string): void {
  if (block === '') return;
  if (response.writableLength > BACKLOG) response.destroy();
  else response.write(block);
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}

function tooMany(): { what: string; why: string; fix: string } {
  return {
    what: `${MOST} pages follow already.`,
    why: 'Each open page holds a connection.',
    fix: 'Close one that is not needed.',
  };
}
