import { createServer, get, request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import * as Contract from './contract.ts';
import { PORTFOLIO, sampleEntries, sampleJournal } from './sample/index.ts';
import type { SampleJournal } from './sample/sampleJournal.ts';
import { PortInUse, serve } from './serve.ts';
import type { Options, Served } from './serve.ts';

const entries = sampleEntries({ cycles: 400 });
const open: Served[] = [];
afterEach(async () => {
  for (const served of open.splice(0)) await served.close();
});

describe('every answer', () => {
  test('has the shape that the contract promises', async () => {
    const { url } = await up(sampleJournal(entries));
    const { decisions } = Contract.endpoints.decisions.answer.parse(await json(`${url}/api/v1/decisions?limit=200`));
    const { runs } = Contract.endpoints.runs.answer.parse(await json(`${url}/api/v1/runs`));
    expect(runs.length).toBeGreaterThan(1);
    expect(new Set(decisions.map((row) => row.kind))).toEqual(new Set(['hold', 'act', 'refuse']));
    for (const row of decisions) Contract.Decision.parse(await json(`${url}/api/v1/decisions/${row.seq}`));
    for (const run of runs) expect(Contract.Run.parse(await json(`${url}/api/v1/runs/${run.id}`))).toEqual(run);
    for (const { path, answer } of Object.values(Contract.endpoints)) {
      if (!path.includes(':')) answer.parse(await json(url + path));
    }
  });

  test('about an old decision tells it as it was told when it was new, with its neighbours', async () => {
    const acted = entries.findIndex((entry) => entry.event.kind === 'Decided' && entry.event.run !== undefined);
    const { url } = await up(sampleJournal(entries));
    const old = Contract.Decision.parse(await json(`${url}/api/v1/decisions/${acted + 1}`));
    expect(old.run?.state).toBe('done');
    expect(old.planned?.steps.map((step) => step.kind)).toEqual(['authorise', 'swap', 'swap', 'swap']);
    expect(old.guard.limits).toHaveLength(5);
    const [before, after] = [old.earlier, old.later].map(
      (seq) => entries.find((entry) => entry.seq === seq)?.event.kind,
    );
    expect([before, after]).toEqual(['Decided', 'Decided']);
    expect((await answer(`${url}/api/v1/decisions/${acted}`)).status).toBe(404);
  });

  test('is described by the OpenAPI document, whose references all lead somewhere', async () => {
    const { url } = await up(sampleJournal(entries));
    const document = (await json(`${url}/openapi.json`)) as { openapi: string; paths: object; components: Components };
    expect(document.openapi).toBe('3.1.0');
    const paths = Object.values(Contract.endpoints).map(({ path }) => path.replace(/:(\w+)/, '{$1}'));
    expect(Object.keys(document.paths)).toEqual([...paths, '/api/v1/events']);
    const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]*)"/g)].map(
      ([, name]) => name,
    );
    const known = Object.keys(document.components.schemas);
    expect(references.filter((name) => !known.includes(name ?? ''))).toEqual([]);
  });
});

