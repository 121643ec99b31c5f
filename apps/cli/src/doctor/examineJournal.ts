// The journal: who owns its folder and whether it can be written, or whether its server answers; and the page's port.

import { accessSync, constants, existsSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import type { Config } from '@trimtab/engine';
import { running } from '../Control.ts';
import type { Running } from '../Control.ts';
import * as Fault from '../Fault.ts';
import { openJournal } from '../wire.ts';
import { fail, ok } from './Finding.ts';
import type { Finding } from './Finding.ts';

/** Examine the journal and the port; nothing is created or written, but a server's tables are brought up to date. */
export async function examineJournal(config: Config.Config): Promise<readonly Finding[]> {
  const { journal } = config;
  if (journal.kind === 'server') return [await server(config), await port(config, undefined)];
  try {
    const engine = await running(config);
    return [
      engine === undefined
        ? writable(journal.folder)
        : ok('journal', `${journal.folder} is open in process ${engine.pid}`),
      await port(config, engine),
    ];
  } catch (error) {
    return [fault('journal', error)];
  }
}

function writable(folder: string): Finding {
  let place = folder;
  while (!existsSync(place) && dirname(place) !== place) place = dirname(place);
  try {
    accessSync(place, constants.W_OK);
  } catch {
    return fail('journal', `${place} cannot be written`, `let this user write it, or correct journal.folder`);
  }
  return ok(
    'journal',
    place === folder ? `${folder} is there, and no process has it open` : `${folder} will be made at the first start`,
  );
}

async function server(config: Config.Config): Promise<Finding> {
  try {
    await (await openJournal(config)).close();
    return ok('journal', 'the database answers and keeps what it acknowledges');
  } catch (error) {
    return fault('journal', error);
  }
}

async function port({ api }: Config.Config, engine: Running | undefined): Promise<Finding> {
  if (engine !== undefined) return ok('port', `the page is on ${engine.url}`);
  const listener = createServer();
  try {
    listener.listen(api.port, '127.0.0.1');
    await once(listener, 'listening');
    listener.close();
    return ok('port', api.port === 0 ? 'any free port' : `${api.port} is free`);
  } catch {
    return fail('port', `${api.port} is taken by another program`, 'choose another api.port (0 takes any free one)');
  }
}

function fault(name: string, error: unknown): Finding {
  const { what, fix } = Fault.tell(error);
  return fail(name, what, fix ?? 'see the message');
}
