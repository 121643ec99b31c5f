import { FixedPoint, Market } from '@trimtab/core';
import type { Case } from './Probe.ts';
import { list, number, numbers, record, text } from './read.ts';

export const section6: { readonly [id: string]: Case } = {
  'S6.9': (probe) => {
    const near = { rel: probe.tolerance(/rel (\S+)/) };
    for (const row of list(probe.inputs['rows']).map(record)) {
      const [zero = NaN, one = NaN] = numbers(row['values']);
      const trade = Market.arb(poolOf(row), { A: zero, B: one });
      const changes = trade === undefined ? {} : Market.changes(trade);
      const got = ['A', 'B'].map((asset) => (changes[asset] ?? NaN) / 1e18);
      const name = text(row['name']);
      probe.equal(`${name}/0`, (got[0] ?? NaN) * zero + (got[1] ?? NaN) * one, near);
      probe.equal(`${name}/1`, got, near);
    }
  },
};

function poolOf(row: { readonly [name: string]: unknown }): Market {
  const [x = 0n, y = 0n] = numbers(row['reserves']).map(atoms);
  const pair = { id: text(row['name']), assets: ['A', 'B'], reserves: [x, y] } as const;
  const fee = number(row['fee']);
  if (!('weights' in row)) return { ...pair, kind: 'constant-product', feePpm: fee * 1e6 };
  return { ...pair, kind: 'weighted', weights: numbers(row['weights']).map(atoms), scales: [1n, 1n], fee: atoms(fee) };
}

/** What is printed has at most nine decimals: the rest of the eighteen are zeros. */
function atoms(amount: number): bigint {
  return FixedPoint.parse(amount.toFixed(9), 18);
}
