// Lending: rate curves, and how much to place where.

import { AdaptiveCurve, Kinked, LendingAllocation } from '@trimtab/core';
import type { Case, Nearness, Probe } from './Probe.ts';
import { list, number, numbers, record } from './read.ts';

export const section13: { readonly [id: string]: Case } = {
  'S13.1': (probe) => {
    const nearness = { rel: probe.tolerance(/^rel (\S+)$/) };
    const { base, slopeBelow, slopeAbove, kink, reserve } = poolOf(probe.inputs['pool']);
    const curve: Kinked = {
      kind: 'kinked',
      base: ray(base),
      slopeBelow: ray(slopeBelow),
      slopeAbove: ray(slopeAbove),
      kink: ray(kink),
      reserveFactor: Math.round(reserve * 10_000),
    };
    for (const usage of numbers(probe.inputs['u'])) {
      const rates = [Kinked.borrowRate, Kinked.supplyRate].map((of) => of(curve, ray(1), ray(usage)));
      probe.equal(
        `${usage}`,
        rates.map((rate) => Number(rate) / 1e27),
        nearness,
      );
    }
  },
  'S13.2': (probe) => {
    const deposits = { abs: probe.tolerance(/x abs (\S+) \$/) };
    allocate(probe, deposits, { rel: probe.tolerance(/yearly rel (\S+)$/) });
  },
  'S13.3': (probe) => {
    const yearly = { rel: probe.tolerance(/^yearly rel (\S+)$/) };
    // Deposits have no tolerance of their own: they are held to that of the yield, as shares of the least of them.
    allocate(probe, yearly, yearly);
  },
  'S13.4': (probe) => {
    const nearness = { rel: probe.tolerance(/^rel (\S+) /) };
    const atTarget = number(probe.inputs['rT']);
    const wad = BigInt(Math.round(atTarget * 1e18));
    const rateAt = (supplied: bigint, borrowed: bigint) =>
      Number(AdaptiveCurve.rateAt(wad, AdaptiveCurve.errorAt(supplied, borrowed))) / 1e18;
    probe.equal('u1', rateAt(1n, 1n), nearness);
    probe.equal('u0', rateAt(1n, 0n), nearness);
    probe.equal('rT_after_45d_err_half', AdaptiveCurve.expected(atTarget, 0.5, 45 / 365), nearness);
    probe.equal('avg_multiplier_5d_u1', AdaptiveCurve.growth(1, 5 / 365), nearness);
  },
};

function allocate(probe: Probe, deposits: Exclude<Nearness, 'exact'>, yearlyNear: Nearness): void {
  const pools = list(probe.inputs['pools']).map(poolOf);
  for (const amount of numbers(probe.inputs['X'])) {
    const { placed, yearly } = LendingAllocation.of(pools, amount);
    const least = Math.min(...placed.filter((deposit) => deposit > 0));
    probe.equal(`${amount}/x`, placed, { abs: 'abs' in deposits ? deposits.abs : deposits.rel * least });
    probe.equal(`${amount}/yearly`, yearly, yearlyNear);
  }
}

function poolOf(value: unknown): LendingAllocation.Pool {
  const terms = record(value);
  return {
    supplied: number(terms['S']),
    borrowed: number(terms['B']),
    base: number(terms['r0']),
    slopeBelow: number(terms['s1']),
    slopeAbove: number(terms['s2']),
    kink: number(terms['u']),
    reserve: number(terms['R']),
  };
}

/** Write a number of at most 15 decimals as a ray, exactly. */
function ray(value: number): bigint {
  return BigInt(Math.round(value * 1e15)) * 10n ** 12n;
}
