// What a sight is worth, and how that worth is spread.

import { Amount, approximate, FixedPoint } from '@trimtab/core';
import type { AssetId, Usd, Weight } from '@trimtab/core';
import type { Position, Sight } from './Log.ts';

/** Value a sight at its own oracle prices, each position rounded down. D18{USD} */
export function of(sight: Sight): Usd {
  return sight.positions.reduce((sum, p) => sum + ofPosition(p), 0n);
}

/** Value one share of a sight, {USD/share}, as a belief. */
export function perShare(sight: Sight): number {
  return approximate(of(sight), sight.supply);
}

/** Say how each position's weight lies to its target: {1} of the sight's worth. */
export function deviations(
  sight: Sight,
): readonly { readonly asset: AssetId; readonly weight: Weight; readonly deviation: number }[] {
  const whole = of(sight);
  return sight.positions.map((p) => {
    const weight = whole === 0n ? 0 : approximate(ofPosition(p), whole);
    return { asset: p.asset.id, weight, deviation: weight - p.target };
  });
}

/** Value atoms of an asset at a sight's price, rounded up: what is given or lost is never understated. D18{USD} */
export function up(sight: Sight, asset: AssetId, atoms: bigint): Usd {
  const { asset: held, price } = positionOf(sight, asset);
  return Amount.valueUp(atoms, held.decimals, price);
}

/** Value atoms of an asset at a sight's price, rounded down: what is received is never overstated. D18{USD} */
export function down(sight: Sight, asset: AssetId, atoms: bigint): Usd {
  const { asset: held, price } = positionOf(sight, asset);
  return Amount.valueDown(atoms, held.decimals, price);
}

/** Value the holdings of one sight at the prices of another, scaled to its share supply, rounded down. D18{USD} */
export function held(holdings: Sight, prices: Sight): Usd {
  const worth = holdings.positions.reduce((sum, p) => sum + down(prices, p.asset.id, p.atoms), 0n);
  return FixedPoint.mulDivDown(worth, prices.supply, holdings.supply);
}

function ofPosition({ asset, atoms, price }: Position): Usd {
  return Amount.valueDown(atoms, asset.decimals, price);
}

function positionOf(sight: Sight, asset: AssetId): Position {
  const found = sight.positions.find((p) => p.asset.id === asset);
  if (found === undefined) throw new RangeError(`${asset} is not among the assets of the portfolio at ${sight.at}`);
  return found;
}
