// Deploy the contracts to a chain, or check that what was deployed is still what it was:
// `npm run deploy -- --rpc URL --owner ADDRESS [--check]`. It may be run again at any time and does only what is missing.
// The key comes from a keystore or from the environment, never from an argument, which every process here can read.

import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openKeystore, type Passphrase } from '@trimtab/adapters/custody';
import { check, deploy, type Installation, parseInstallation, plan } from '@trimtab/adapters/deployment';
import { createPublicClient, createWalletClient, getAddress, http, isAddress, isHex, zeroAddress } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import type { Account, Address } from 'viem';
import { UsageError } from './UsageError.ts';

const KEY = 'TRIMTAB_DEPLOYER_KEY';
const USAGE = `npm run deploy -- --rpc URL [--check] [--records FOLDER]
  to deploy:  --owner ADDRESS           who lists prices at the oracle hub (use a timelock)
              --delay SECONDS           wait before anything is loosened (default 86400, the least)
              --sequencer ADDRESS       sequencer uptime feed (default: none)
              --uniswap-factory ADDRESS Uniswap v3 factory for router filler and zaps (default: none)
              --pair-factory ADDRESS    the same, of v2 pairs (default: none)
              --batch ADDRESS           settlement contract of the batch auction (default: none)
              --aggregator ADDRESS      router that a filler may call with its own calldata (default: none)
              --keystore FILE --passphrase file:PATH|env:NAME|prompt, or the key in ${KEY}
  to check:   --check                   compare code on chain with FOLDER/CHAIN.json; deploys nothing
`;
const options = {
  rpc: { type: 'string' },
  check: { type: 'boolean', default: false },
  records: { type: 'string', default: 'deployments' },
  owner: { type: 'string' },
  delay: { type: 'string', default: '86400' },
  sequencer: { type: 'string', default: zeroAddress },
  'uniswap-factory': { type: 'string', default: zeroAddress },
  'pair-factory': { type: 'string', default: zeroAddress },
  batch: { type: 'string', default: zeroAddress },
  aggregator: { type: 'string', default: zeroAddress },
  keystore: { type: 'string' },
  passphrase: { type: 'string', default: 'prompt' },
} as const;

type Flags = ReturnType<typeof readFlags>;

try {
  const flags = readFlags();
  if (flags.rpc === undefined) throw new UsageError('--rpc is missing', 'Give the address of a node.');
  process.exitCode = await (flags.check ? checkAll : deployAll)(flags, flags.rpc);
} catch (error) {
  if (!(error instanceof Error)) throw error;
  const fix = error instanceof UsageError ? error.fix : isBadFlag(error) ? '' : undefined;
  process.stderr.write(fix === undefined ? `${error.message}\n` : `${error.message}. ${fix}\n\n${USAGE}`);
  process.exitCode = fix === undefined ? 1 : 2;
}

function isBadFlag(error: Error): boolean {
  return 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

function readFlags() {
  return parseArgs({ options, strict: true, allowPositionals: false }).values;
}

async function deployAll(flags: Flags, rpc: string): Promise<number> {
  const steps = plan({
    owner: addressOf('--owner', flags.owner),
    delay: secondsOf(flags.delay),
    sequencerFeed: addressOf('--sequencer', flags.sequencer),
    uniswapFactory: addressOf('--uniswap-factory', flags['uniswap-factory']),
    pairFactory: addressOf('--pair-factory', flags['pair-factory']),
    batchSettlement: addressOf('--batch', flags.batch),
    aggregator: addressOf('--aggregator', flags.aggregator),
  });
  const account = await accountOf(flags);
  const transport = http(rpc);
  const site = {
    read: createPublicClient({ transport, pollingInterval: 500 }),
    write: createWalletClient({ transport, account }),
  };
  const installation = await deploy(site, steps);
  const text = `${JSON.stringify(installation, null, 2)}\n`;
  await keep(flags.records, installation, text);
  process.stdout.write(text);
  return 0;
}

async function checkAll(flags: Flags, rpc: string): Promise<number> {
  const read = createPublicClient({ transport: http(rpc) });
  const file = join(flags.records, `${await read.getChainId()}.json`);
  const installation = parseInstallation(await readFile(file, 'utf8'));
  const discrepancies = await check(read, installation);
  for (const { name, address, expected, found } of discrepancies) {
    process.stderr.write(
      `${name} at ${address} has code ${found ?? 'of no length'}, not ${expected}: trust nothing of it.\n`,
    );
  }
  const count = Object.keys(installation.contracts).length;
  process.stdout.write(`${count - discrepancies.length} of ${count} contracts are what ${file} says\n`);
  return discrepancies.length === 0 ? 0 : 1;
}

/** Replace the record in one step: a reader never sees half of it. */
async function keep(folder: string, { chainId }: Installation, text: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${chainId}.json`);
  await writeFile(`${file}.${process.pid}`, text);
  await rename(`${file}.${process.pid}`, file);
}

async function accountOf({ keystore, passphrase }: Flags): Promise<Account> {
  if (keystore !== undefined) return openKeystore(keystore, passphrase as Passphrase);
  const key = process.env[KEY];
  if (key === undefined || !isHex(key) || key.length !== 66)
    throw new UsageError('There is no key', `Name a keystore, or put the key (0x and 64 digits) into ${KEY}.`);
  return privateKeyToAccount(key);
}

function addressOf(flag: string, text: string | undefined): Address {
  if (text === undefined || !isAddress(text))
    throw new UsageError(`${flag} must be an address`, 'Give 0x and 40 digits; capitals are a checksum.');
  return getAddress(text);
}

function secondsOf(text: string): bigint {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError('--delay must be whole seconds', 'Give 86400 for a day.');
  return BigInt(text);
}
