// Constant-proportion and time-invariant portfolio protection.

import { CppiRisk } from '@trimtab/core';
import type { Case, Probe } from './Probe.ts';
import { number, numbers } from './read.ts';
import { shortfalls } from './simulate/cppi.ts';

/** The names of the discrete cases say what they are: multiplier, steps, volatility. */
const DISCRETE = { 'm12_n12_s.1': [12, 12, 0.1], 'm12_n12_s.2': [12, 12, 0.2], 'm12_n24_s.2': [12, 24, 0.2] } as const;

/** Shortfalls awaited: their share then has a standard error below a hundredth of it, however rare they are. */
const SHORTFALLS = 12_000;

export const section2: { readonly [id: string]: Case } = {
  'S2.1': (probe) => {
    const insured = insuredBy(probe);
    const rel = probe.tolerance(/rel (\S+)/);
    const { mean, deviation } = CppiRisk.continuous(insured);
    const figures = {
      C0: CppiRisk.cushion(insured),
      EV: mean,
      SD: deviation,
      VT: CppiRisk.continuousValue(insured, number(probe.inputs['ST_S0'])),
    };
    probe.equal('', figures, { rel });
  },

  'S2.2': (probe) => {
    for (const [name, [m, n, sigma]] of Object.entries(DISCRETE)) {
      discrete(probe, `${name}/`, insuredBy(probe, { m, sigma }), n);
    }
  },

  'S2.3': (probe) => discrete(probe, '', insuredBy(probe), number(probe.inputs['n'])),

  'S2.4': (probe) => {
    const { C, m, Rf, theta, R } = probe.inputs;
    for (const gross of numbers(R)) {
      const { cushion, exposure } = CppiRisk.step(number(C), number(m), gross, number(Rf), number(theta));
      probe.equal(`R${gross}`, [cushion, exposure], { rel: probe.tolerance(/rel (\S+)/) });
    }
  },

  'S2.5': (probe) => {
    const { m, m_lo, m_hi, mu, sigma, r } = probe.inputs;
    const { up, down, time, upwards } = CppiRisk.exit(
      { low: number(m_lo), multiplier: number(m), high: number(m_hi) },
      { drift: number(mu), volatility: number(sigma), rate: number(r) },
    );
    probe.equal('', { u: up, d: down, mean_time: time, p_up: upwards }, { rel: probe.tolerance(/formula rel (\S+)/) });
  },

  'S2.6': (probe) => {
    const { V0, alpha, m, returns } = probe.inputs;
    const { value, peak } = CppiRisk.tipp(number(V0), number(alpha), number(m), numbers(returns));
    probe.equal('', { V: value, M: peak }, { rel: probe.tolerance(/rel (\S+)/) });
  },

  'S2.7': (probe) => {
    const { V0, alpha, m, sigma, dt, logS } = probe.inputs;
    const setting = { value: number(V0), alpha: number(alpha), multiplier: number(m), volatility: number(sigma) };
    const { value, peak } = CppiRisk.tippContinuous(setting, number(dt), numbers(logS));
    probe.equal('', { V: value, M: peak }, { rel: probe.tolerance(/rel (\S+)/) });
  },
};

function insuredBy({ inputs }: Probe, own: { readonly m?: number; readonly sigma?: number } = {}): CppiRisk.Insured {
  return {
    value: number(inputs['V0']),
    guarantee: number(inputs['G']),
    years: number(inputs['T']),
    multiplier: own.m ?? number(inputs['m']),
    drift: number(inputs['mu']),
    volatility: own.sigma ?? number(inputs['sigma']),
    rate: number(inputs['r']),
  };
}

/** The formula to its own tolerance, and the probability of a shortfall by simulation to three standard errors. */
function discrete(probe: Probe, place: string, insured: CppiRisk.Insured, steps: number): void {
  const rel = probe.tolerance(/formula rel (\S+?);/);
  const { local, global, mean, shortfall } = CppiRisk.discrete(insured, steps);
  const figures = { PLS: local, PSF: global, EV: mean, ES: shortfall };
  for (const [name, figure] of Object.entries(figures)) probe.equal(`${place}${name}`, figure, { rel });
  const counted = shortfalls(insured, steps, Math.ceil(SHORTFALLS / global), 2_009);
  probe.estimate(`${place}PSF`, counted.share, counted.standardError);
}
