// A planner that says what is not so, in every number that another limit judges by, is stopped whoever the owner is.

import { describe, expect, test } from 'vitest';
import { compose } from '../../plan/compose.ts';
import type { Authorise, Leg, Plan, Route, Swap } from '../../plan/Plan.ts';
import * as Portfolio from '../../portfolio/Portfolio.ts';
import * as Sample from '../../Sample.ts';
import * as Case from '../Case.ts';
import { judge } from '../judge.ts';

const snapshot = Sample.snapshot();
const portfolio = Portfolio.of(snapshot);
const targets = { weth: 0.5, wbtc: 0.3, usdc: 0.2 };
const plan = compose(snapshot, portfolio, targets, Sample.STRATEGY.trading);
const none = { fee: 0n, impact: 0n, gas: 0n, bridge: 0n, mev: 0n };

function told(changed: Partial<Plan>): readonly string[] {
  const judged: Case.Case = { snapshot, portfolio, targets, plan: { ...plan, ...changed } };
  const verdict = judge(judged, Sample.STRATEGY.within);
  return verdict.kind === 'pass' ? [] : verdict.refusals.map(({ limit, was }) => `${limit}: ${was}`);
}

function withSwaps(change: (swap: Swap) => Partial<Swap>): Partial<Plan> {
  return { steps: plan.steps.map((step) => (step.kind === 'swap' ? { ...step, ...change(step) } : step)) };
}

function withRoutes(change: (route: Route) => Partial<Route>): Partial<Plan> {
  return withSwaps(({ routes }) => ({ routes: routes.map((route) => ({ ...route, ...change(route) })) }));
}

function withAuthorisation(change: (step: Authorise) => Partial<Authorise>): Partial<Plan> {
  return { steps: plan.steps.map((step) => (step.kind === 'authorise' ? { ...step, ...change(step) } : step)) };
}

function withLegs(change: (leg: Leg) => Partial<Leg>): Partial<Plan> {
  return withAuthorisation(({ legs }) => ({ legs: legs.map((leg) => ({ ...leg, ...change(leg) })) }));
}

describe('a plan', () => {
  test('as the planner makes it passes', () => {
    expect(plan.steps.map(({ kind }) => kind)).toEqual(['authorise', 'swap']);
    expect(told({})).toEqual([]);
  });

  test.each<[string, Partial<Plan>]>([
    ['expects more than its routes bring', withSwaps(({ expected }) => ({ expected: expected * 100n }))],
    ['has a deadline that is past', withSwaps(() => ({ deadline: 0 }))],
    ['has no deadline', withSwaps(() => ({ deadline: NaN }))],
    ['outlives its authorisation', withSwaps(({ deadline }) => ({ deadline: deadline + 1 }))],
    ['has a cost below zero', withSwaps(() => ({ cost: { ...none, fee: -1n } }))],
    ['goes through a market that nobody knows', withRoutes(() => ({ markets: ['nowhere'] }))],
    ['goes through no market', withRoutes(() => ({ markets: [] }))],
    ['goes through a market of other assets', withRoutes(() => ({ markets: ['product:wbtc/usdc'] }))],
    [
      'goes there and back',
      withRoutes(() => ({ markets: ['product:weth/usdc', 'product:weth/usdc', 'product:weth/usdc'] })),
    ],
    ['is not authorised', { steps: plan.steps.slice(1) }],
    ['is authorised twice', { steps: [...plan.steps.slice(0, 1), ...plan.steps] }],
    ['is authorised last', { steps: plan.steps.toReversed() }],
    ['skips a nonce', withAuthorisation(({ nonce }) => ({ nonce: nonce + 1 }))],
    ['counts with other shares', withAuthorisation(({ supply }) => ({ supply: supply + 1n }))],
    ['lets custody settle at any price', withAuthorisation(() => ({ floorDiscount: 10_000 }))],
    ['lets custody settle at no price', withAuthorisation(() => ({ floorDiscount: NaN }))],
    ['lets everything be sold', withLegs(() => ({ sellDownTo: 0n, buyUpTo: 0n }))],
    ['lets anything be bought', withLegs(() => ({ sellDownTo: 1n << 200n, buyUpTo: 1n << 200n }))],
    ['lets an asset be traded back and forth', withLegs(({ sellDownTo }) => ({ buyUpTo: sellDownTo + 1n }))],
    ['bounds too few assets', withAuthorisation(({ legs }) => ({ legs: legs.slice(1) }))],
    ['bounds other assets', withAuthorisation(({ legs }) => ({ legs: legs.toReversed() }))],
    ['says that it sells nothing and costs nothing', { turnover: 0n, cost: none }],
    ['says that it sells more', { turnover: plan.turnover + 1n }],
    ['says that gas is free', { cost: { ...plan.cost, gas: 0n } }],
    ['says that fees are less', { cost: { ...plan.cost, fee: plan.cost.fee - 1n } }],
    ['says that impact is less', { cost: { ...plan.cost, impact: plan.cost.impact - 1n } }],
    ['says that there is more to lose', { value: plan.value * 2n }],
  ])('that %s does not', (_, changed) => {
    const refusals = told(changed);
    expect(refusals.length).toBeGreaterThan(0);
    for (const refusal of refusals) expect(refusal).toMatch(/^consistency: /);
  });
});
