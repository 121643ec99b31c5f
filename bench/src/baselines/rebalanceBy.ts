// A whole rebalance with a router that knows one trade at a time: what is over is sold for what is under, pair by pair, each on the pools
// as the pairs before left them. So that the rule for amounts is no handicap, every pair is tried at several shares of its amount, nothing
// among them, and the share that leaves the portfolio best off is taken.

import { match, type Pair } from './match.ts';
import * as Paths from './Paths.ts';
import { carryOut, gasOf, valueOf, weigh, type Order, type Outcome, type Rebalance, type State } from './Rebalance.ts';
import * as Split from './Split.ts';

/** Route one trade. */
export type Router = (
  task: Rebalance,
  state: State,
  pair: Pair,
  paths: readonly Paths.Path[],
) => Split.Split | undefined;

/** Shares of a pair's amount {%}. */
const SHARES = [100n, 75n, 50n, 25n];

/** Rebalance pair by pair. */
export function rebalanceBy(
  router: Router,
  task: Rebalance,
): { readonly orders: readonly Order[]; readonly outcome: Outcome } {
  const index = Paths.of(task);
  const orders: Order[] = [];
  const state = new Map(task.markets);
  const held = new Map(task.positions.map(({ asset, held: atoms }) => [asset.id, atoms]));
  for (const pair of match(task.positions)) {
    const paths = Paths.find(index, pair.sell, pair.buy, valueOf(task, pair.sell, pair.atoms));
    let most = worth(task, held, orders);
    let taken: { readonly split: Split.Split; readonly atoms: bigint } | undefined;
    for (const share of SHARES) {
      const atoms = (pair.atoms * share) / 100n;
      const split = router(task, state, { ...pair, atoms }, paths);
      if (split === undefined) continue;
      const after = new Map(held).set(pair.sell, (held.get(pair.sell) ?? 0n) - atoms);
      after.set(pair.buy, (held.get(pair.buy) ?? 0n) + split.bought);
      const found = worth(task, after, [...orders, Split.order(pair.sell, pair.buy, split)]);
      if (found > most) [most, taken] = [found, { split, atoms }];
    }
    if (taken === undefined) continue;
    orders.push(Split.order(pair.sell, pair.buy, taken.split));
    held.set(pair.sell, (held.get(pair.sell) ?? 0n) - taken.atoms);
    held.set(pair.buy, (held.get(pair.buy) ?? 0n) + taken.split.bought);
    for (const [id, market] of taken.split.changed) state.set(id, market);
  }
  const [outcome, idle] = [carryOut(task, orders), carryOut(task, [])];
  return outcome.objective > idle.objective ? { orders, outcome } : { orders: [], outcome: idle };
}

/** What holdings are worth after orders; what a plan costs once is asked at the end, of all of them together. */
function worth(task: Rebalance, held: Outcome['held'], orders: readonly Order[]): number {
  const { value, penalty } = weigh(task, held);
  return value - penalty - gasOf({ ...task.charges, plan: 0 }, orders);
}
