// Everything that has to be right before a run, each with how to put it right. A fault in one place hides no other.

import { styleText } from 'node:util';
import type { Command } from 'commander';
import { Config } from '@trimtab/engine';
import { examineMachine } from '../doctor/examineMachine.ts';
import { fail, ok } from '../doctor/Finding.ts';
import type { Finding } from '../doctor/Finding.ts';
import * as Exit from '../Exit.ts';
import * as Fault from '../Fault.ts';
import type { Outcome } from '../Outcome.ts';
import { readConfig } from '../readConfig.ts';
import type { Read } from '../readConfig.ts';
import { configured, report } from '../report.ts';
import type { Configured } from '../report.ts';
import * as Table from '../Table.ts';

export function define(program: Command): void {
  configured(program.command('doctor'))
    .description('examine machine, configuration, key, chain and journal; say how to fix what is wrong')
    .action((flags: Configured) => report(flags, () => doctor(flags)));
}

/** Examine everything. Exits with 1 where anything fails. */
export async function doctor(flags: Configured): Promise<Outcome> {
  const findings = await examine(flags);
  const failed = findings.filter(({ state }) => state === 'fail').length;
  const warned = findings.filter(({ state }) => state === 'warn').length;
  const counts = `${findings.length - failed - warned} ok, ${warned} ${warned === 1 ? 'warning' : 'warnings'}, ${failed} failed`;
  return {
    exit: failed > 0 ? Exit.FAILED : Exit.DONE,
    text: [table(findings), '', counts].join('\n'),
    json: { command: 'doctor', findings, failed, warned },
  };
}

async function examine(flags: Configured): Promise<readonly Finding[]> {
  const read = await configuration(flags.config);
  if (!('config' in read)) return [...examineMachine('.'), read];
  const { config, source } = read;
  const valid = ok('config', `${source.file} is valid, mode ${config.mode}`);
  const folder = config.journal.kind === 'folder' ? config.journal.folder : '.';
  const { examineKey } = await import('../doctor/examineKey.ts');
  const { examineChain } = await import('../doctor/examineChain.ts');
  const { examineJournal } = await import('../doctor/examineJournal.ts');
  const key = examineKey(config);
  return [
    ...examineMachine(folder),
    valid,
    ...key.findings,
    ...(await examineChain(config, key.address)),
    ...(await examineJournal(config)),
  ];
}

async function configuration(path: string): Promise<Read | Finding> {
  try {
    return await readConfig(path);
  } catch (error) {
    const { what, fix } = Fault.tell(error);
    return fail(
      'config',
      what,
      fix ?? (error instanceof Config.ConfigError ? 'correct each of them' : 'see the message'),
    );
  }
}

function table(findings: readonly Finding[]): string {
  const stream = process.stdout;
  const marks = {
    ok: styleText('green', 'ok', { stream }),
    warn: styleText('yellow', 'warn', { stream }),
    fail: styleText('red', 'FAIL', { stream }),
  };
  const rows = findings.flatMap((finding): string[][] => [
    [marks[finding.state], finding.name, finding.what],
    ...(finding.state === 'ok' ? [] : [['', '', `→ ${finding.fix}`]]),
  ]);
  return Table.render(
    ['', 'what', 'finding'].map((title) => ({ title, lean: 'left' })),
    rows,
  );
}
