// From wanted weights to steps that can be done: net → shrink → sequence → route → bound, on markets that each trade moves.

import type { AssetId } from '../money/Asset.ts';
import { valueDown } from '../money/Amount.ts';
import { dollars, type Usd } from '../money/Price.ts';
import * as Gas from '../market/Gas.ts';
import * as Market from '../market/Market.ts';
import type { Weights } from '../portfolio/Drift.ts';
import type { Portfolio } from '../portfolio/Portfolio.ts';
import type { Snapshot } from '../portfolio/Snapshot.ts';
import type { Trading } from '../policy/Strategy.ts';
import { authorise } from './authorise.ts';
import { fill } from './fill.ts';
import * as Mesh from './Mesh.ts';
import { net, type Change, type Trade } from './net.ts';
import * as Cost from './Cost.ts';
import type { Plan, Skip, Step, Swap } from './Plan.ts';
import { quantize } from './quantize.ts';
import { sequence } from './sequence.ts';
import { shrink } from './shrink.ts';

/** Compose the plan that brings a portfolio to `weights`. It has no steps where nothing can be traded; the skips then say why. */
export function compose(snapshot: Snapshot, portfolio: Portfolio, weights: Weights, trading: Trading): Plan {
  const mesh = Mesh.of(snapshot.markets.filter(Market.isPool));
  const changes = portfolio.positions.map((position): Change => {
    const landing = quantize(weights[position.asset.id] ?? 0, portfolio.value);
    return { position, by: landing - position.value };
  });
  const wanted = net(mesh, changes, trading.minNotional);
  const allowed = shrink(wanted.trades, snapshot.custody.turnoverRoom, trading.minNotional);
  const { swaps, skipped } = fillAll(mesh, sequence(mesh, allowed.trades), snapshot, trading);
  const skips = explain(changes, swaps, new Map([...wanted.reasons, ...allowed.reasons, ...skipped]), portfolio.value);
  const gas = Gas.costUp(snapshot.gas, snapshot.gas.authorise, 1n);
  const steps: Step[] = swaps.length === 0 ? [] : [authorise(snapshot, portfolio, trading, swaps), ...swaps];
  const cost = Cost.sum([{ ...Cost.NONE, gas: swaps.length === 0 ? 0n : gas }, ...swaps.map((swap) => swap.cost)]);
  const turnover = turnoverOf(portfolio, swaps);
  return { why: words(turnover, swaps, cost), steps, skips, cost, turnover, value: portfolio.value };
}

/** Fill trades one after another, each on the markets that those before it leave behind. */
function fillAll(mesh: Mesh.Mesh, trades: readonly Trade[], snapshot: Snapshot, trading: Trading) {
  const swaps: Swap[] = [];
  const skipped = new Map<AssetId, string>();
  let markets = mesh;
  for (const trade of trades) {
    const filled = fill(markets, mesh, trade, snapshot, trading);
    if (filled.kind === 'swap') {
      swaps.push(filled.swap);
      markets = Mesh.after(markets, filled.after);
    } else {
      skipped.set(trade.sell.asset.id, filled.why);
      skipped.set(trade.buy.asset.id, `blocked by ${trade.sell.asset.symbol}: ${filled.why}`);
    }
  }
  return { swaps, skipped };
}

/** Give every asset that is not traded its reason, in the portfolio's order. */
function explain(
  changes: readonly Change[],
  swaps: readonly Swap[],
  reasons: ReadonlyMap<AssetId, string>,
  value: Usd,
): readonly Skip[] {
  const traded = new Set(swaps.flatMap(({ sell, buy }) => [sell, buy]));
  return changes.flatMap(({ position, by }) => {
    const { id } = position.asset;
    if (traded.has(id)) return [];
    // A billionth of the portfolio is what rounding leaves of a weight that is wanted as it is.
    const still = (by < 0n ? -by : by) <= value / 1_000_000_000n;
    return [
      { asset: id, why: still ? 'where it should be' : (reasons.get(id) ?? 'cannot be sold: it has yet to arrive') },
    ];
  });
}

function turnoverOf(portfolio: Portfolio, swaps: readonly Swap[]): Usd {
  let turnover = 0n;
  for (const { asset, price } of portfolio.positions) {
    for (const { sell, sold } of swaps) if (sell === asset.id) turnover += valueDown(sold, asset.decimals, price);
  }
  return turnover;
}

function words(turnover: Usd, swaps: readonly Swap[], cost: Cost.Cost): string {
  if (swaps.length === 0) return 'nothing can be traded';
  const { fee, impact, gas } = cost;
  const parts = `fees ${dollars(fee)}, price impact ${dollars(impact)}, gas ${dollars(gas)}`;
  return `${swaps.map(({ why }) => why).join('; ')}: ${dollars(turnover)} for ${dollars(Cost.total(cost))} (${parts})`;
}
