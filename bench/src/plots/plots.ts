// The three pictures that a person who sets a band should have seen: what a wrong band costs, how a band should follow
// volatility, and how trading and drift share the cost at the best one. All through core's public functions.

import { Frequency, NoTrade } from '@trimtab/core';
import { chart, type Line } from './chart.ts';
import { simulateBand } from '../reference/simulate/drift.ts';

/** One asset of half the portfolio at 80 % a year, risk aversion 2; 30 bp to trade, or gas of 1 bp of the portfolio. */
const [VOLATILITY, WEIGHT, AVERSION, SPREAD, GAS] = [0.8, 0.5, 2, 0.003, 0.0001];

type Setting = Parameters<typeof NoTrade.of>[0];

type Cost = 'proportional' | 'fixed';

/** Draw every plot, by the name of its file. */
export function plots(): { readonly [name: string]: string } {
  return { 'error-of-a-band': errorOfABand(), 'band-and-volatility': bandAndVolatility(), 'cost-laws': costLaws() };
}

function errorOfABand(): string {
  const widths = range(0.4, 2.2, 0.02);
  const loss = (cost: Cost) => (x: number) => {
    const setting = settingOf(cost, VOLATILITY);
    const best = NoTrade.of(setting);
    return (NoTrade.rate(setting, scaled(best, x)).cost / best.cost - 1) * 100;
  };
  const law = (cost: Cost): Line => ({
    name: cost === 'fixed' ? 'gas only, to target' : 'proportional, to edge',
    style: 'line',
    points: widths.map((x) => [x, loss(cost)(x)]),
  });
  return chart({
    title: 'What a band of the wrong width costs',
    x: { name: 'width ÷ best width', marks: [0.4, 0.6, 0.8, 1, 1.2, 1.4, 1.6, 1.8, 2, 2.2] },
    y: { name: 'cost above the least (%)', marks: [0, 20, 40, 60, 80, 100] },
    lines: [law('proportional'), law('fixed')],
  });
}

function bandAndVolatility(): string {
  const levels = range(0.2, 1.6, 0.02);
  const objectives = ['risk-aversion', 'deviation-penalty', 'trade-frequency', 'tracking-error'] as const;
  const lines = objectives.flatMap((objective) =>
    (objective === 'deviation-penalty' ? (['proportional', 'fixed'] as const) : (['fixed'] as const)).map(
      (cost): Line => {
        const power = Frequency.exponent(objective, cost);
        return {
          name: `${objective.replace('-', ' ')}: ${power === 2 / 3 ? '2/3' : power}`,
          style: 'line',
          points: levels.map((sigma) => [sigma, (sigma / VOLATILITY) ** power]),
        };
      },
    ),
  );
  // Not the law again but the best band itself, found anew at every volatility with the penalty held.
  const held = settingOf('proportional', VOLATILITY).curvature;
  const found = range(0.2, 1.6, 0.2).map((sigma) => {
    const at = (level: number) => NoTrade.of({ ...settingOf('proportional', level), curvature: held }).trigger;
    return [sigma, at(sigma) / at(VOLATILITY)] as const;
  });
  return chart({
    title: 'How a band follows volatility, by what is held constant',
    x: { name: 'volatility a year', marks: [0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.4, 1.6] },
    y: { name: 'width ÷ width at 0.8', marks: [0, 0.5, 1, 1.5, 2] },
    lines: [...lines, { name: 'best band, penalty held', style: 'dots', points: found }],
  });
}

function costLaws(): string {
  const widths = range(0.5, 1.8, 0.02);
  const ratio = (cost: Cost) => (x: number) => {
    const setting = settingOf(cost, VOLATILITY);
    const { trading, penalty } = NoTrade.rate(setting, scaled(NoTrade.of(setting), x));
    return trading / penalty;
  };
  const simulated = (cost: Cost): Line => {
    const setting = settingOf(cost, VOLATILITY);
    const best = NoTrade.of(setting);
    const points = [0.6, 0.8, 1, 1.2, 1.5].map((x) => {
      const run = { weight: WEIGHT, volatility: VOLATILITY, ...scaled(best, x), cycles: 4_000 };
      const { trades, turnover, meanSquare } = simulateBand(run, 1);
      const trading = setting.fixed * trades + setting.proportional * turnover;
      return [x, trading / ((setting.curvature / 2) * meanSquare)] as const;
    });
    return { name: `${cost}, simulated`, style: 'dots', points };
  };
  const law = (cost: Cost): Line => ({
    name: `${cost}, formula`,
    style: 'line',
    points: widths.map((x) => [x, ratio(cost)(x)]),
  });
  return chart({
    title: 'Trading cost ÷ cost of drift: 2 : 1 and 1 : 1 at the best band',
    x: { name: 'width ÷ best width', marks: [0.5, 0.75, 1, 1.25, 1.5, 1.75] },
    y: { name: 'trading ÷ drift', marks: [0, 1, 2, 3, 4, 5] },
    lines: [law('proportional'), simulated('proportional'), law('fixed'), simulated('fixed')],
  });
}

function settingOf(cost: Cost, volatility: number): Setting {
  return {
    variance: NoTrade.varianceOf(WEIGHT, volatility),
    curvature: AVERSION * volatility ** 2,
    proportional: cost === 'proportional' ? SPREAD : 0,
    fixed: cost === 'fixed' ? GAS : 0,
  };
}

function scaled({ trigger, landing }: NoTrade, x: number): Pick<NoTrade, 'trigger' | 'landing'> {
  return { trigger: trigger * x, landing: landing * x };
}

function range(from: number, to: number, step: number): readonly number[] {
  return Array.from({ length: Math.round((to - from) / step) + 1 }, (_, index) => from + index * step);
}
