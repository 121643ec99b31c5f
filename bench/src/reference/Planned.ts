// A vector's network through the program of many markets: the same questions as the small solver's, in the same words.

import {
  MarketProgram,
  solveProgram,
  workspace,
  type Goal,
  type Model,
  type Network,
  type Purpose,
} from '@trimtab/core';

/** Hold the best flow: its worth {value}, how far from the best it can be, the net flow and the trades {tok}, the prices {value/tok} that prove it. */
export type Planned = {
  readonly value: number;
  readonly gap: number;
  readonly net: readonly number[];
  readonly prices: readonly number[];
  readonly trades: readonly (readonly number[])[];
};

/** Where nothing is held a flow has to end above zero by what rounding could overdraw: nearer than this {1} of its worth it need not come. */
const SEARCH = { gap: 1e-12, looks: 400 };

/** Solve for the best flow. Throws NetworkError. */
export function solve({ tokens, markets }: Network, purpose: Purpose): Planned {
  const program = MarketProgram.of(tokens, markets.map(modelOf));
  const { value, gap, net, prices, answer, share } = solveProgram(program, goalOf(purpose), SEARCH, workspace(program));
  const trades = markets.map((_, market) =>
    MarketProgram.trade(program, answer, market).map((amount) => share * amount),
  );
  return { value, gap, net: [...net], prices: [...prices], trades };
}

/**
 * Bound what any choice of markets is worth that pays these fixed costs {value}: a market may be used to a share and pays that share,
 * blurred by a thousandth of it.
 */
export function boundOfShares({ tokens, markets }: Network, purpose: Purpose, fixed: readonly number[]): number {
  const program = MarketProgram.of(tokens, markets.map(modelOf));
  MarketProgram.charge(program, fixed, 1e-3);
  return solveProgram(program, goalOf(purpose), SEARCH, workspace(program)).bound;
}

/** State a market as the program's model: a constant sum is one step each way. */
export function modelOf(market: Network['markets'][number]): Model {
  if (market.kind !== 'constant-sum') return market;
  const rate = 1 - market.fee;
  const [one, other] = market.reserves;
  const step = (reserve: number) => [{ rate, most: reserve / rate }];
  return { kind: 'ladder', tokens: market.tokens, falls: step(other), rises: step(one) };
}

/** State a purpose as the program's goal: searched from equal prices where a token has no value of its own. */
export function goalOf(purpose: Purpose): Goal {
  if (purpose.kind === 'rebalance') return purpose;
  return { ...purpose, prices: purpose.values.map((value) => (value > 0 ? value : 1)) };
}
