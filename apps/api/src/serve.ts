// The read-only server. It can show everything and change nothing: there is no route that writes.

import type { Journal, Mode } from '@trimtab/engine';
import fastify from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type * as z from 'zod';
import { endpoints } from './contract.ts';
import type { Problem, Scoreboard } from './contract.ts';
import * as Feed from './Feed.ts';
import { openapi } from './openapi.ts';
import * as Page from './Page.ts';
import { protect, refuse } from './protect.ts';
import { recall, recallRun } from './recall.ts';
import { stream } from './stream.ts';

/** Say what to serve and where. */
export type Options = {
  readonly journal: Pick<Journal, 'read' | 'watch'>;
  readonly portfolio: string;
  /** Shown until the journal's first `Started` entry says the same. */
  readonly mode: Mode;
  /** 0 takes any free port. */
  readonly port: number;
  /** Address to listen on; 127.0.0.1 unless given. */
  readonly host?: string;
  /** Folder of the built page; without it only the API is served. */
  readonly page?: string;
  /** Live figures of a rehearsal; asked a few times a second. */
  readonly scoreboard?: () => Scoreboard | undefined;
};

export type Served = { readonly url: string; readonly close: () => Promise<void> };

/** Serve the API and the page. Rejects with PortInUse when another process listens there. */
export async function serve(options: Options): Promise<Served> {
  const host = options.host ?? '127.0.0.1';
  const page = options.page === undefined ? undefined : await Page.read(options.page);
  const feed = await Feed.open(options);
  const followers = stream(feed, options.scoreboard ?? (() => undefined));
  const server = fastify({ forceCloseConnections: true, routerOptions: { maxParamLength: 200 } });
  protect(server, host);
  answers(server, feed, options);
  server.get('/api/v1/events', followers.join);
  const document = openapi();
  server.get('/openapi.json', () => document);
  for (const [path, asset] of page ?? []) {
    server.get(path, (_request, reply) =>
      reply.headers({ 'cache-control': asset.cache }).type(asset.type).send(asset.body),
    );
  }
  failures(server);
  const close = async (): Promise<void> => {
    followers.close();
    feed.close();
    await server.close();
  };
  try {
    return { url: await server.listen({ port: options.port, host }), close };
  } catch (error) {
    await close();
    throw isTaken(error) ? new PortInUse(host, options.port) : error;
  }
}

function answers(server: FastifyInstance, feed: Feed.Feed, archive: Options): void {
  const { status, drift, decisions, decision, runs, run, healthz } = endpoints;
  answer(server, status, () => feed.state().status);
  answer(server, drift, () => {
    const { assets, drift: latest, history } = feed.state();
    return { assets, latest, history };
  });
  answer(server, decisions, ({ limit }) => ({ decisions: feed.state().decisions.slice(-limit) }));
  answer(server, decision, (_query, { seq = '' }) =>
    /^\d{1,15}$/.test(seq) ? recall(archive, Number(seq)) : undefined,
  );
  answer(server, runs, ({ limit }) => ({ runs: feed.state().runs.slice(-limit), costs: feed.state().costs }));
  answer(
    server,
    run,
    (_query, { id = '' }) => feed.state().runs.find((one) => one.id === id) ?? recallRun(archive, id),
  );
  answer(server, healthz, () => {
    const problem = feed.problem();
    const {
      id,
      status: { mode },
    } = feed.state();
    return { ok: problem === undefined, mode, id, ...(problem === undefined ? {} : { problem }) };
  });
}

type Endpoint<Query, Answer> = {
  readonly path: string;
  readonly query: z.ZodType<Query>;
  readonly answer: z.ZodType<Answer>;
};
type Params = { readonly [name: string]: string | undefined };

/** Answer an endpoint: its query is parsed, unknown keys and all, and an answer of undefined is a 404. */
function answer<Query, Answer>(
  server: FastifyInstance,
  endpoint: Endpoint<Query, Answer>,
  make: (query: Query, params: Params) => Answer | undefined | Promise<Answer | undefined>,
): void {
  server.get(endpoint.path, async (request: FastifyRequest, reply: FastifyReply) => {
    const query = endpoint.query.safeParse(request.query);
    if (!query.success) return refuse(reply, 400, badQuery(query.error));
    const found = await make(query.data, request.params as Params);
    return found === undefined ? refuse(reply, 404, notFound(request.url)) : found;
  });
}

function failures(server: FastifyInstance): void {
  server.setNotFoundHandler((request, reply) => refuse(reply, 404, notFound(request.url)));
  server.setErrorHandler((error, _request, reply) => {
    const why = error instanceof Error ? error.message : String(error);
    refuse(reply, 500, { what: 'The answer could not be made.', why, fix: 'See /healthz; the journal may be closed.' });
  });
}

function notFound(url: string): Problem {
  return { what: `There is nothing at ${url}.`, why: 'No such path, decision or run.', fix: 'See /openapi.json.' };
}

function badQuery(error: z.ZodError): Problem {
  const why = error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`.replace(/^: /, '')).join('; ');
  return { what: 'The query was not understood.', why, fix: 'See /openapi.json for the keys and values it takes.' };
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

/** Tell who asked for a taken port how to go on. */
export class PortInUse extends Error {
  override readonly name = 'PortInUse';
  readonly next = 'halt';
  readonly fix =
    'stop it, or choose another port: api.port in the configuration, --port for the demo (0 takes any free one)';
  constructor(host: string, port: number) {
    super(`Port ${port} on ${host} is in use: another trimtab, or another program, listens there.`);
  }
}
