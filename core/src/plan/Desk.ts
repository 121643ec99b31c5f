// What every part of a plan is made on, and what a portfolio counts for once trades are made.

import type { AssetId } from '../money/Asset.ts';
import { approximate } from '../money/approximate.ts';
import { ONE, pow10 } from '../money/Fixed.ts';
import type { Usd } from '../money/Price.ts';
import * as Gas from '../market/Gas.ts';
import type { Portfolio } from '../portfolio/Portfolio.ts';
import { gasOf } from './charge.ts';
import * as Cost from './Cost.ts';
import type { Desk as FillDesk, Made } from './fill.ts';
import type { Swap } from './Plan.ts';
import * as Goal from './program/Goal.ts';
import type { Frame } from './program/Goal.ts';
import type { Survey } from './survey.ts';

/** Hold what every part of a plan is made on. */
export type Desk = FillDesk & {
  readonly portfolio: Portfolio;
  readonly seen: Survey;
  /** What a trade may leave above its target and is sold with it {USD}: nothing where how far to go is for the plan to weigh. */
  readonly dust: Usd;
  /** The goal as the program lays it out. */
  readonly framed: Frame;
};

/** Say what the portfolio counts for after trades made at once, in whole atoms, less the gas of doing so {USD}. */
export function worthAtOnce(desk: Desk, made: readonly Made[]): number {
  const { gas } = desk.snapshot;
  const moves = made.map(({ trade, sold, expected }) => ({
    sell: trade.sell.asset.id,
    buy: trade.buy.asset.id,
    sold,
    expected,
  }));
  const paid = made.reduce((sum, { lanes }) => sum + gasOf(lanes, gas), telling(desk, made).gas);
  return worthOf(desk, moves) - approximate(paid, ONE);
}

/** Say what the portfolio counts for after swaps, in whole atoms, less their gas {USD}. */
export function worthAfter(desk: Desk, swaps: readonly Swap[]): number {
  const paid = swaps.reduce((sum, { cost }) => sum + cost.gas, telling(desk, swaps).gas);
  return worthOf(desk, swaps) - approximate(paid, ONE);
}

/** Say what the portfolio counts for after moves of whole atoms {USD}. */
function worthOf({ seen, framed }: Desk, moves: readonly Pick<Swap, 'sell' | 'buy' | 'sold' | 'expected'>[]): number {
  const after = framed.held.slice();
  const move = (asset: AssetId, atoms: bigint): void => {
    const token = seen.assets.indexOf(asset);
    const scale = pow10(seen.positions[token]?.asset.decimals ?? 0);
    after[token] = (after[token] ?? 0) + approximate(atoms, scale) * (framed.first[token] ?? 0);
  };
  for (const { sell, buy, sold, expected } of moves) {
    move(sell, -sold);
    move(buy, expected);
  }
  return Goal.worth(framed, after);
}

/** What telling custody costs, if there is anything to tell. */
export function telling({ snapshot }: Desk, trades: readonly unknown[]): Cost.Cost {
  const gas = trades.length === 0 ? 0n : Gas.costUp(snapshot.gas, snapshot.gas.authorise, 1n);
  return { ...Cost.NONE, gas };
}
