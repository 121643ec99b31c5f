// What every part of a plan is made on, and what a portfolio counts for once trades are made.

import type { AssetId } from '../money/Asset.ts';
import { approximate } from '../money/approximate.ts';
import { ONE, pow10 } from '../money/Fixed.ts';
import type { Usd } from '../money/Price.ts';
import * as Gas from '../market/Gas.ts';
import type { Portfolio } from '../portfolio/Portfolio.ts';
import type { Seconds } from '../money/Time.ts';
import { gasOf } from './charge.ts';
import * as Cost from './Cost.ts';
import { earnings, type Run } from './earnings.ts';
import type { Desk as FillDesk, Made } from './fill.ts';
import * as Mesh from './Mesh.ts';
import type { Swap } from './Plan.ts';
import * as Goal from './program/Goal.ts';
import type { Frame } from './program/Goal.ts';
import type { Survey } from './survey.ts';

/** Hold what every part of a plan is made on. */
export type Desk = FillDesk & {
  readonly portfolio: Portfolio;
  readonly seen: Survey;
  /** How long a deposit is expected to earn {s}. */
  readonly horizon: Seconds;
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
  const runs = made.map(({ trade, lanes }) => ({
    sell: trade.sell.asset.id,
    shares: lanes.map(({ path, quote }) => ({ path, sold: quote.sold })),
  }));
  const paid = made.reduce((sum, { lanes }) => sum + gasOf(lanes, gas), telling(desk, made).gas);
  return worthOf(desk, moves, runs) - approximate(paid, ONE);
}

/** Say what the portfolio counts for after swaps, in whole atoms, less their gas {USD}. */
export function worthAfter(desk: Desk, swaps: readonly Swap[]): number {
  const paid = swaps.reduce((sum, { cost }) => sum + cost.gas, telling(desk, swaps).gas);
  const runs = swaps.map(({ sell, buy, routes }) => ({
    sell,
    shares: routes.map((route) => ({ path: Mesh.pathOf(desk.before, route, sell, buy) ?? [], sold: route.sold })),
  }));
  return worthOf(desk, swaps, runs) - approximate(paid, ONE);
}

type Move = Pick<Swap, 'sell' | 'buy' | 'sold' | 'expected'>;

/** Say what the portfolio counts for after moves of whole atoms, with what the runs that make them let deposits earn {USD}. */
function worthOf({ seen, framed, before, horizon }: Desk, moves: readonly Move[], runs: readonly Run[]): number {
  const after = framed.held.slice();
  const valueOf = (asset: AssetId, atoms: bigint): number => {
    const token = seen.assets.indexOf(asset);
    return approximate(atoms, pow10(seen.decimals[token] ?? 0)) * (framed.first[token] ?? 0);
  };
  const move = (asset: AssetId, value: number): void => {
    const token = seen.assets.indexOf(asset);
    after[token] = (after[token] ?? 0) + value;
  };
  for (const { sell, buy, sold, expected } of moves) {
    move(sell, -valueOf(sell, sold));
    move(buy, valueOf(buy, expected));
  }
  let passing = 0;
  for (const { asset, atoms, share, counts } of earnings(before, runs, horizon)) {
    const value = share * valueOf(asset, atoms);
    if (seen.assets.indexOf(counts) < seen.positions.length) move(counts, value);
    else passing += value;
  }
  return Goal.worth(framed, after) + passing;
}

/** What telling custody costs, if there is anything to tell. */
export function telling({ snapshot }: Desk, trades: readonly unknown[]): Cost.Cost {
  const gas = trades.length === 0 ? 0n : Gas.costUp(snapshot.gas, snapshot.gas.authorise, 1n);
  return { ...Cost.NONE, gas };
}