describe('refuses', () => {
  test('a foreign name, a foreign page, an unknown key, a value out of bounds and any writing', async () => {
    const { url } = await up(sampleJournal(entries));
    const status = `${url}/api/v1/status`;
    expect((await answer(status, { host: 'evil.example' })).status).toBe(403);
    expect((await answer(status, { host: '127.0.0.1.evil.example:4747' })).status).toBe(403);
    expect((await answer(status, { origin: 'http://evil.example' })).status).toBe(403);
    expect((await answer(status, { origin: 'null' })).status).toBe(403);
    expect((await answer(status, { origin: url })).status).toBe(200);
    expect((await answer(`${status}?all=1`)).status).toBe(400);
    expect((await answer(`${url}/api/v1/decisions?limit=0`)).status).toBe(400);
    expect((await answer(`${url}/api/v1/decisions?limit=201`)).status).toBe(400);
    expect((await answer(`${url}/api/v1/decisions/-1`)).status).toBe(404);
    expect((await answer(`${url}/api/v1/runs/nothing`)).status).toBe(404);
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
      expect((await answer(status, {}, method)).status).toBe(404);
    for (const { body } of [await answer(`${status}?all=1`)]) expect(Contract.Problem.parse(body).why).toContain('all');
  });

  test('other pages’ scripts: there is a content policy and no CORS', async () => {
    const { url } = await up(sampleJournal(entries));
    const { headers } = await answer(`${url}/api/v1/status`, { origin: url });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  test('a flood', async () => {
    const { url } = await up(sampleJournal([]));
    const { port } = new URL(url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(`GET /api/v1/status HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n\r\n`.repeat(5_000));
    let refused = false;
    for await (const part of socket as AsyncIterable<Buffer>) {
      refused = part.includes('HTTP/1.1 429');
      if (refused) break;
    }
    expect(refused).toBe(true);
  });

  test('a port that is taken, saying what to do', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    await expect(serve(options(sampleJournal([]), { port }))).rejects.toThrow(PortInUse);
    await expect(serve(options(sampleJournal([]), { port }))).rejects.toMatchObject({
      fix: expect.stringContaining('api.port'),
    });
    other.close();
  });
});

describe('the stream', () => {
  test('tells everything, then what is new, and goes on from where it broke', async () => {
    const journal = sampleJournal(entries.slice(0, 100));
    const { url } = await up(journal);
    const first = await follow(`${url}/api/v1/events`);
    const whole = Contract.State.parse((await first.until('state')).data);
    journal.arrive(entries.slice(100, 200));
    const change = Contract.Change.parse((await first.until('change')).data);
    first.stop();
    journal.arrive(entries.slice(200));
    const after = await follow(`${url}/api/v1/events`, change.id);
    const missed = Contract.Change.parse((await after.until('change')).data);
    const fresh = await follow(`${url}/api/v1/events`);
    const now = Contract.State.parse((await fresh.until('state')).data);
    expect(Contract.applyChange(Contract.applyChange(whole, change), missed)).toEqual(now);
  });

  test('tells everything to one who comes back from another history', async () => {
    const { url } = await up(sampleJournal(entries));
    const other = await follow(`${url}/api/v1/events`, '100-0123456789abcdef');
    expect(Contract.State.parse((await other.until('state')).data).decisions.length).toBeGreaterThan(1);
  });

  test('tells a rehearsal’s figures when they change', async () => {
    let valueVsHold = 0;
    const scoreboard = (): Contract.Scoreboard => ({ valueVsHold, progress: { done: 1, total: 2, label: 'day 1' } });
    const { url } = await up(sampleJournal(entries), { scoreboard });
    const stream = await follow(`${url}/api/v1/events`);
    expect((await stream.until('scoreboard')).data).toMatchObject({ valueVsHold: 0 });
    valueVsHold = 0.01;
    for (;;) {
      const board = Contract.Scoreboard.parse((await stream.until('scoreboard')).data);
      if (board.valueVsHold === 0.01) break;
    }
  });
});

describe('the page', () => {
  test('is served as it was built, and nothing else of the disk', async () => {
    const page = await mkdtemp(join(tmpdir(), 'trimtab-page-'));
    await writeFile(join(page, 'index.html'), '<!doctype html><title>Trimtab</title>');
    const { url } = await up(sampleJournal([]), { page });
    const index = await answer(url);
    expect(index.headers['content-type']).toBe('text/html; charset=utf-8');
    expect((await answer(`${url}/../../etc/passwd`)).status).toBe(404);
    expect((await answer(`${url}/%2e%2e/%2e%2e/etc/passwd`)).status).toBe(404);
    await rm(page, { recursive: true });
  });
});

type Components = { readonly schemas: object };
type Answer = { readonly status: number; readonly headers: IncomingMessage['headers']; readonly body: unknown };

async function up(journal: SampleJournal, more: Partial<Options> = {}): Promise<Served> {
  const served = await serve(options(journal, more));
  open.push(served);
  return served;
}

function options(journal: SampleJournal, more: Partial<Options>): Options {
  return { journal, portfolio: PORTFOLIO, mode: 'SIMULATION', port: 0, ...more };
}

async function json(url: string): Promise<unknown> {
  const { status, body } = await answer(url);
  expect(status, url).toBe(200);
  return body;
}

/** Ask as no browser would let a page ask: with any Host and Origin. */
function answer(url: string, headers: { [name: string]: string } = {}, method = 'GET'): Promise<Answer> {
  const { port } = new URL(url);
  const path = url.slice(url.indexOf(port) + port.length) || '/';
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let text = '';
      response.on('data', (part: Buffer) => (text += part.toString()));
      response.on('end', () => {
        const isJson = response.headers['content-type']?.startsWith('application/json') === true;
        const body: unknown = isJson ? JSON.parse(text) : text;
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
      });
    });
    asked.on('error', reject);
    asked.end();
  });
}

type Told = { readonly name: string; readonly data: unknown };

/** Follow a stream and wait for the next event of a name. */
async function follow(url: string, id?: string): Promise<{ until: (name: string) => Promise<Told>; stop: () => void }> {
  const headers = id === undefined ? {} : { 'last-event-id': id };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { headers }, resolve).on('error', reject);
  });
  response.on('error', () => undefined);
  const events = told(response);
  const until = async (name: string): Promise<Told> => {
    for (;;) {
      const next = await events.next();
      if (next.done === true) throw new Error(`the stream ended before any ${name}`);
      if (next.value.name === name) return next.value;
    }
  };
  return { until, stop: () => response.destroy() };
}

async function* told(response: IncomingMessage): AsyncGenerator<Told, void> {
  let text = '';
  for await (const part of response as AsyncIterable<Buffer>) {
    text += part.toString();
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const name = /^event: (.*)$/m.exec(block)?.[1];
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (name !== undefined && data !== undefined) yield { name, data: JSON.parse(data) };
    }
  }
}
