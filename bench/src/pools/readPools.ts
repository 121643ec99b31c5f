// The pools recorded in a folder, as exact markets that stand side by side. They were recorded months apart, so that their prices
// differ as they never do at one moment; nothing here hides that.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { AssetId } from '@trimtab/core';
import * as BalancerTable from './BalancerTable.ts';
import * as PoolStates from './PoolStates.ts';
import * as Reading from './Reading.ts';

/** What prices are counted in, and what gas is paid in, wrapped. */
export const [USDC, WETH]: readonly [AssetId, AssetId] = [
  'eip155:1/0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48',
  'eip155:1/0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2',
];

const TABLE = 'pools_balancer_v2.csv.gz';
const STATES = 'pools_state_fixtures.jsonl.gz';
/** No file of pools is larger {bytes}. */
const LARGEST = 1 << 26;

/** Read every pool of a folder that a market kind stands for. Throws PoolDataError where the files are not what they should be. */
export async function readPools(folder: string): Promise<Reading.Pools> {
  const table = BalancerTable.parse(await text(join(folder, TABLE)));
  const states = PoolStates.parse(await text(join(folder, STATES)));
  const tokens = new Map([...table.tokens, ...PoolStates.tokensOf(states)]);
  return Reading.gather([...BalancerTable.read(table, tokens), ...PoolStates.read(states, tokens)], tokens);
}

async function text(path: string): Promise<string> {
  return gunzipSync(await readFile(path), { maxOutputLength: LARGEST }).toString('utf8');
}
