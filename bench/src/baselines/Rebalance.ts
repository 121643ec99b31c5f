// A portfolio that is to be rebalanced over exact markets, and what any list of orders makes of it: one judge for every planner.

import { Market } from '@trimtab/core';
import type { Asset, AssetId, Gas, MarketId } from '@trimtab/core';

/** State the task. */
export type Rebalance = {
  readonly markets: State;
  readonly positions: readonly Position[];
  /** {USD/tok} of every token that a market trades, passed through or held; zero where nobody knows. */
  readonly worths: ReadonlyMap<AssetId, { readonly asset: Asset; readonly usd: number }>;
  /** How strongly deviations count {1}. */
  readonly kappa: number;
  readonly gas: Gas;
  readonly charges: Charges;
};

/** State one holding. */
export type Position = {
  readonly asset: Asset;
  readonly held: bigint;
  /** {USD/tok} */
  readonly price: number;
  /** {1} */
  readonly weight: number;
};

/** The same gas {USD}: what a plan costs once, each order, and each market of an order beyond its first. */
export type Charges = { readonly plan: number; readonly order: number; readonly hop: number };

/** Hold markets by id, as they are at some moment. */
export type State = ReadonlyMap<MarketId, Market>;

/** Send `sold` atoms through markets one after another; `through` names what passes between them. */
export type Route = {
  readonly markets: readonly MarketId[];
  readonly through: readonly AssetId[];
  readonly sold: bigint;
};

/** Sell one asset for another along routes. */
export type Order = { readonly sell: AssetId; readonly buy: AssetId; readonly routes: readonly Route[] };

/** Say what came of orders. Money in {USD}. */
export type Outcome = {
  /** Value less what deviations count for, less gas: what a rebalance is for. */
  readonly objective: number;
  readonly value: number;
  readonly penalty: number;
  readonly gas: number;
  /** What was sold, at the rebalance's prices. */
  readonly turnover: number;
  readonly state: State;
  /** {atoms} */
  readonly held: ReadonlyMap<AssetId, bigint>;
  /** What orders brought {atoms}, one after another. */
  readonly bought: readonly bigint[];
};

/** Carry orders out on the exact markets, each on what those before it left. Throws OrderRefused where one cannot be. */
export function carryOut(task: Rebalance, orders: readonly Order[]): Outcome {
  const held = new Map(task.positions.map(({ asset, held: atoms }) => [asset.id, atoms]));
  const state = new Map(task.markets);
  const bought: bigint[] = [];
  let turnover = 0;
  for (const { sell, buy, routes } of orders) {
    const [sold, got] = routes.reduce(
      ([given, taken], route) => [given + route.sold, taken + follow(state, sell, buy, route)],
      [0n, 0n],
    );
    const left = (held.get(sell) ?? 0n) - sold;
    if (left < 0n) throw new OrderRefused(sell, `${-left} atoms more than there are`);
    held.set(sell, left);
    held.set(buy, (held.get(buy) ?? 0n) + got);
    bought.push(got);
    turnover += valueOf(task, sell, sold);
  }
  const gas = gasOf(task.charges, orders);
  const { value, penalty } = weigh(task, held);
  return { objective: value - penalty - gas, value, penalty, gas, turnover, state, held, bought };
}

/** Price the work of orders {USD}. */
export function gasOf({ plan, order, hop }: Charges, orders: readonly Order[]): number {
  const work = orders.reduce((sum, { routes }) => {
    const markets = routes.reduce((count, route) => count + route.markets.length, 0);
    return sum + order + hop * (markets - 1);
  }, 0);
  return orders.length === 0 ? 0 : plan + work;
}

/** Value holdings, and what their deviation from the target counts for: κ/(2·V0)·‖v − w·Σv‖² {USD}. */
export function weigh(
  { positions, kappa }: Rebalance,
  held: ReadonlyMap<AssetId, bigint>,
): { readonly value: number; readonly penalty: number } {
  const worth = (asset: Asset, price: number, atoms: bigint) => (Number(atoms) / 10 ** asset.decimals) * price;
  const before = positions.reduce((sum, { asset, price, held: atoms }) => sum + worth(asset, price, atoms), 0);
  const after = positions.map(({ asset, price }) => worth(asset, price, held.get(asset.id) ?? 0n));
  const value = after.reduce((sum, one) => sum + one, 0);
  const off = positions.reduce((sum, { weight }, place) => sum + ((after[place] ?? 0) - weight * value) ** 2, 0);
  return { value, penalty: (kappa * off) / (2 * before) };
}

/** Value atoms of an asset that is held or passed through {USD}. */
export function valueOf({ worths }: Pick<Rebalance, 'worths'>, asset: AssetId, atoms: bigint): number {
  const found = worths.get(asset);
  return found === undefined ? 0 : (Number(atoms) / 10 ** found.asset.decimals) * found.usd;
}

/** Go one route on a state, which it changes. */
function follow(state: Map<MarketId, Market>, sell: AssetId, buy: AssetId, route: Route): bigint {
  let [asset, atoms] = [sell, route.sold];
  for (const [place, id] of route.markets.entries()) {
    const market = state.get(id);
    if (market === undefined) throw new OrderRefused(asset, `no market ${id}`);
    const swapped = Market.swap(market, asset, atoms, route.through[place] ?? buy);
    if (swapped.sold !== atoms) throw new OrderRefused(asset, `${swapped.sold} of ${atoms} atoms taken by ${id}`);
    state.set(id, swapped.after);
    [asset, atoms] = [swapped.buy, swapped.bought];
  }
  if (asset !== buy) throw new OrderRefused(sell, `a route that ends in ${asset} instead of ${buy}`);
  return atoms;
}

/** Report an order that cannot be carried out. */
export class OrderRefused extends Error {
  override readonly name = 'OrderRefused';
  readonly next = 'halt';
  constructor(asset: AssetId, what: string) {
    super(`an order that sells ${asset} was refused: ${what}; plan it on the markets as they are`);
  }
}
