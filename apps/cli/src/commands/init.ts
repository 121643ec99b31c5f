// A configuration to start from: asked for at a terminal, taken from flags anywhere else. It is parsed before it is
// written, so what `init` writes `check` accepts.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Command } from 'commander';
import type { Config } from '@trimtab/engine';
import { ask } from '../ask.ts';
import type { Asked } from '../ask.ts';
import { configText } from '../configText.ts';
import type { Answers } from '../configText.ts';
import * as Exit from '../Exit.ts';
import type { Outcome } from '../Outcome.ts';
import { parseConfig } from '../readConfig.ts';
import { configured, report } from '../report.ts';
import type { Configured } from '../report.ts';
import { UsageError } from '../UsageError.ts';

type Flags = Configured &
  Partial<Asked> & {
    readonly confirmations: string;
    readonly tip: string;
    readonly maxFee: string;
    readonly mode: string;
    readonly keystore?: string;
    readonly passphrase: string;
    readonly createKeystore?: true;
    readonly journal: string;
    readonly every: string;
    readonly port: string;
    readonly yes?: true;
    readonly force?: true;
  };

/** What must be given, and the flag that gives it. */
const NEEDED: { readonly [key in keyof Omit<Asked, 'absolute' | 'relative' | 'calendar'>]: string } = {
  chainId: '--chain-id ID',
  rpc: '--rpc URL',
  native: '--native ADDRESS',
  vault: '--vault ADDRESS',
  filler: '--filler ADDRESS',
  pool: '--pool ADDRESS',
  target: '--target SYMBOL=SHARE (once for each asset)',
};

export function define(program: Command): void {
  const gather = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
  configured(program.command('init'))
    .description('write a commented configuration; asks at a terminal, takes flags anywhere')
    .option('--chain-id <id>', 'chain of the vault')
    .option('--rpc <url>', 'node: a URL, env:NAME or file:PATH')
    .option('--native <address>', 'wrapped native coin')
    .option('--confirmations <blocks>', 'blocks that must hold a transaction before it counts', '2')
    .option('--tip <price>', 'added to the base fee of gas', '1 gwei')
    .option('--max-fee <price>', 'most that is ever bid for gas', '500 gwei')
    .option('--vault <address>', 'vault to keep on target')
    .option('--filler <address>', 'router that fills its trades')
    .option('--pool <address>', 'Uniswap v3 pool it may trade in (repeat)', gather)
    .option('--target <symbol=share>', 'target weight, such as WETH=60% (repeat)', gather)
    .option('--absolute <width>', 'band in points of the portfolio, such as 5pp')
    .option('--relative <width>', 'band as a share of the target, such as 25%')
    .option('--calendar <period>', 'rebalance once in every period as well, such as 7d')
    .option('--mode <mode>', 'dry-run or live', 'dry-run')
    .option('--keystore <file>', 'encrypted keystore of the key that proposes')
    .option('--passphrase <reference>', 'its passphrase: env:NAME, file:PATH or prompt', 'env:TRIMTAB_PASSPHRASE')
    .option('--create-keystore', 'make that keystore with a fresh key')
    .option('--journal <place>', 'folder, or env:NAME / file:PATH of a PostgreSQL URL', '.trimtab')
    .option('--every <period>', 'how often to look', '1m')
    .option('--port <port>', 'port of the page and the API', '4747')
    .option('-y, --yes', 'ask nothing')
    .option('--force', 'replace a configuration that exists')
    .action((flags: Flags) => report(flags, () => init(flags)));
}

/** Write the configuration. Throws UsageError where something is missing and there is nobody to ask. */
export async function init(flags: Flags): Promise<Outcome> {
  const file = flags.config;
  if (file !== '-' && flags.force !== true && existsSync(file)) {
    throw new UsageError(
      `${file} exists and is left as it is.`,
      'name another with --config PATH, or replace it with --force',
    );
  }
  const interactive = process.stdin.isTTY && process.stderr.isTTY && flags.yes !== true && flags.json !== true;
  const text = configText(answers(flags, interactive ? await ask(flags) : complete(flags)));
  const { config } = parseConfig(text, file);
  const created = flags.createKeystore === true ? await makeKeystore(config) : undefined;
  if (file === '-') return { exit: Exit.DONE, text: text.trimEnd(), json: { command: 'init', text, ...created } };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { flag: flags.force === true ? 'w' : 'wx' });
  const key =
    created === undefined
      ? []
      : [`Wrote ${created.keystore} for ${created.address}: let the vault's policy name it as strategist.`];
  return {
    exit: Exit.DONE,
    text: [
      `Wrote ${file} (mode ${config.mode}).`,
      ...key,
      'Next: `trimtab check`, then `trimtab doctor`, then `trimtab plan`.',
    ].join('\n'),
    json: { command: 'init', file, mode: config.mode, ...created },
  };
}

function complete(flags: Flags): Asked {
  const { chainId, rpc, native, vault, filler, pool, target, absolute, relative, calendar } = flags;
  if (
    chainId === undefined ||
    rpc === undefined ||
    native === undefined ||
    vault === undefined ||
    filler === undefined ||
    pool === undefined ||
    target === undefined
  ) {
    const missing = Object.entries(NEEDED)
      .filter(([key]) => flags[key as keyof typeof NEEDED] === undefined)
      .map(([, flag]) => flag);
    throw new UsageError(
      `${missing.length === 1 ? 'A value is' : 'Values are'} missing and there is no terminal to ask at.`,
      `give ${missing.join(', ')}`,
    );
  }
  const bands = absolute === undefined && relative === undefined && calendar === undefined ? { absolute: '5pp' } : {};
  return { chainId, rpc, native, vault, filler, pool, target, ...bands, ...triggers({ absolute, relative, calendar }) };
}

function triggers(given: {
  readonly [key in 'absolute' | 'relative' | 'calendar']: string | undefined;
}): Partial<Asked> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function answers(flags: Flags, asked: Asked): Answers {
  const { chainId, pool, target, ...same } = asked;
  const reference = /^(env|file):/.test(flags.journal);
  return {
    ...same,
    id: chainId,
    pools: pool,
    targets: target.map(parted),
    confirmations: flags.confirmations,
    tip: flags.tip,
    maxFee: flags.maxFee,
    mode: flags.mode,
    ...(flags.keystore === undefined ? {} : { keystore: { file: flags.keystore, passphrase: flags.passphrase } }),
    journal: reference ? { url: flags.journal } : { folder: flags.journal },
    every: flags.every,
    port: flags.port,
  };
}

function parted(target: string): readonly [string, string] {
  const [symbol = '', weight = ''] = target.split('=');
  if (symbol === '' || weight === '')
    throw new UsageError(`--target ${target} is not SYMBOL=SHARE.`, 'write it like WETH=60%');
  return [symbol, weight];
}

async function makeKeystore(config: Config.Config): Promise<{ readonly keystore: string; readonly address: string }> {
  if (config.keystore === undefined)
    throw new UsageError('--create-keystore does not say where.', 'add --keystore PATH');
  const { createKey } = await import('../wire.ts');
  return { keystore: config.keystore.file, address: await createKey(config) };
}
