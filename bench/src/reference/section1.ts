// Constant mix: how it grows, how it tracks, and when its bands are left.

import { Brownian, ConstantMix } from '@trimtab/core';
import { Random } from '@trimtab/lab';
import type { Case, Probe } from './Probe.ts';
import { number, numbers } from './read.ts';
import { type Assets, simulateLag, simulateWealth } from './simulate/discreteMix.ts';
import { simulateExit, type Watched } from './simulate/exits.ts';

const YEAR_DAYS = 365;
const HOUR = 1 / (YEAR_DAYS * 24);

export const section1: { readonly [id: string]: Case } = {
  'S1.1': (probe) => {
    const { weights, covariance } = mixOf(probe);
    probe.equal('egr', ConstantMix.excessGrowth(covariance, weights), { rel: probe.tolerance(/rel (\S+)/) });
  },

  'S1.2': (probe) => {
    const weight = number(probe.inputs['w']);
    const path = numbers(probe.inputs['path']).map((gross) => [gross, 1]);
    probe.holds('the path has n steps', path.length === number(probe.inputs['n']));
    const held = path.reduce((before, [gross = 1]) => before * gross, 1);
    const rel = probe.tolerance(/rel (\S+)/);
    probe.equal('V10', ConstantMix.wealth([weight, 1 - weight], path), { rel });
    probe.equal('buy_and_hold', ConstantMix.wealth([weight, 1 - weight], [[held, 1]]), { rel });
  },

  'S1.3': (probe) => {
    const gross = numbers(probe.inputs['asset']);
    const abs = probe.tolerance(/abs (\S+)/);
    const equally = (all: readonly (readonly number[])[]) =>
      all.map((returns) => ({ probability: 1 / all.length, returns }));
    const alone = equally(gross.map((one) => [one, 1]));
    const both = equally(gross.flatMap((one) => gross.map((other) => [one, other])));
    probe.equal('one_asset_and_cash', ConstantMix.expectedLogGrowth([0.5, 0.5], alone), { abs });
    probe.equal('two_independent_assets', ConstantMix.expectedLogGrowth([0.5, 0.5], both), { abs });
  },

  'S1.4': (probe) => {
    const mix = { ...mixOf(probe), drifts: numbers(probe.inputs['mu']) };
    const years = number(probe.inputs['T']);
    for (const steps of numbers(probe.inputs['N'])) {
      const { mean, deviation } = ConstantMix.moments(mix, years / steps, steps);
      probe.equal(`N${steps}`, [mean, deviation], { rel: probe.tolerance(/formula rel (\S+?);/) });
      const simulated = simulateWealth(assetsOf(probe, mix.drifts), years / steps, steps, 6_000, 14);
      probe.estimate(`N${steps}/0`, simulated.mean.value, simulated.mean.standardError);
      probe.estimate(`N${steps}/1`, simulated.deviation.value, simulated.deviation.standardError);
    }
  },

  'S1.5': (probe) => {
    const { w, mu, sigma, r, N } = probe.inputs;
    const [weight, drift, volatility, rate] = [number(w), number(mu), number(sigma), number(r)];
    const abs = probe.tolerance(/abs (\S+)/);
    for (const times of numbers(N)) {
      const growth = ConstantMix.logGrowth({ weight, drift, volatility, rate, step: 1 / times });
      probe.equal(`N${times}`, growth, { abs });
    }
    const covariance = [
      [volatility ** 2, 0],
      [0, 0],
    ];
    const ideal = ConstantMix.growth({ weights: [weight, 1 - weight], drifts: [drift, rate], covariance });
    probe.equal('continuous', ideal, { abs });
  },

  'S1.6': (probe) => {
    const [w0 = 0, w1 = 0] = numbers(probe.inputs['w']);
    const volatility = number(probe.inputs['sigma']);
    const step = number(probe.inputs['dt_days']) / YEAR_DAYS;
    const covariance = [
      [volatility ** 2, 0],
      [0, 0],
    ];
    const found = ConstantMix.trackingError(covariance, [w0, w1], step);
    const rel = probe.tolerance(/formula rel (\S+?);/);
    probe.equal('te', found, { rel });
    probe.formula('one_asset_formula', found, w0 * (1 - w0) * volatility ** 2 * Math.sqrt(step / 2), { rel });
    track(probe, { weights: [w0, 0, w1], drifts: [0, 0, 0], volatilities: [volatility, 0, 0], correlation: 0 }, step);
  },

  'S1.7': (probe) => {
    const { weights, covariance } = mixOf(probe);
    const step = number(probe.inputs['dt_days']) / YEAR_DAYS;
    const rel = probe.tolerance(/formula rel (\S+?);/);
    probe.equal('te', ConstantMix.trackingError(covariance, weights, step), { rel });
    track(probe, assetsOf(probe, [0, 0, 0]), step);
  },

  'S1.8': (probe) => {
    const band = bandOf(probe);
    const { up, down, upProbability, meanTime, trades, turnover } = ConstantMix.leave(band);
    const rel = probe.tolerance(/formula rel (\S+?);/);
    probe.equal(
      '',
      { u: up, d: down, mean_time: meanTime, p_up: upProbability, trades_per_year: trades, turnover },
      { rel },
    );
    // Watched every hour, barriers that stand nearer by the correction are left like the ones that are always watched.
    const shift = Brownian.watchedEvery(HOUR, { ...band, up, down }).up - up;
    const nearer = { ...band, up: up - shift, down: down - shift, step: HOUR };
    const simulated = leaveOften(nearer, band.weight, Random.stream(18));
    const near = { rel: probe.tolerance(/simulator \(dt<=1h\) rel (\S+)/) };
    probe.equal('mean_time', simulated.time, near);
    probe.equal('p_up', simulated.upProbability, near);
    probe.equal('trades_per_year', 1 / simulated.time, near);
    probe.equal('turnover', simulated.traded / simulated.time, near);
  },

  'S1.9': (probe) => {
    const steps = { continuous: 0, daily: 24 * HOUR, hourly: HOUR };
    const tolerances = { daily: /simulator rel (\S+) \(daily\)/, hourly: /, (\S+) \(hourly\)/ };
    for (const [name, step] of Object.entries(steps)) {
      const { up, down, upProbability, meanTime, trades } = ConstantMix.leave({ ...bandOf(probe), watchedEvery: step });
      const figures = { u: up, d: down, mean_time: meanTime, p_up: upProbability, trades_per_year: trades };
      probe.equal(name, figures, { rel: 1e-9 });
      if (name !== 'daily' && name !== 'hourly') continue;
      const near = { rel: probe.tolerance(tolerances[name]) };
      const band = bandOf(probe);
      const simulated = leaveOften({ ...band, up, down, step }, band.weight, Random.stream(19));
      probe.equal(`${name}/mean_time`, simulated.time, near);
      probe.equal(`${name}/p_up`, simulated.upProbability, near);
      probe.equal(`${name}/trades_per_year`, 1 / simulated.time, near);
    }
  },
};

