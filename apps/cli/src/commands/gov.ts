// What a proposal would change, told before anybody votes on it, call by call. What cannot be told is said to be so.

import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { styleText } from 'node:util';
import type { Command } from 'commander';
import { Rpc } from '@trimtab/adapters/chain';
import { Book, type Effect, Motion, Present, tell, type Verdict } from '@trimtab/adapters/governance';
import * as Exit from '../Exit.ts';
import * as Figure from '../Figure.ts';
import type { Outcome } from '../Outcome.ts';
import { report, standard } from '../report.ts';
import type { Standard } from '../report.ts';
import { UsageError } from '../UsageError.ts';

type Flags = Standard & {
  readonly rpc?: string;
  readonly tx?: string;
  readonly proposal?: string;
  readonly book?: string;
};

export function define(program: Command): void {
  const gov = program.command('gov').description('tell what governance would change (see `trimtab gov diff --help`)');
  standard(gov.command('diff'))
    .description('tell what a proposal would change, in plain words, and what nobody can tell')
    .argument('[proposal]', "JSON file with the arguments of a governor's propose; - reads standard input")
    .option('--rpc <url>', 'node to read present values, and the transaction, from')
    .option('--tx <hash>', 'transaction that made the proposal, instead of a file')
    .option('--proposal <id>', 'which one, where the transaction made several')
    .option('--book <path>', 'JSON file that names addresses, such as a deployment record')
    .action((file: string | undefined, flags: Flags) => report(flags, () => diff(file, flags)));
}

/** Tell a proposal. Throws UsageError, BadMotion, BadBook, ProviderFailure. */
async function diff(file: string | undefined, flags: Flags): Promise<Outcome> {
  const record = flags.book === undefined ? undefined : await json(flags.book);
  const book = record === undefined ? undefined : Book.read(record);
  const rpc = flags.rpc === undefined ? undefined : await open(flags.rpc, record);
  const motion = await read(file, flags, rpc);
  const present = rpc === undefined ? undefined : await Present.open(rpc);
  const verdict = await tell(motion.calls, { book, ask: present?.ask, now: present?.now });
  const { id, governor, description } = motion;
  return {
    exit: verdict.unknown > 0 ? Exit.UNREAD : Exit.DONE,
    text: inWords(motion, verdict, { book, present }),
    json: {
      command: 'gov diff',
      ...(id === undefined ? {} : { id, governor }),
      description,
      block: present?.block ?? null,
      ...verdict,
    },
  };
}

async function read(
  file: string | undefined,
  { tx, proposal }: Flags,
  rpc: Rpc.Rpc | undefined,
): Promise<Motion.Motion> {
  if ((file === undefined) === (tx === undefined)) {
    throw new UsageError('A proposal is needed, from one place.', 'name a file, or a transaction with --tx and --rpc');
  }
  if (file !== undefined) return Motion.read(await json(file));
  if (rpc === undefined || tx === undefined) {
    throw new UsageError('--tx needs a node to read it from.', 'add --rpc URL');
  }
  if (!/^0x[0-9a-f]{64}$/i.test(tx)) throw new UsageError(`${tx} is no hash of a transaction.`, 'give 32 bytes in hex');
  if (proposal !== undefined && !/^\d{1,78}$/.test(proposal)) {
    throw new UsageError(`${proposal} is no id of a proposal.`, 'give it as a whole number');
  }
  return Motion.find(rpc, tx, proposal === undefined ? undefined : BigInt(proposal));
}

/** Open a node on whatever chain it serves, unless the record is of another. */
async function open(url: string, record: unknown): Promise<Rpc.Rpc> {
  if (!URL.canParse(url))
    throw new UsageError(`${url} is no address of a node.`, 'give a URL such as http://127.0.0.1:8545');
  const serves = Number(await Rpc.open(url, 0).request('eth_chainId', []));
  const recorded = typeof record === 'object' && record !== null && 'chainId' in record ? record.chainId : undefined;
  if (recorded !== undefined && recorded !== serves) {
    throw new UsageError(
      `The address book is of chain ${JSON.stringify(recorded)}, the node serves chain ${serves}.`,
      'give the book and the node of one chain',
    );
  }
  return Rpc.open(url, serves);
}

async function json(path: string): Promise<unknown> {
  const fix = 'give a file that holds one JSON object';
  const content = await (path === '-' ? text(process.stdin) : readFile(path, 'utf8')).catch((error: unknown) => {
    throw new UsageError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`, fix);
  });
  try {
    return JSON.parse(content) as unknown;
  } catch (error) {
    throw new UsageError(`${path} is no JSON: ${error instanceof Error ? error.message : String(error)}.`, fix);
  }
}

type Basis = { readonly book: Book.Book | undefined; readonly present: Present.Present | undefined };

function inWords(motion: Motion.Motion, verdict: Verdict, { book, present }: Basis): string {
  const title = motion.description
    .split('\n')[0]
    ?.replaceAll(/[^\p{L}\p{N}\p{P}\p{Zs}]/gu, ' ')
    .slice(0, 100);
  const count = motion.calls.length;
  return [
    `${motion.id === undefined ? 'A proposal' : `Proposal ${motion.id}`} of ${count} ${count === 1 ? 'call' : 'calls'}${title === undefined || title === '' ? '' : `, which calls itself “${title}”`}`,
    ...(present === undefined ? [] : [`Present values are of block ${present.block}, ${Figure.moment(present.now)}`]),
    '',
    ...verdict.effects.flatMap(effectInWords),
    '',
    ...(book === undefined
      ? ['No address book was given: every target is taken for what its functions look like.']
      : []),
    ...(present === undefined ? ['No node was given: nothing is compared with what holds now.'] : []),
    summary(verdict),
  ].join('\n');
}

function effectInWords({ at, target, call, weight, words }: Effect): readonly string[] {
  const indent = '  '.repeat(at.split('.').length - 1);
  const [first = '', ...more] = words;
  return [
    `${indent}${at}  ${mark(weight)}  ${first}`,
    ...more.map((line) => `${indent}      ${line}`),
    `${indent}      ${styleText('dim', `${call} at ${target}`, { stream: process.stdout })}`,
  ];
}

function mark(weight: Effect['weight']): string {
  const stream = process.stdout;
  switch (weight) {
    case 'unknown':
      return styleText('red', 'UNKNOWN', { stream });
    case 'privileged':
      return styleText('yellow', 'PRIVILEGED', { stream });
    case 'safer':
      return styleText('green', 'safer', { stream });
    case 'plain':
      return 'plain';
  }
}

function summary({ effects, unknown, privileged, clear }: Verdict): string {
  const counts = `${effects.length} ${effects.length === 1 ? 'call' : 'calls'} in all: ${unknown} unknown, ${privileged} privileged.`;
  if (unknown > 0) return `${counts} Do not vote for what nobody can tell.`;
  return clear ? `${counts} Nothing here gives power away.` : `${counts} Read them all before it passes.`;
}
