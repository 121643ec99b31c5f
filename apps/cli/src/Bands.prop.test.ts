import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide } from '@trimtab/core';
import { snapshot } from '@trimtab/core/sample';
import { Config } from '@trimtab/engine';
import * as Bands from './Bands.ts';

const ADDRESS = `0x${'ab'.repeat(20)}`;
const SOURCE = { file: 'trimtab.yaml', line: () => undefined };
const SYMBOLS = ['WETH', 'WBTC', 'USDC'];

const width = fc.record(
  {
    absolute: fc.integer({ min: 1, max: 5_000 }).map((bps) => `${bps / 100}pp`),
    relative: fc.integer({ min: 1, max: 10_000 }).map((bps) => `${bps / 100}%`),
  },
  { requiredKeys: [] },
);
const perAsset = fc.dictionary(fc.constantFrom(...SYMBOLS), width);
const weights = fc
  .tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 }))
  .map(([a, b]) => [a, b, 100 - a - b]);

test('the bands that are shown are the bands that are decided by', () => {
  fc.assert(
    fc.property(width, perAsset, weights, (both, own, shares) => {
      const targets = Object.fromEntries(SYMBOLS.map((symbol, index) => [symbol, `${shares[index]}%`]));
      const strategy = { targets, band: { ...both, 'per-asset': own }, calendar: { every: '1d' } };
      const raw = {
        version: '1',
        chain: { id: '1', rpc: 'http://node', native: ADDRESS },
        vault: ADDRESS,
        filler: ADDRESS,
        pools: [ADDRESS],
        strategy,
      };
      fc.pre(Object.keys(both).length > 0);
      const { strategy: wanted } = Config.parse(raw, SOURCE);
      const seen = snapshot();
      const { drift } = decide(seen, Config.strategyFor(wanted, seen.assets, SOURCE));
      expect(Bands.of(wanted).map(({ band }) => band)).toEqual(drift.map(({ band }) => band));
    }),
  );
});
