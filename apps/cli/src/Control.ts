// What may be asked of a running engine through its folder, and what it answers. The page cannot ask any of this:
// whoever may open the folder's socket may already do as they please with the folder.

import type { Event, Query } from '@trimtab/engine';

export type Request =
  | { readonly cmd: 'status' }
  | { readonly cmd: 'halt' | 'resume'; readonly by: string; readonly why: string }
  | { readonly cmd: 'read'; readonly query: Query };

/** Describe a running engine. */
export type Running = { readonly pid: number; readonly since: number; readonly url: string };

/** Take a request apart; undefined if it is none. */
export function parse(raw: unknown): Request | undefined {
  if (typeof raw !== 'object' || raw === null || !('cmd' in raw)) return undefined;
  const { cmd, by, why, query } = raw as { readonly [key: string]: unknown };
  if (cmd === 'status') return { cmd };
  if ((cmd === 'halt' || cmd === 'resume') && typeof by === 'string' && typeof why === 'string')
    return { cmd, by, why };
  return cmd === 'read' && typeof query === 'object' && query !== null ? { cmd, query: bounded(query) } : undefined;
}

function bounded(raw: object): Query {
  const { portfolio, after, run, kinds, limit, newest } = raw as { readonly [key: string]: unknown };
  return {
    ...(typeof portfolio === 'string' ? { portfolio } : {}),
    ...(typeof after === 'number' ? { after } : {}),
    ...(typeof run === 'string' ? { run } : {}),
    ...(Array.isArray(kinds) ? { kinds: kinds as readonly Event['kind'][] } : {}),
    limit: typeof limit === 'number' ? Math.min(10_000, Math.max(1, Math.floor(limit))) : 1_000,
    ...(newest === 'newest' ? { newest } : {}),
  };
}
