// A decision told to a person: what was seen, what was wanted, what is planned at which cost, who let it pass.

import type { Asset, Cost, Decision, Drift, Plan, Snapshot, Step } from '@trimtab/core';
import * as Figure from './Figure.ts';
import * as Table from './Table.ts';

type Assets = readonly Asset[];

/** Tell a decision whole. */
export function of(decision: Decision, snapshot: Snapshot): readonly string[] {
  // What is held says its trigger as its reason already.
  const trigger = decision.kind === 'hold' ? [] : ['', decision.trigger];
  return [seen(decision, snapshot), ...trigger, ...planned(decision, snapshot.assets), '', ...verdict(decision)];
}

/** Tell what was seen: now, target, band and drift of every asset. */
export function seen(decision: Decision, snapshot: Snapshot): string {
  const columns = ['held', 'value', 'now', 'target', 'band', 'drift', 'relative'].map((title) => ({
    title,
    lean: 'right' as const,
  }));
  const rows = decision.drift.map((drift) => {
    const asset = assetOf(drift.asset, snapshot.assets);
    const atoms = snapshot.holdings.find((holding) => holding.asset === drift.asset)?.atoms ?? 0n;
    return [
      asset.symbol,
      Figure.amount(atoms, asset).split(' ')[0] ?? '',
      Figure.usd(drift.value),
      ...weights(drift),
      place(drift),
    ];
  });
  const header = `${Figure.usd(decision.value)} at block ${snapshot.block.number}, ${Figure.moment(snapshot.at)}`;
  return [header, Table.render([{ title: 'asset', lean: 'left' }, ...columns, { title: '', lean: 'left' }], rows)].join(
    '\n',
  );
}

/** Tell where an asset stands to its band: `in band`, `below its band`, `above its band`. */
export function place({ weight, band }: Drift): string {
  if (band === undefined) return 'no band';
  if (weight < band[0]) return 'below its band';
  return weight > band[1] ? 'above its band' : 'in band';
}

/** Tell one step in a line. */
export function step(step: Step, assets: Assets): string {
  if (step.kind === 'authorise')
    return `authorise plan ${step.nonce} with custody, floor ${Figure.bps(step.floorDiscount)} below the oracle`;
  const [sell, buy] = [assetOf(step.sell, assets), assetOf(step.buy, assets)];
  const pools = step.routes.map((route) => route.markets.length).reduce((sum, hops) => sum + hops, 0);
  return `sell ${Figure.amount(step.sold, sell)} for ${Figure.amount(step.expected, buy)}, at least ${Figure.amount(step.floor, buy)}, through ${pools} ${pools === 1 ? 'pool' : 'pools'}`;
}

/** Tell a cost with its parts. */
export function cost({ fee, impact, gas }: Cost): string {
  return `${Figure.usd(fee + impact + gas)} (fees ${Figure.usd(fee)}, impact ${Figure.usd(impact)}, gas ${Figure.usd(gas)})`;
}

/** Find an asset; one that is not listed is called by its id. */
export function assetOf(id: string, assets: Assets): Asset {
  return assets.find((asset) => asset.id === id) ?? { id, symbol: id, decimals: 0 };
}

function weights({ weight, target, band, absolute, relative }: Drift): readonly string[] {
  return [
    Figure.share(weight),
    Figure.share(target),
    band === undefined ? '–' : `${Figure.share(band[0])} … ${Figure.share(band[1])}`,
    Figure.points(absolute),
    relative === undefined ? '–' : Figure.relative(relative),
  ];
}

function planned(decision: Decision, assets: Assets): readonly string[] {
  const plan = decision.kind === 'hold' ? undefined : decision.plan;
  return plan === undefined ? [] : ['', 'Plan:', ...planLines(plan, assets)];
}

function planLines(plan: Plan, assets: Assets): readonly string[] {
  return [
    ...plan.steps.map(
      (each, index) =>
        `  ${index + 1}. ${step(each, assets)}${each.kind === 'swap' ? `; cost ${cost(each.cost)}` : ''}`,
    ),
    ...plan.skips.map((skip) => `  not ${assetOf(skip.asset, assets).symbol}: ${skip.why}`),
    `  sells ${Figure.usd(plan.turnover)} of ${Figure.usd(plan.value)}; costs ${cost(plan.cost)}`,
  ];
}

function verdict(decision: Decision): readonly string[] {
  switch (decision.kind) {
    case 'hold':
      return [`HOLD: ${decision.why}`];
    case 'act':
      return ['ACT: no limit stands in the way.'];
    case 'refuse':
      return [
        `REFUSED: ${decision.why}`,
        ...decision.refusals.map(
          ({ limit, was, allowed, fix }) => `  ${limit}: was ${was}, allowed ${allowed}; ${fix}`,
        ),
      ];
  }
}
