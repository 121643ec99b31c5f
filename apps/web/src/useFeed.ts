// The live connection. A page that shows old facts as if they were new is worse than none: a connection that is lost,
// or that has fallen silent, is known within seconds, said, and tried again.

import { useEffect, useReducer } from 'react';
import { applyChange, Change, Scoreboard, State } from '@trimtab/api/contract';

/** {ms}: the server shows life every five seconds; this much silence means that it is gone. */
const SILENCE = 12_000;
const AGAIN = 2_000;

export type Feed = {
  readonly state?: State;
  readonly board?: Scoreboard;
  readonly connection: Connection;
  /** {s} that the server’s clock is ahead of this one. */
  readonly skew: number;
};

export type Connection =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open' }
  /** {s} on this machine’s clock. */
  | { readonly kind: 'lost'; readonly at: number }
  /** The server speaks another version of the contract than this page was built for. */
  | { readonly kind: 'strange' };

type News =
  | { readonly kind: 'state'; readonly state: State }
  | { readonly kind: 'change'; readonly change: Change }
  | { readonly kind: 'scoreboard'; readonly board: Scoreboard }
  | { readonly kind: 'pulse'; readonly skew: number }
  | { readonly kind: 'lost'; readonly at: number }
  | { readonly kind: 'strange' };

/** Follow the server’s events for as long as the page is shown. */
export function useFeed(url: string): Feed {
  const [feed, tell] = useReducer(next, { connection: { kind: 'connecting' }, skew: 0 });
  useEffect(() => follow(url, tell), [url]);
  return feed;
}

function next(feed: Feed, news: News): Feed {
  const connection: Connection = { kind: 'open' };
  switch (news.kind) {
    case 'state':
      return { ...feed, connection, state: news.state };
    case 'change':
      return feed.state === undefined ? feed : { ...feed, connection, state: applyChange(feed.state, news.change) };
    case 'scoreboard':
      return { ...feed, connection, board: news.board };
    case 'pulse':
      return { ...feed, connection: feed.state === undefined ? feed.connection : connection, skew: news.skew };
    case 'strange':
      return { ...feed, connection: { kind: 'strange' } };
    case 'lost':
      return feed.connection.kind === 'lost' ? feed : { ...feed, connection: { kind: 'lost', at: news.at } };
  }
}

function follow(url: string, tell: (news: News) => void): () => void {
  let source = new EventSource(url);
  let silence = 0;
  const lost = (): void => tell({ kind: 'lost', at: Date.now() / 1000 });
  const again = (): void => {
    lost();
    source.close();
    silence = window.setTimeout(start, AGAIN);
  };
  const alive = (): void => {
    window.clearTimeout(silence);
    silence = window.setTimeout(again, SILENCE);
  };
  const on = (name: string, read: (data: unknown) => News): void => {
    source.addEventListener(name, (event: MessageEvent<string>) => {
      alive();
      tell(understood(event.data, read));
    });
  };
  const start = (): void => {
    if (source.readyState === EventSource.CLOSED) source = new EventSource(url);
    on('state', (data) => ({ kind: 'state', state: State.parse(data) }));
    on('change', (data) => ({ kind: 'change', change: Change.parse(data) }));
    on('scoreboard', (data) => ({ kind: 'scoreboard', board: Scoreboard.parse(data) }));
    on('pulse', (data) => ({ kind: 'pulse', skew: skewOf(data) }));
    source.addEventListener('error', () => (source.readyState === EventSource.CLOSED ? again() : lost()));
    alive();
  };
  start();
  return () => {
    window.clearTimeout(silence);
    source.close();
  };
}

function understood(data: string, read: (data: unknown) => News): News {
  try {
    return read(JSON.parse(data));
  } catch {
    return { kind: 'strange' };
  }
}

function skewOf(data: unknown): number {
  const now = typeof data === 'object' && data !== null && 'now' in data ? Number(data.now) : Number.NaN;
  return Number.isFinite(now) ? now - Date.now() / 1000 : 0;
}
