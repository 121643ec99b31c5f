// Balancer's weighted pools out of a table with one line a pool. Its stable pools are in the table too, but not how flat they are.

import { FixedPoint } from '@trimtab/core';
import type { Asset, AssetId, Market } from '@trimtab/core';
import { assetAt, PoolDataError, whole, type Fields } from './Fields.ts';
import * as Reading from './Reading.ts';

/** Hold the table: its lines, what they say of tokens, and the block that is at least as old as their states. */
export type Table = {
  readonly rows: readonly Fields[];
  readonly tokens: Reading.Tokens;
  readonly block: number;
};

const CHAIN = 1;
/** More lines than there are pools. */
const LONGEST = 100_000;
/** Pools for launches keep weights in sixteen bits, so that theirs sum to one only about {1}. */
const LOOSE = 1e-3;

/** Split the table. Throws PoolDataError on a ragged line. */
export function parse(text: string): Table {
  const [header = '', ...lines] = text.split(/\r?\n/).filter((line) => line !== '');
  if (lines.length === 0 || lines.length > LONGEST) throw new PoolDataError('lines', lines.length, 'give some pools');
  const names = header.split(',');
  const rows = lines.map((line, index): Fields => {
    const fields = line.split(',');
    if (fields.length !== names.length) throw new PoolDataError(`line ${index + 2}`, line, `give ${header}`);
    return Object.fromEntries(names.map((name, place) => [name, fields[place]]));
  });
  // The block of the snapshot is not recorded: it is not before the last pool was created.
  const block = Math.max(...rows.map((row) => Number(whole(row, 'created_block'))));
  return { rows, tokens: new Map(rows.flatMap(named)), block };
}

/** Read every line's pool. */
export function read({ rows, block }: Table, tokens: Reading.Tokens): readonly Reading.Reading[] {
  return rows.map((row) => {
    const at = `${CHAIN}/${String(row['address']).toLowerCase()}`;
    return Reading.of(at, block, () => weighted(row, at, tokens));
  });
}

function named(row: Fields): readonly (readonly [AssetId, Asset])[] {
  const [symbols, decimals] = [split(row, 'symbols_if_known'), split(row, 'decimals_if_known')];
  return split(row, 'tokens').flatMap((address, place) => {
    const [symbol = '', digits = ''] = [symbols[place], decimals[place]];
    if (!/^\d{1,2}$/.test(digits)) return [];
    const id = assetAt(CHAIN, address);
    return [[id, { id, symbol, decimals: Number(digits) }] as const];
  });
}

function weighted(row: Fields, at: string, tokens: Reading.Tokens): Market | string {
  if (row['kind'] !== 'weighted') return 'stable, its amplification not recorded';
  const assets = split(row, 'tokens').map((address) => assetAt(CHAIN, address));
  const reserves = split(row, 'balances_raw').map(digits);
  if (reserves.some((reserve) => reserve === 0n)) return 'empty';
  const stated = split(row, 'weights_1e18').map(digits);
  const sum = stated.reduce((total, weight) => total + weight, 0n);
  if (Math.abs(Number(sum - FixedPoint.ONE)) > LOOSE * 1e18) return 'weights that do not sum to one';
  const scales = assets.map((id) => 10n ** BigInt(18 - Reading.describe(tokens, id).decimals));
  const fee = whole(row, 'swap_fee_1e18');
  return { kind: 'weighted', id: `balancer-v2:${at}`, assets, reserves, weights: scaled(stated, sum), scales, fee };
}

/** Scale weights to sum to one: a swap depends on their ratios. The last takes what rounding leaves. */
function scaled(weights: readonly bigint[], sum: bigint): readonly bigint[] {
  if (sum === FixedPoint.ONE) return weights;
  const most = weights.slice(0, -1).map((weight) => (weight * FixedPoint.ONE) / sum);
  return [...most, most.reduce((left, weight) => left - weight, FixedPoint.ONE)];
}

function split(row: Fields, name: string): readonly string[] {
  const value = row[name];
  return typeof value === 'string' ? value.split(';') : [];
}

function digits(text: string): bigint {
  return whole({ number: text }, 'number');
}