/** Exits played: with a deviation of four fifths of it, their mean time has a standard error of a quarter of a percent. */
const EXITS = 100_000;

/** Leave a band often, from `weight`: the mean time {yr}, the share of exits upwards {1} and what one trades to come back {1}. */
function leaveOften(watched: Watched, weight: number, random: Random) {
  let [steps, ups, traded] = [0, 0, 0];
  for (let count = 0; count < EXITS; count++) {
    const exit = simulateExit(watched, random);
    steps += exit.steps;
    ups += exit.place > 0 ? 1 : 0;
    traded += Math.abs(ConstantMix.logistic(ConstantMix.logit(weight) + exit.place) - weight);
  }
  return { time: (steps * watched.step) / EXITS, upProbability: ups / EXITS, traded: traded / EXITS };
}

/** Compare a simulated tracking error: 200,000 steps, whose own standard error is half a percent. */
function track(probe: Probe, assets: Assets, step: number): void {
  const variance = varianceOf(simulateLag(assets, step, 200_000, 16));
  probe.equal('te', Math.sqrt(variance / step), { rel: probe.tolerance(/simulator rel (\S+)/) });
}

function mixOf({ inputs }: Probe): {
  readonly weights: readonly number[];
  readonly covariance: readonly (readonly number[])[];
} {
  const sigma = numbers(inputs['sigma']);
  const correlation = (i: number, j: number) => (i === j ? 1 : i + j === 1 ? number(inputs['rho12']) : 0);
  return {
    weights: numbers(inputs['w']),
    covariance: sigma.map((one, i) => sigma.map((other, j) => correlation(i, j) * one * other)),
  };
}

function assetsOf({ inputs }: Probe, drifts: readonly number[]): Assets {
  return {
    weights: three(numbers(inputs['w'])),
    drifts: three(drifts),
    volatilities: three(numbers(inputs['sigma'])),
    correlation: number(inputs['rho12']),
  };
}

function three([a = NaN, b = NaN, c = NaN]: readonly number[]): readonly [number, number, number] {
  return [a, b, c];
}

function bandOf({ inputs }: Probe): ConstantMix.Band {
  const [weight, half] = [number(inputs['w0']), number(inputs['h'])];
  const [drift, volatility] = [number(inputs['m']), number(inputs['s'])];
  return { weight, low: weight - half, high: weight + half, drift, volatility, watchedEvery: 0 };
}

function varianceOf(values: Float64Array): number {
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  return values.reduce((total, value) => total + (value - mean) ** 2, 0) / (values.length - 1);
}
