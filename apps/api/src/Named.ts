// Core's data in the API's words: assets get their symbols, bigints become decimal strings.

import type * as Core from '@trimtab/core';
import type { Amount, Drift, Plan, Price, Step } from './contract.ts';

type Assets = readonly Core.Asset[];

/** Name an exact quantity. An unknown asset is shown by its id, in atoms. */
export function amount(asset: Core.AssetId, atoms: bigint, assets: Assets): Amount {
  const { symbol, decimals } = assetOf(asset, assets);
  return { asset, symbol, decimals, atoms: atoms.toString() };
}

/** Name each asset's drift and say how much room is left to its band. */
export function drift(all: readonly Core.Drift[], assets: Assets): Drift[] {
  return all.map((one) => ({
    asset: one.asset,
    symbol: assetOf(one.asset, assets).symbol,
    value: one.value.toString(),
    weight: one.weight,
    target: one.target,
    absolute: one.absolute,
    ...(one.relative === undefined ? {} : { relative: one.relative }),
    ...(one.band === undefined
      ? {}
      : { band: [one.band[0], one.band[1]], room: Math.min(one.weight - one.band[0], one.band[1] - one.weight) }),
  }));
}

/** Name every price that was read, in the order it was read. */
export function prices(snapshot: Core.Snapshot): Price[] {
  return snapshot.prices.map((reading) => ({
    asset: reading.asset,
    symbol: assetOf(reading.asset, snapshot.assets).symbol,
    source: reading.source,
    price: reading.price.toString(),
    age: snapshot.at - reading.at,
  }));
}

/** Hold a plan as a journal may have it: the first ones said neither how good they were nor which markets they passed over. */
export type Journalled = Omit<Core.Plan, Later> & Partial<Pick<Core.Plan, Later>>;
type Later = 'passed' | 'proof';

/** Name a plan. */
export function plan(it: Journalled, assets: Assets): Plan {
  return {
    why: it.why,
    steps: it.steps.map((one) => step(one, assets)),
    skips: it.skips.map((skip) => ({ asset: skip.asset, symbol: assetOf(skip.asset, assets).symbol, why: skip.why })),
    passed: (it.passed ?? []).map(({ market, why }) => ({ market, why })),
    cost: cost(it.cost),
    turnover: it.turnover.toString(),
    ...(it.proof === undefined ? {} : { proof: proof(it.proof) }),
  };
}

/** Name a step. */
export function step(it: Core.Step, assets: Assets): Step {
  switch (it.kind) {
    case 'authorise':
      return { kind: 'authorise', deadline: it.deadline, floorDiscount: it.floorDiscount, why: it.why };
    case 'swap':
      return {
        kind: 'swap',
        sold: amount(it.sell, it.sold, assets),
        expected: amount(it.buy, it.expected, assets),
        floor: amount(it.buy, it.floor, assets),
        markets: it.routes.flatMap((route) => [...route.markets]),
        deadline: it.deadline,
        cost: cost(it.cost),
        ...(it.guarded === undefined ? {} : { guarded: { ...it.guarded, attacker: it.guarded.attacker.toString() } }),
        why: it.why,
      };
  }
}

function proof({ objective, bound, gap, gapBps, looks, shadows }: Core.Proof): NonNullable<Plan['proof']> {
  return { objective, bound, gap, gapBps, looks, limits: shadows.map(({ why }) => why) };
}

/** Name a cost; the first ones had no part for bridges and for MEV, as no plan met either. */
function cost(it: Pick<Core.Cost, 'fee' | 'impact' | 'gas'> & Partial<Core.Cost>): Plan['cost'] {
  const { fee, impact, gas, bridge = 0n, mev = 0n } = it;
  return {
    fee: fee.toString(),
    impact: impact.toString(),
    gas: gas.toString(),
    bridge: bridge.toString(),
    mev: mev.toString(),
  };
}

function assetOf(id: Core.AssetId, assets: Assets): Core.Asset {
  return assets.find((asset) => asset.id === id) ?? { id, symbol: id, decimals: 0 };
}
