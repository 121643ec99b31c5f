// From wanted weights to steps that can be done, with a proof of how good they are: survey → choose → decompose → allow → sequence →
// fill, on exact markets that each trade moves, and what is not worth its gas is taken out again.

import { valueDown } from '../money/Amount.ts';
import type { Usd } from '../money/Price.ts';
import type { Weights } from '../portfolio/Drift.ts';
import type { Portfolio } from '../portfolio/Portfolio.ts';
import type { Snapshot } from '../portfolio/Snapshot.ts';
import type { Trading } from '../policy/Strategy.ts';
import type { Stopped } from './allow.ts';
import { authorise } from './authorise.ts';
import type { Budget } from './choose/Choice.ts';
import * as Cost from './Cost.ts';
import { type Desk, telling, worthAfter } from './Desk.ts';
import { explain, passOver, summary } from './explain.ts';
import { cut, fill, type Made } from './fill.ts';
import * as Mesh from './Mesh.ts';
import type { Plan, Step, Swap } from './Plan.ts';
import { frame } from './program/frame.ts';
import { prove } from './prove.ts';
import { search, type Done } from './search.ts';
import { survey, type Norm } from './survey.ts';

/** Say how a plan is to be made, where it is not the usual way. */
export type How = {
  /** How stiffly being off target counts {1}: trading one asset for another at a one-way cost k stops k/2κ from the target. */
  readonly kappa?: number;
  /** What is counted, where it is not each weight alike: a positive semidefinite matrix. */
  readonly norm?: Norm;
  readonly budget?: Budget;
};

/** So stiff {1} that a cost of one percent leaves a ten-thousandth of the portfolio off target. */
const STIFF = 1e2;
/** What a trade to a target may leave above it is a hundredth of a percent of the portfolio: it is sold with the rest. */
const DUST = 10_000n;
/** A gap so small leaves an amount uncertain by about a millionth of the portfolio, far less than a fill; the work is bounded besides. */
const BUDGET: Budget = { gap: 1e-10, looks: 3_000 };

/** Compose the plan that brings a portfolio to `weights`. It has no steps where nothing is worth trading; the skips then say why. */
export function compose(
  snapshot: Snapshot,
  portfolio: Portfolio,
  weights: Weights,
  trading: Trading,
  { kappa, norm, budget = BUDGET }: How = {},
): Plan {
  const { horizon = 0 } = trading;
  const began = budget.clock?.now();
  const seen = survey(snapshot, portfolio, {
    weights,
    kappa: kappa ?? STIFF,
    horizon,
    ...(norm === undefined ? {} : { norm }),
  });
  const dust = kappa === undefined ? portfolio.value / DUST : 0n;
  const framed = frame(seen.goal, seen.assets.length);
  const desk = { snapshot, portfolio, trading, seen, horizon, dust, framed, before: Mesh.of(seen.markets) };
  const { choice, bound, allowed, done } = search(desk, budget);
  const { made, deeds, stopped } = guarded(desk, choice.idle, done);
  const swaps = deeds.flat();
  const cost = Cost.sum([telling(desk, made), ...swaps.map((swap) => swap.cost)]);
  const turnover = turnoverOf(portfolio, swaps);
  const told = { seen, choice, portfolio, framed, stopped: [...allowed.reasons, ...stopped], made };
  const objective = worthAfter(desk, swaps);
  return {
    why: summary(turnover, deeds, cost),
    steps: stepsOf(desk, swaps),
    skips: explain(told),
    passed: passOver(told),
    cost,
    turnover,
    value: portfolio.value,
    proof: {
      ...prove({ seen, choice: { ...choice, bound }, snapshot, portfolio, beyond: allowed.beyond, objective }),
      ...(began === undefined || budget.clock === undefined ? {} : { took: budget.clock.now() - began }),
    },
  };
}

/** Hold the swaps of each trade that is made. */
type Guarded = Done & { readonly deeds: readonly (readonly Swap[])[] };

/**
 * Cut trades so that nobody gains by attacking them, each on the markets that the slices of those before it leave behind. Where the gas of
 * all slices is more than the plan gains, it is not made.
 */
function guarded(desk: Desk, idle: number, { made, stopped }: Done): Guarded {
  const [kept, deeds, left]: [Made[], (readonly Swap[])[], Stopped[]] = [[], [], [...stopped]];
  let markets = desk.before;
  for (const { trade } of made) {
    const filled = fill(markets, trade, desk);
    if (filled.kind === 'skip') left.push({ trade, why: filled.why });
    else {
      const deed = cut(filled, desk);
      markets = deed.after;
      if (deed.swaps.length === 0) left.push({ trade, why: 'no part of it would be paid what custody demands' });
      else {
        kept.push(filled);
        deeds.push(deed.swaps);
      }
    }
  }
  if (kept.length === 0 || worthAfter(desk, deeds.flat()) > idle) return { made: kept, stopped: left, deeds };
  const why = 'keeping it from attackers would cost more gas than the plan gains: send it privately';
  return { made: [], deeds: [], stopped: [...left, ...kept.map(({ trade }) => ({ trade, why }))] };
}

function stepsOf({ snapshot, portfolio, trading }: Desk, swaps: readonly Swap[]): readonly Step[] {
  return swaps.length === 0 ? [] : [authorise(snapshot, portfolio, trading, swaps), ...swaps];
}

function turnoverOf({ positions }: Portfolio, swaps: readonly Swap[]): Usd {
  let turnover = 0n;
  for (const { asset, price } of positions) {
    for (const { sell, sold } of swaps) if (sell === asset.id) turnover += valueDown(sold, asset.decimals, price);
  }
  return turnover;
}
