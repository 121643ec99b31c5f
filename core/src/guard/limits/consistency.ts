// A plan is checked against its own arithmetic: the guard trusts no planner, ours included. Whatever the other limits
// judge by (turnover, cost, what is expected, which markets) is computed again here, and a plan that says otherwise stops.

import { isTime } from '../../money/Time.ts';
import * as Gas from '../../market/Gas.ts';
import * as Cost from '../../plan/Cost.ts';
import * as Mesh from '../../plan/Mesh.ts';
import type { Route, Swap } from '../../plan/Plan.ts';
import { symbolOf } from '../../portfolio/Snapshot.ts';
import * as Case from '../Case.ts';
import type { Refusal } from '../Verdict.ts';
import { flawInLegs } from './flawInLegs.ts';

/** Refuse a plan that trades what is not held, sells more than there is, or whose amounts, costs, routes or bounds do not add up. */
export function consistency(judged: Case.Case): readonly Refusal[] {
  const spent = new Map<string, bigint>();
  const flaws = Case.swaps(judged).flatMap((swap) => {
    const total = (spent.get(swap.sell) ?? 0n) + swap.sold;
    spent.set(swap.sell, total);
    const flaw = flawIn(swap, total, judged) ?? flawInRoutes(swap, judged);
    const names = `${symbolOf(judged.snapshot, swap.sell)} for ${symbolOf(judged.snapshot, swap.buy)}`;
    return flaw === undefined ? [] : [`${names}: ${flaw}`];
  });
  // What is wrong with a part is wrong with the whole: it is told once.
  const whole = flaws.length > 0 ? undefined : (flawInAuthorisation(judged) ?? flawInTotals(judged));
  return [...flaws, ...(whole === undefined ? [] : [whole])].map((was) => ({
    limit: 'consistency',
    was,
    allowed: 'a plan that adds up',
    fix: 'report this as a bug',
  }));
}

function flawIn(swap: Swap, spent: bigint, judged: Case.Case): string | undefined {
  const sell = Case.position(judged, swap.sell);
  if (sell === undefined || Case.position(judged, swap.buy) === undefined) return 'not both in the portfolio';
  if (swap.sold <= 0n || swap.floor <= 0n) return `sells ${swap.sold} atoms for at least ${swap.floor}`;
  if (swap.floor > swap.expected) return `the floor ${swap.floor} is above the ${swap.expected} expected`;
  if (spent > sell.held) return `sells ${spent} atoms of ${sell.held}`;
  if (Cost.isNegative(swap.cost)) return 'a cost is below zero';
  const { at } = judged.snapshot;
  return isTime(swap.deadline) && swap.deadline > at ? undefined : `its deadline ${swap.deadline} is not after ${at}`;
}

function flawInRoutes(swap: Swap, judged: Case.Case): string | undefined {
  const routed = swap.routes.reduce((sum, { sold }) => sum + sold, 0n);
  if (routed !== swap.sold) return `its routes carry ${routed} of ${swap.sold} atoms`;
  const brought = swap.routes.reduce((sum, { expected }) => sum + expected, 0n);
  if (brought !== swap.expected) return `its routes bring ${brought} of the ${swap.expected} atoms expected`;
  const mesh = Mesh.of(judged.snapshot.markets);
  const broken = swap.routes.find((route) => !leads(route, swap, mesh));
  return broken === undefined ? undefined : `no way through ${broken.markets.join(' and ') || 'no market'}`;
}

/** Say whether a route goes from what is sold to what is bought, through markets of the snapshot, each once. */
function leads(route: Route, { sell, buy }: Swap, mesh: Mesh.Mesh): boolean {
  const path = Mesh.pathOf(mesh, route, sell, buy);
  const once = new Set(route.markets).size === route.markets.length;
  return path !== undefined && path.length > 0 && once && route.sold > 0n && route.expected > 0n;
}

/** What custody is told: once, first, with its own numbers, and for as long as the swaps may be filled. */
function flawInAuthorisation(judged: Case.Case): string | undefined {
  const { plan, snapshot } = judged;
  const [first, ...rest] = plan.steps;
  if (first === undefined) return undefined;
  if (first.kind !== 'authorise') return 'nothing authorises the swaps before the first of them';
  if (rest.some(({ kind }) => kind === 'authorise')) return 'it authorises more than once';
  const { custody } = snapshot;
  if (first.nonce !== custody.nonce + 1) return `its nonce ${first.nonce} does not follow custody’s ${custody.nonce}`;
  if (first.supply !== custody.supply) return `it counts with ${first.supply} shares of ${custody.supply}`;
  const discount = Number.isSafeInteger(first.floorDiscount) && first.floorDiscount >= 0;
  if (!discount || first.floorDiscount > custody.maxFloorDiscount) return `a discount of ${first.floorDiscount} bps`;
  const late = Case.swaps(judged).find(({ deadline }) => deadline !== first.deadline);
  if (late !== undefined)
    return `a swap may be filled until ${late.deadline}, its authorisation until ${first.deadline}`;
  return flawInLegs(first, judged);
}

/** What limits judge the whole plan by: its value, what it sells, and a cost that is not below that of its parts. */
function flawInTotals(judged: Case.Case): string | undefined {
  const { plan, portfolio, snapshot } = judged;
  const swaps = Case.swaps(judged);
  if (plan.value !== portfolio.value) return `it is for a value of ${plan.value} and not ${portfolio.value}`;
  const sold = swaps.reduce((sum, swap) => sum + Case.sold(judged, swap), 0n);
  if (plan.turnover !== sold) return `it says that it sells ${plan.turnover} and sells ${sold}`;
  if (Cost.isNegative(plan.cost)) return 'a cost is below zero';
  const { authorise, swap, hop } = snapshot.gas;
  const hops = swaps.flatMap(({ routes }) => routes.flatMap(({ markets }) => markets)).length - swaps.length;
  const least = swaps.length === 0 ? 0n : authorise + swap * BigInt(swaps.length) + hop * BigInt(hops);
  const gas = Gas.costUp(snapshot.gas, least);
  const parts = Cost.sum(swaps.map(({ cost }) => cost));
  if (plan.cost.gas < gas) return `it counts with ${plan.cost.gas} of gas where it needs ${gas}`;
  const kept = ['fee', 'impact', 'bridge', 'mev'] as const;
  const short = kept.some((part) => plan.cost[part] < parts[part]);
  return short ? 'its swaps cost more than it says in all' : undefined;
}
