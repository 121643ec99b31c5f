// What the demo plays: prices, gas and depth, from a file, from a data folder, or from the built-in crash.

import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Price } from '@trimtab/core';
import { GasMinutes, march2020, parseGasMinutes, parseHistory, parsePoolMinutes } from '@trimtab/lab';
import type { History } from '@trimtab/lab';
import { UsageError } from '../UsageError.ts';

export type Replay = {
  /** Risky assets only; the cash of every demo is USDC. */
  readonly history: History;
  /** {wei/gas} at each of the history's times. */
  readonly gas: readonly bigint[];
  /** Real liquidity in range of the WETH/USDC 0.05 % pool at the start, where it is known. */
  readonly liquidity?: bigint;
  /** The coin that gas is paid in. */
  readonly native: { readonly symbol: 'ETH' | 'MATIC'; readonly price: Price };
  /** Half-width of every asset's band that suits this much movement, {bps}. */
  readonly band: number;
  /** What is played, in words for a person. */
  readonly label: string;
};

/** Say what to play. `folder` is where the recorded market data lies, if anywhere. */
export type Choice = {
  readonly file?: string;
  readonly folder?: string;
  readonly seed: number;
  /** Longest step in a file that is not a hole, {s}. */
  readonly maxGap: number;
};

/** Tokens that a file may name: symbol of the price → token that is deployed for it. */
export const TOKENS: { readonly [symbol: string]: { readonly token: string; readonly decimals: number } } = {
  ETH: { token: 'WETH', decimals: 18 },
  WETH: { token: 'WETH', decimals: 18 },
  BTC: { token: 'WBTC', decimals: 8 },
  WBTC: { token: 'WBTC', decimals: 8 },
  ...Object.fromEntries(
    ['AAVE', 'AVAX', 'BNB', 'DAI', 'LINK', 'MATIC', 'NEAR', 'SOL', 'UNI'].map((s) => [s, { token: s, decimals: 18 }]),
  ),
  ...Object.fromEntries(['ADA', 'TRX', 'USDT', 'XRP'].map((s) => [s, { token: s, decimals: 6 }])),
  ...Object.fromEntries(['BCH', 'DOGE', 'LTC'].map((s) => [s, { token: s, decimals: 8 }])),
};

const GWEI = 10n ** 9n;
const USD = 10n ** 18n;
/** Gas where no record of it is at hand: 30 gwei, a common Ethereum base fee of early 2020. An assumption. */
const PLAIN_GAS = 30n * GWEI;
/** MATIC was quoted between $0.5 and $0.7 in mid-August 2023. An assumption: the recorded data has no price of it. */
const MATIC = (USD * 6n) / 10n;
const CRASH = { chain: 'polygon', pool: '0x45dda9cb7c25131df268515131f647d726f50608', day: '2023-08-17', maxGap: 600 };

/** Load what was chosen: a file beats the data folder, which beats the built-in crash. Throws BadHistory, or UsageError for a file that cannot be read. */
export async function load(choice: Choice): Promise<Replay> {
  if (choice.file !== undefined) return fromFile(choice.file, choice.maxGap);
  if (choice.folder !== undefined) return recordedCrash(choice.folder);
  const history = march2020({ seed: choice.seed, step: 900 });
  return { ...plain(history), label: `${history.source}; gas at 30 gwei (assumed)` };
}

async function fromFile(file: string, maxGap: number): Promise<Replay> {
  const history = parseHistory(await text('--data', file), {
    file: basename(file),
    maxGap,
    symbols: Object.keys(TOKENS),
  });
  return { ...plain(history), label: `${basename(file)}; gas at 30 gwei (assumed)` };
}

async function recordedCrash(folder: string): Promise<Replay> {
  const pools = 'univ3_pool_minutes.csv.gz';
  const fees = 'gas_price_polygon_minute.csv.gz';
  const pool = parsePoolMinutes(await text('TRIMTAB_DATA', join(folder, pools)), { ...CRASH, file: pools });
  const gas = parseGasMinutes(await text('TRIMTAB_DATA', join(folder, fees)), { ...CRASH, file: fees });
  const liquidity = pool.liquidity[0];
  return {
    history: pool.history,
    gas: pool.history.times.map((at) => GasMinutes.at(gas, at)),
    native: { symbol: 'MATIC', price: MATIC },
    band: 100,
    label: `the crash of 2023-08-17 on Polygon, minute by minute (WETH/USDC 0.05 % pool, recorded gas; MATIC at $0.60 is assumed)`,
    ...(liquidity === undefined ? {} : { liquidity }),
  };
}

function plain(history: History): Omit<Replay, 'label'> {
  const ether = history.symbols.findIndex((s) => TOKENS[s]?.token === 'WETH');
  const price = history.prices[ether]?.[0] ?? 2_000n * USD;
  return { history, gas: history.times.map(() => PLAIN_GAS), native: { symbol: 'ETH', price }, band: 250 };
}

async function text(key: string, path: string): Promise<string> {
  try {
    const bytes = await readFile(path);
    const gzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return (gzip ? gunzipSync(bytes, { maxOutputLength: 1 << 30 }) : bytes).toString('utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `${key}: ${path} cannot be read: ${why}.`,
      key === '--data'
        ? 'name a readable CSV of prices, gzip accepted'
        : 'set TRIMTAB_DATA to the folder that holds it, or unset it',
    );
  }
}
