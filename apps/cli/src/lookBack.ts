// Everything about the past is read through the one read-only API: the running engine's where there is one, else one
// that is opened over the journal for as long as the question takes. So page and command line cannot disagree.

import { existsSync } from 'node:fs';
import { endpoints, serve } from '@trimtab/api';
import type { Config } from '@trimtab/engine';
import { running } from './Control.ts';
import type { Running } from './Control.ts';
import { openJournal, portfolioOf } from './wire.ts';

type Endpoints = typeof endpoints;
type Answer<Name extends keyof Endpoints> = ReturnType<Endpoints[Name]['answer']['parse']>;

/** Ask the API; undefined where it knows nothing by that name. Throws ApiFailed. */
export type Ask = <Name extends keyof Endpoints>(
  name: Name,
  which?: string | number,
) => Promise<Answer<Name> | undefined>;

/** Ask about the past. Where nothing was ever journalled every answer is undefined. */
export async function lookBack<T>(
  config: Config.Config,
  work: (ask: Ask, engine: Running | undefined) => Promise<T>,
): Promise<T> {
  const engine = await running(config);
  if (engine !== undefined) return work((name, which) => get(engine.url, name, which), engine);
  if (config.journal.kind === 'folder' && !existsSync(config.journal.folder))
    return work(() => Promise.resolve(undefined), undefined);
  const journal = await openJournal(config);
  try {
    const { url, close } = await serve({ journal, portfolio: portfolioOf(config), mode: 'DRY RUN', port: 0 });
    try {
      return await work((name, which) => get(url, name, which), undefined);
    } finally {
      await close();
    }
  } finally {
    await journal.close();
  }
}

async function get<Name extends keyof Endpoints>(
  url: string,
  name: Name,
  which: string | number = '',
): Promise<Answer<Name> | undefined> {
  const { path, answer } = endpoints[name];
  const address = new URL(path.replace(/:\w+$/, encodeURIComponent(which)), url);
  let response: Response;
  try {
    response = await fetch(address, { signal: AbortSignal.timeout(10_000) });
  } catch (error) {
    throw new ApiFailed(address.href, error instanceof Error ? error.message : String(error));
  }
  if (response.status === 404) return undefined;
  if (!response.ok) throw new ApiFailed(address.href, `it answered ${response.status}`);
  return answer.parse(await response.json()) as Answer<Name>;
}

/** Say that the API of the running engine gave no usable answer. */
export class ApiFailed extends Error {
  override readonly name = 'ApiFailed';
  readonly next = 'retry';
  readonly fix = 'see what the engine prints; `trimtab status` says which process it is';
  constructor(address: string, why: string) {
    super(`${address} gave no usable answer: ${why}.`);
  }
}
