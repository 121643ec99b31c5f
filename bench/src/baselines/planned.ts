// The planner's own answer to a rebalance: a snapshot of it, decided on as any other, and the plan as orders.

import { decide, FixedPoint, parseStrategy } from '@trimtab/core';
import type { Plan, Snapshot, Swap } from '@trimtab/core';
import type { Order, Rebalance } from './Rebalance.ts';

/**
 * Hold a plan as orders, and how long it took to find {ms}. The plan's swaps may be slices of a trade, made apart from each other so that
 * nobody gains by trading around them; as baselines know nothing of that, slices are put together again here.
 */
export type Planned = {
  readonly plan: Plan;
  readonly orders: readonly Order[];
  /** The plan's own swaps, slice by slice. */
  readonly swaps: readonly Swap[];
  readonly took: number;
};

const AT = 1_700_000_000;

/** Plan a rebalance. Throws RangeError where the decision has no plan. */
export function planned(task: Rebalance): Planned {
  const snapshot = snapshotOf(task);
  const strategy = parseStrategy({
    when: { kind: 'band', absolute: 1 },
    toward: {
      kind: 'fixed',
      weights: Object.fromEntries(task.positions.map(({ asset, weight }) => [asset.id, weight])),
    },
    landing: { kind: 'penalty', kappa: task.kappa },
    trading: { minNotional: 0n, slippage: 100, lifetime: 120, sending: 'private' },
    within: [],
  });
  const began = performance.now();
  const decision = decide(snapshot, strategy);
  const took = performance.now() - began;
  if (!('plan' in decision) || decision.plan === undefined) {
    throw new RangeError(`no plan was made: ${decision.why}; look at the markets and the portfolio`);
  }
  const swaps = decision.plan.steps.filter((step) => step.kind === 'swap');
  return { plan: decision.plan, orders: whole(swaps), swaps, took };
}

/** Put the slices of each trade together: neighbours between the same assets, along the same routes. */
function whole(swaps: readonly Swap[]): readonly Order[] {
  const orders: Order[] = [];
  for (const swap of swaps) {
    const last = orders.at(-1);
    if (last === undefined || name(last) !== name(swap)) orders.push(swap);
    else
      orders[orders.length - 1] = {
        ...last,
        routes: last.routes.map((route, at) => ({ ...route, sold: route.sold + (swap.routes[at]?.sold ?? 0n) })),
      };
  }
  return orders;
}

function name({ sell, buy, routes }: Order): string {
  return [sell, buy, ...routes.map(({ markets }) => markets.join('>'))].join(' ');
}

/** Show a rebalance as a planner sees it: nothing stale, and custody that permits whatever is worth it. */
function snapshotOf({ markets, positions, worths, gas }: Rebalance): Snapshot {
  return {
    portfolio: 'bench',
    at: AT,
    block: { number: 1n, hash: '0x01' },
    assets: [
      ...positions.map(({ asset }) => asset),
      ...[...worths.values()].flatMap(({ asset }) =>
        positions.some((one) => one.asset.id === asset.id) ? [] : [asset],
      ),
    ],
    holdings: positions.map(({ asset, held }) => ({ asset: asset.id, atoms: held })),
    prices: positions.map(({ asset, price }) => ({
      asset: asset.id,
      source: 'pools',
      price: BigInt(Math.round(price * 1e18)),
      at: AT,
      heartbeat: 3_600,
    })),
    markets: [...markets.values()],
    gas,
    inFlight: [],
    custody: {
      supply: 1_000n * FixedPoint.ONE,
      nonce: 0,
      maxFloorDiscount: 9_999,
      maxBand: 9_999,
      lossRoom: 10n ** 40n,
      turnoverRoom: 10n ** 40n,
      readyAt: 0,
    },
  };
}
