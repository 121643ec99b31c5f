// How things stand: whether the engine runs, in which mode, whether it is halted, and where every asset is.

import type { Command } from 'commander';
import type { Config } from '@trimtab/engine';
import * as Exit from '../Exit.ts';
import * as Figure from '../Figure.ts';
import type { Outcome } from '../Outcome.ts';
import { readConfig } from '../readConfig.ts';
import { configured, report } from '../report.ts';
import type { Configured } from '../report.ts';
import * as Story from '../Story.ts';

export function define(program: Command): void {
  configured(program.command('status'))
    .description('say whether the engine runs, whether it is halted, and where every asset stands')
    .action((flags: Configured) => report(flags, () => status(flags)));
}

/** Tell how things stand. Exits with 6 while halted. */
export async function status(flags: Configured): Promise<Outcome> {
  const { config } = await readConfig(flags.config);
  const { lookBack } = await import('../lookBack.ts');
  const { engine, stands, drift } = await lookBack(config, async (ask, found) => ({
    engine: found,
    stands: await ask('status'),
    drift: (await ask('drift'))?.latest ?? [],
  }));
  const runs =
    engine === undefined
      ? unknown(config)
      : `Running as process ${engine.pid} since ${Figure.moment(engine.since)}, page on ${engine.url}`;
  const halted = stands?.halted;
  const order =
    halted === undefined
      ? []
      : [`HALTED since ${Figure.moment(halted.at)} by ${halted.by}: ${halted.why}. Go on with \`trimtab resume\`.`];
  const state = stands === undefined ? ['Nothing was journalled yet.'] : [`${stands.mode}: ${stands.sentence}`];
  const table = drift.length === 0 ? [] : ['', Story.drifts(drift)];
  return {
    exit: halted === undefined ? Exit.DONE : Exit.HALTED,
    text: [runs, ...order, ...state, ...table].join('\n'),
    json: { command: 'status', running: engine ?? null, status: stands ?? null, drift },
  };
}

/** A journal on a server can be kept from any machine; only a folder tells that nobody does. */
function unknown({ journal }: Config.Config): string {
  return journal.kind === 'folder' ? 'Not running.' : 'The journal is on a server; the engine may run on any machine.';
}
