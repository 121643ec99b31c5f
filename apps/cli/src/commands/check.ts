// Whether a configuration holds together, and what it means: the strategy in words and every band in numbers, absolute
// and relative side by side, because the two are the commonest thing to mistake for one another. Needs no network.

import type { Command } from 'commander';
import type { Config } from '@trimtab/engine';
import * as Bands from '../Bands.ts';
import * as Exit from '../Exit.ts';
import * as Figure from '../Figure.ts';
import type { Outcome } from '../Outcome.ts';
import { readConfig } from '../readConfig.ts';
import { configured, report } from '../report.ts';
import type { Configured } from '../report.ts';
import * as Table from '../Table.ts';

export function define(program: Command): void {
  configured(program.command('check'))
    .description('validate the configuration; say the strategy in words and the bands in numbers')
    .action((flags: Configured) => report(flags, () => check(flags)));
}

/** Check a configuration. Throws ConfigUnreadable and ConfigError. */
export async function check(flags: Configured): Promise<Outcome> {
  const { config, source } = await readConfig(flags.config);
  const bands = Bands.of(config.strategy);
  const sentences = inWords(config);
  const warnings = warn(config, bands);
  return {
    exit: Exit.DONE,
    text: [
      `${source.file} is valid.`,
      '',
      ...sentences,
      '',
      table(bands),
      ...(warnings.length === 0 ? [] : ['', ...warnings.map((warning) => `Warning: ${warning}`)]),
    ].join('\n'),
    json: { command: 'check', file: source.file, mode: config.mode, strategy: sentences, bands, warnings },
  };
}

function table(bands: readonly Bands.Banded[]): string {
  const columns = ['absolute', 'relative', 'rebalance outside'].map((title) => ({ title, lean: 'right' as const }));
  return Table.render(
    [{ title: 'asset', lean: 'left' }, { title: 'target', lean: 'right' }, ...columns],
    bands.map(({ symbol, target, absolute, relative, band }) => [
      symbol,
      Figure.share(target),
      ...[absolute, relative, band].map(range),
    ]),
  );
}

function range(bounds: Bands.Bounds | undefined): string {
  return bounds === undefined ? '–' : `${Figure.share(bounds[0])} … ${Figure.share(bounds[1])}`;
}

function inWords({ mode, every, strategy }: Config.Config): readonly string[] {
  const { band, calendar, trading, landing, targets } = strategy;
  const listed = Object.entries(targets).map(([symbol, weight]) => `${symbol} ${Figure.share(weight)}`);
  const triggers = [
    ...(band === undefined ? [] : ['an asset leaves its band']),
    ...(calendar === undefined ? [] : [`a new period of ${Figure.duration(calendar.every)} begins`]),
  ];
  return [
    `Hold ${listed.join(', ')}.`,
    `Look every ${Figure.duration(every)}; rebalance when ${triggers.join(' or ')}, back to the ${landing === 'target' ? 'target' : 'edge of the band'}.`,
    `Leave trades under ${Figure.usd(trading.minNotional)} alone; accept at most ${Figure.bps(trading.slippage)} less than quoted; give a plan ${Figure.duration(trading.lifetime)} to settle.`,
    `Refuse a plan ${strategy.within.map(limitInWords).join('; ')}.`,
    mode === 'live' ? 'Mode live: `trimtab run --live` signs and sends.' : 'Mode dry-run: nothing is ever signed.',
  ];
}

function limitInWords(limit: Config.Wanted['within'][number]): string {
  switch (limit.kind) {
    case 'staleness':
      return `on a price more than ${Figure.duration(limit.grace)} past its heartbeat`;
    case 'divergence':
      return `where prices differ by more than ${Figure.bps(limit.max)}`;
    case 'slippage':
      return `with a floor more than ${Figure.bps(limit.max)} below the price`;
    case 'turnover':
      return `that sells more than ${Figure.bps(limit.max)} of the value`;
    case 'worthwhile':
      return `that costs more than ${Figure.bps(limit.maxCost)} of what it trades`;
  }
}

function warn({ strategy }: Config.Config, bands: readonly Bands.Banded[]): readonly string[] {
  const blind = bands.filter(({ target, band }) => target > 0 && band !== undefined && band[0] === 0);
  const bare = bands.filter(({ band }) => strategy.band !== undefined && band === undefined);
  const floor = strategy.within.find((limit) => limit.kind === 'slippage');
  return [
    ...blind.map(
      ({ symbol, target }) =>
        `the band of ${symbol} reaches down to 0 %, so a fall of ${symbol} never triggers; choose a width below ${Figure.share(target)}.`,
    ),
    ...bare.map(({ symbol }) => `no band guards ${symbol}; give it a width under \`band\` or \`band.per-asset\`.`),
    ...(floor?.kind === 'slippage' && strategy.trading.slippage > floor.max
      ? [
          `slippage ${Figure.bps(strategy.trading.slippage)} is above limits.slippage ${Figure.bps(floor.max)}, so plans will be refused; lower the one or raise the other.`,
        ]
      : []),
  ];
}
