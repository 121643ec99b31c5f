// A gate on liquidity: trade only where enough of an asset can be sold without moving its price much.

import type { AssetId } from '../../money/Asset.ts';
import { atomsDown, valueDown } from '../../money/Amount.ts';
import { ONE, percent, type Bps } from '../../money/Bps.ts';
import { dollars, type Usd } from '../../money/Price.ts';
import * as Market from '../../market/Market.ts';
import type { Drift } from '../../portfolio/Drift.ts';
import { blind } from '../Blind.ts';
import * as Field from '../Field.ts';
import type { View } from '../View.ts';
import type { Finding } from './Finding.ts';
import { lossOf } from './lossOf.ts';

/**
 * Fire, that is be open, while the pools of the snapshot together take at least `min` of an asset, D18{USD}, each losing
 * at most `within` of what it takes against its price now, its fee included.
 */
export type Depth = { readonly kind: 'depth'; readonly asset: AssetId; readonly within: Bps; readonly min: Usd };

/** Halvings of the largest sale looked at: the depth found is short of the true one by less than one part in 2^20. */
const HALVINGS = 20;

/** Read a depth gate. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field): Depth {
  Field.record(field, ['kind', 'asset', 'within', 'min']);
  return {
    kind: 'depth',
    asset: Field.asset(Field.part(field, 'asset')),
    within: Field.integer(Field.part(field, 'within'), 1, ONE),
    min: Field.usd(Field.part(field, 'min')),
  };
}

/** Find whether the market is deep enough. Blind where the portfolio does not have the asset. */
export function find({ asset, within, min }: Depth, _drift: readonly Drift[], { snapshot, portfolio }: View): Finding {
  const position = portfolio.positions.find((one) => one.asset.id === asset);
  if (position === undefined) {
    return blind(`no asset ${asset}`, 'an asset of the portfolio', 'correct the name of the asset');
  }
  const { decimals, symbol } = position.asset;
  const enough = atomsDown(min, decimals, position.price) + 1n;
  const pools = snapshot.markets.filter(Market.isPool).filter(({ assets }) => assets.includes(asset));
  const atoms = pools.reduce((sum, pool) => sum + takes(pool, asset, within / ONE, enough), 0n);
  const depth = valueDown(atoms, decimals, position.price);
  const what = `of ${symbol} can be sold within ${percent(within)}`;
  return depth >= min
    ? { kind: 'due', why: `at least ${dollars(min)} ${what}` }
    : { kind: 'quiet', why: `closed: ${dollars(depth)} ${what}; open from ${dollars(min)}` };
}

/** Find the largest sale, up to `most` atoms, that a pool takes for at most this loss {1}. Rounded down. */
function takes(pool: Market.Pool, asset: AssetId, loss: number, most: bigint): bigint {
  const fits = (atoms: bigint): boolean => atoms > 0n && lossOf(pool, asset, atoms) <= loss;
  if (fits(most)) return most;
  let [low, high] = [0n, most];
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2n;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}
