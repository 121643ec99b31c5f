// The order in which trades are made.

import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type { Market } from '../market/Market.ts';
import { ONE } from '../money/Fixed.ts';
import type { Position } from '../portfolio/Portfolio.ts';
import * as Mesh from './Mesh.ts';
import { sequence, type Trade } from './sequence.ts';

function position(id: string, held = 100n): Position {
  return {
    asset: { id, symbol: id.toUpperCase(), decimals: 18 },
    held: held * ONE,
    arriving: 0n,
    staked: 0n,
    price: ONE,
    value: held * ONE,
  };
}

function pool(one: string, other: string): Market {
  return {
    kind: 'constant-product',
    id: `${one}/${other}`,
    assets: [one, other],
    reserves: [10n ** 24n, 10n ** 24n],
    feePpm: 500,
  };
}

const bridge: Market = {
  kind: 'bridge',
  id: 'bridge',
  assets: ['usd', 'far'],
  parity: [1n, 1n],
  capacity: [10n ** 24n, 10n ** 24n],
  fixedFee: [0n, 0n],
  feePpm: 0,
  delay: { expected: 60, longest: 600 },
};
const loan: Market = {
  kind: 'lending',
  id: 'loan',
  assets: ['usd', 'ausd'],
  supplied: 10n ** 24n,
  borrowed: 0n,
  receipts: { kind: 'index', index: 10n ** 27n },
  curve: { kind: 'kinked', base: 0n, slopeBelow: 0n, slopeAbove: 0n, kink: 10n ** 27n, reserveFactor: 0 },
};
const vault: Market = {
  kind: 'vault-4626',
  id: 'vault',
  assets: ['eth', 'veth'],
  totalAssets: 10n ** 24n,
  totalShares: 10n ** 24n,
  offset: 0,
  maxDeposit: 10n ** 24n,
  maxWithdraw: 10n ** 24n,
  entryPpm: 0,
  exitPpm: 0,
};

const markets = [pool('eth', 'usd'), pool('btc', 'usd'), pool('eth', 'btc'), pool('dai', 'usd'), bridge, loan, vault];
const mesh = Mesh.of(markets);

/** Sell something worth so much along markets and what comes out of each. */
function trade(sell: Position, value: bigint, ...hops: readonly (readonly [string, Position])[]): Trade {
  const path = hops.flatMap(([id, { asset }]): Mesh.Path => {
    const market = mesh.get(id);
    return market === undefined ? [] : [{ market, buy: asset.id }];
  });
  const buy = hops.at(-1)?.[1] ?? sell;
  return { sell, buy, value: value * ONE, shares: [{ path, sold: value * ONE }] };
}

const [eth, btc, usd, dai, ausd, veth, far] = ['eth', 'btc', 'usd', 'dai', 'ausd', 'veth', 'far'].map((id) =>
  position(id),
) as [Position, Position, Position, Position, Position, Position, Position];
const owed = position('dai', -100n);

const inOrder: readonly (readonly [string, Trade])[] = [
  ['a debt is paid back', trade(usd, 1n, ['dai/usd', owed])],
  ['a loan is called in', trade(ausd, 2n, ['loan', usd])],
  ['a vault is left', trade(veth, 1n, ['vault', eth])],
  ['a bridge is crossed', trade(eth, 3n, ['eth/usd', usd], ['bridge', far])],
  ['a sale into what everything is priced in', trade(btc, 4n, ['btc/usd', usd])],
  ['a smaller one', trade(eth, 1n, ['eth/usd', usd])],
  ['one asset against another', trade(eth, 9n, ['eth/btc', btc])],
  ['a purchase', trade(usd, 99n, ['btc/usd', btc])],
  ['a deposit', trade(usd, 500n, ['loan', ausd])],
  ['a deposit of what is bought for it', trade(usd, 400n, ['eth/usd', eth], ['vault', veth])],
];

describe('trades are made in the order', () => {
  test('debts, withdrawals, bridges, sales into the settlement asset, others, purchases, deposits; larger before smaller', () => {
    const trades = inOrder.map(([, one]) => one);
    fc.assert(
      fc.property(fc.shuffledSubarray(trades, { minLength: trades.length }), (shuffled) => {
        const names = sequence(mesh, shuffled).map((one) => inOrder.find(([, other]) => other === one)?.[0]);
        expect(names).toEqual(inOrder.map(([name]) => name));
      }),
    );
  });

  test('of their names where all else is equal', () => {
    const equal = [trade(btc, 1n, ['btc/usd', usd]), trade(eth, 1n, ['eth/usd', usd])];
    expect(sequence(mesh, equal.toReversed())).toEqual(equal);
  });

  test('none is lost or made', () => {
    fc.assert(
      fc.property(fc.subarray(inOrder.map(([, one]) => one)), (some) => {
        const ordered = sequence(mesh, some);
        expect(ordered).toHaveLength(some.length);
        expect(new Set(ordered)).toEqual(new Set(some));
      }),
    );
  });

  test('a debt in the asset that all is priced in comes first as well', () => {
    const debt = position('usd', -5n);
    const [first] = sequence(mesh, [trade(ausd, 9n, ['loan', usd]), trade(eth, 1n, ['eth/usd', debt])]);
    expect(first?.buy).toBe(debt);
  });

  test('an asset that is only gone through decides nothing', () => {
    const [first] = sequence(mesh, [
      trade(dai, 1n, ['dai/usd', usd]),
      trade(btc, 5n, ['btc/usd', usd], ['eth/usd', eth]),
    ]);
    expect(first?.sell).toBe(dai);
  });
});
