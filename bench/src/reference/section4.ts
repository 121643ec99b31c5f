// How often: gas against tracking.

import { type BandSetting, Frequency, NoTrade } from '@trimtab/core';
import type { Case, Probe } from './Probe.ts';
import { number } from './read.ts';
import { simulateBand, simulateSchedule } from './simulate/drift.ts';

export const section4: { readonly [id: string]: Case } = {
  'S4.1': (probe) => {
    const setting = settingOf(probe);
    const rel = probe.tolerance(/rel (\S+?);/);
    const { interval, cost } = Frequency.schedule(setting);
    const band = NoTrade.of(setting);
    probe.equal('', { dt: interval, cost_periodic: cost, h: band.trigger, cost_band: band.cost }, { rel });
    probe.holds('a band costs 1/√3 of a schedule', Math.abs((band.cost / cost) * Math.sqrt(3) - 1) < rel);
  },

  'S4.2': (probe) => {
    const setting = settingOf(probe);
    const { interval, cost } = Frequency.schedule(setting);
    const edge = NoTrade.of(setting);
    const target = Frequency.bandToTarget(setting);
    const figures = {
      dt: interval,
      cost_periodic: cost,
      h: edge.trigger,
      cost_band_edge: edge.cost,
      h_to_target: target.trigger,
      cost_band_to_target: target.cost,
    };
    probe.equal('', figures, { rel: probe.tolerance(/rel (\S+)/) });
  },

  'S4.3': (probe) => {
    const places = {
      N_TE2_periodic: Frequency.pareto('periodic').trades,
      N_TE2_band_to_target: Frequency.pareto('band-to-target').trades,
      TO_TE_periodic: Frequency.pareto('periodic').turnover,
      TO_TE_band_to_target: Frequency.pareto('band-to-target').turnover,
      TO_TE_band_to_edge: Frequency.pareto('band-to-edge').turnover,
    };
    probe.equal('', places, { rel: 1e-9 });
    const { periodic, target, edge } = simulate();
    const simulated = {
      N_TE2_periodic: periodic.trades,
      N_TE2_band_to_target: target.trades,
      TO_TE_periodic: periodic.turnover,
      TO_TE_band_to_target: target.turnover,
      TO_TE_band_to_edge: edge.turnover,
    };
    probe.equal('', simulated, { rel: probe.tolerance(/simulator rel (\S+)/) });
  },

  'S4.4': (probe) => {
    const setting = settingOf(probe);
    const { interval, cost } = Frequency.schedule(setting);
    const band = NoTrade.of(setting);
    probe.equal(
      '',
      { dt: interval, cost_periodic: cost, h: band.trigger, b: band.landing, cost_band: band.cost },
      { rel: probe.tolerance(/rel (\S+)/) },
    );
  },

  'S4.5': (probe) => {
    const saved = {
      band_to_edge_vs_periodic: Frequency.turnoverSaved('band-to-edge', 'periodic'),
      band_to_edge_vs_band_to_target: Frequency.turnoverSaved('band-to-edge', 'band-to-target'),
      band_to_target_vs_periodic: Frequency.turnoverSaved('band-to-target', 'periodic'),
      trades_band_to_target_vs_periodic: Frequency.tradesSaved(),
    };
    probe.equal('', saved, { rel: 1e-9 });
    const { periodic, target, edge } = simulate();
    const simulated = {
      band_to_edge_vs_periodic: 1 - edge.turnover / periodic.turnover,
      band_to_edge_vs_band_to_target: 1 - edge.turnover / target.turnover,
      band_to_target_vs_periodic: 1 - target.turnover / periodic.turnover,
      trades_band_to_target_vs_periodic: 1 - target.trades / periodic.trades,
    };
    probe.equal('', simulated, { abs: probe.tolerance(/simulator abs (\S+)/) });
  },
};

/** Simulate the three ways, in the units in which their laws are written. */
function simulate() {
  const [weight, volatility] = [0.5, 0.8];
  const a = weight * (1 - weight);
  const inUnits = ({ trades, turnover, meanSquare }: { trades: number; turnover: number; meanSquare: number }) => {
    const error = volatility * Math.sqrt(meanSquare);
    return {
      trades: (trades * error ** 2) / (a ** 2 * volatility ** 4),
      turnover: (turnover * error) / (a ** 2 * volatility ** 3),
    };
  };
  const band = { weight, volatility, trigger: 0.02, cycles: 12_000 };
  return {
    periodic: inUnits(simulateSchedule({ weight, volatility, interval: 2 / 365, intervals: 200_000 }, 43)),
    target: inUnits(simulateBand({ ...band, landing: 0 }, 43)),
    edge: inUnits(simulateBand({ ...band, landing: 0.02 }, 43)),
  };
}

function settingOf({ inputs }: Probe): BandSetting {
  const [weight, sigma] = [number(inputs['w']), number(inputs['sigma'])];
  return {
    variance: NoTrade.varianceOf(weight, sigma),
    curvature: number(inputs['gamma']) * sigma ** 2,
    proportional: number(inputs['k'] ?? 0),
    fixed: number(inputs['gas_frac'] ?? 0),
  };
}
