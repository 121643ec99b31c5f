// Which markets are worth their gas. A fixed cost makes the program a choice of markets: few are chosen from exactly, many by two
// rules that fail in different places, and either way the relaxed program says how much could have been missed.

import { at, sum } from '../../forecast/Numbers.ts';
import * as Routing from './Routing.ts';
import * as Network from './Network.ts';
import type { Purpose } from './Purpose.ts';
import { ask, relaxRouting, solve, type Question } from './solveRouting.ts';

/**
 * Hold the markets to use, in ascending order, and the flow through them: its value and bound are less the fixed costs, and its prices
 * are those at which these markets alone would make that flow.
 */
export type Selection = { readonly used: readonly number[]; readonly routing: Routing.Routing };

/** The most candidates that are chosen from exactly. */
const EXACT = 12;

/**
 * Choose the markets that are worth the `fixed` cost {value} of using each, and the flow through them. Of up to twelve markets the
 * choice is exact; of more, the gap says how far from the best one it can be. Throws NetworkError.
 */
export function selectMarkets(network: Network.Network, purpose: Purpose, fixed: readonly number[]): Selection {
  const question = { ...ask(network, purpose), fixed };
  const relaxed = relaxRouting(network, purpose, fixed);
  const open = network.markets.map((_, index) => index);
  const trial = restrict(question, open);
  if (open.length <= EXACT) {
    const { best, bound } = explore(question, { open, paid: [], trial }, { best: trial.selection, bound: -Infinity });
    return prove(best, Math.min(bound, relaxed.bound));
  }
  const [one, other] = [dropSmallest(question, trial), eliminate(question, trial)];
  return prove(better(one, other), relaxed.bound);
}

/** Certify a selection by what no choice of markets is worth more than {value}. */
function prove({ used, routing }: Selection, ceiling: number): Selection {
  const bound = Math.max(ceiling, routing.value);
  return { used, routing: { ...routing, bound, gap: bound - routing.value } };
}

/** Hold what came of allowing some markets: their flow as if they cost nothing, and what it is worth after their costs. */
type Trial = { readonly free: Routing.Routing; readonly selection: Selection };

/** Solve with the markets of `open` only. */
function restrict(question: Question, open: readonly number[]): Trial {
  const { network, fixed } = question;
  const markets = open.map((index) => at(network.markets, index));
  const flow = solve({ ...question, network: { ...network, markets }, fixed: open.map(() => 0) });
  const trades = network.markets.map(({ tokens }, index) => flow.trades[open.indexOf(index)] ?? tokens.map(() => 0));
  const free = { ...flow, trades };
  const used = Routing.used(free);
  const costs = sum(used.map((index) => at(fixed, index)));
  const selection = { used, routing: { ...free, value: flow.value - costs, bound: Infinity, gap: Infinity } };
  return { free, selection };
}

/** Hold a set of choices: markets still open, markets whose cost is paid whether used or not, and the flow through both. */
type Node = { readonly open: readonly number[]; readonly paid: readonly number[]; readonly trial: Trial };
type Known = { readonly best: Selection; readonly bound: number };

/**
 * Try all choices that leave out some of the open markets, except where a bound shows that none of them beats the best one known: the
 * prices of the free flow, each open market gaining (arb − cost)⁺ (branch and bound; Land and Doig, 1960).
 */
function explore(question: Question, { open, paid, trial }: Node, known: Known): Known {
  const { network, fixed } = question;
  const { prices, bound, gap } = trial.free;
  const saved = (index: number) => Math.min(at(fixed, index), Network.arb(at(network.markets, index), prices).gain);
  const ceiling = bound - sum(paid.map((index) => at(fixed, index))) - sum(open.map(saved));
  const best = better(known.best, trial.selection);
  const [next] = open.filter((index) => trial.selection.used.includes(index)).toSorted((a, b) => saved(b) - saved(a));
  // What is left to gain below the accuracy of the flow itself is not looked for.
  if (next === undefined || ceiling <= best.routing.value + gap + 1e-12 * Math.abs(bound)) {
    return { best, bound: Math.max(known.bound, ceiling) };
  }
  const rest = open.filter((index) => index !== next);
  const left = restrict(question, [...paid, ...rest]);
  const without = explore(question, { open: rest, paid, trial: left }, { ...known, best });
  return explore(question, { open: rest, paid: [...paid, next], trial }, without);
}

/** Leave out the used market whose own gain is smallest, again and again, and keep the best choice on the way. */
function dropSmallest(question: Question, start: Trial): Selection {
  let best = better(start.selection, restrict(question, []).selection);
  let trial = start;
  while (trial.selection.used.length > 1) {
    const { prices } = trial.free;
    const gain = (index: number) => Network.arb(at(question.network.markets, index), prices).gain;
    const [, ...kept] = trial.selection.used.toSorted((a, b) => gain(a) - gain(b));
    trial = restrict(question, kept);
    best = better(best, trial.selection);
  }
  return best;
}

/** Leave out the market without which the flow, solved again, is worth most, as long as it is worth more than with it. */
function eliminate(question: Question, start: Trial): Selection {
  let best = start.selection;
  for (;;) {
    const before = best;
    for (const index of before.used) {
      const kept = before.used.filter((other) => other !== index);
      best = better(best, restrict(question, kept).selection);
    }
    if (best === before) return best;
  }
}

function better(one: Selection, other: Selection): Selection {
  return other.routing.value > one.routing.value ? other : one;
}
