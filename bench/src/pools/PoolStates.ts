// Complete states of pools of many protocols, one JSON object a line, as their own tests recorded them.

import type { Asset, AssetId, Market } from '@trimtab/core';
import { assetAt, count, has, list, PoolDataError, record, text as textOf, type Fields } from './Fields.ts';
import * as Balances from './Balances.ts';
import * as Ranges from './Ranges.ts';
import * as Reading from './Reading.ts';

/** More lines, and longer ones, than such a file has. */
const LONGEST = 10_000;

/** Parse the lines. Throws PoolDataError on one that is no object. */
export function parse(text: string): readonly Fields[] {
  const lines = text.split(/\r?\n/).filter((line) => line !== '');
  if (lines.length === 0 || lines.length > LONGEST) throw new PoolDataError('lines', lines.length, 'give some states');
  return lines.map((line, index) => record(JSON.parse(exact(line)), `line ${index + 1}`));
}

/** Put quotes round numbers that a float would round. */
function exact(line: string): string {
  return line.replace(/([:[,]\s*)(-?\d{16,})(?=\s*[,\]}])/g, '$1"$2"');
}

/** Collect what states say of tokens. */
export function tokensOf(states: readonly Fields[]): Reading.Tokens {
  return new Map(states.flatMap((state) => namedIn(state, count(state, 'chain_id'))));
}

function namedIn(state: Fields, chain: number): readonly (readonly [AssetId, Asset])[] {
  const all = [state['token0'], state['token1'], ...(has(state, 'tokens') ? list(state, 'tokens') : [])];
  return all.flatMap((token) => {
    if (typeof token !== 'object' || token === null) return [];
    const fields = record(token, 'token');
    const id = assetAt(chain, fields['address']);
    // The chain's own coin goes by the name of what it is wrapped in.
    const symbol = textOf(fields, 'symbol') === 'ETH' ? 'WETH' : textOf(fields, 'symbol');
    return [[id, { id, symbol, decimals: count(fields, 'decimals') }] as const];
  });
}

/** Read every state's pool. */
export function read(states: readonly Fields[], tokens: Reading.Tokens): readonly Reading.Reading[] {
  return states.map((state) => {
    const [chain, family] = [count(state, 'chain_id'), String(state['family'])];
    const names = family === 'uniswap_v4' ? ['pool_id'] : ['address', 'pool', 'pool_id'];
    const address = names.map((name) => state[name]).find((value) => typeof value === 'string');
    const at = `${chain}/${String(address).toLowerCase()}`;
    return Reading.of(at, count(state, 'block'), () => marketOf(state, family, chain, at, tokens));
  });
}

function marketOf(state: Fields, family: string, chain: number, at: string, tokens: Reading.Tokens): Market | string {
  const id = `${family.replaceAll('_', '-')}:${at}`;
  if (count(state, 'block') === 0) return 'no block named';
  switch (family) {
    case 'uniswap_v2':
    case 'sushiswap_v2':
    case 'pancakeswap_v2':
      return Balances.product(state, chain, id, family);
    case 'uniswap_v3':
    case 'pancakeswap_v3':
    case 'aerodrome_v3':
      return Ranges.concentrated(state, chain, id);
    case 'uniswap_v4':
      return Ranges.singleton(state, chain, id);
    case 'balancer_v2':
      return Balances.vaulted(state, chain, id, tokens);
    case 'curve':
      return Balances.curve(state, chain, id, tokens);
    case 'aerodrome_v2_dola':
      return 'a curve that no market kind has (x³y + xy³)';
    case 'aerodrome_v2_tbtc':
      return 'a fee rounded before the swap';
    default:
      return 'incomplete record';
  }
}
