// Lending: rate curves, and how much to place where.

import { AdaptiveCurve, chooseMarkets, Kinked, LendingAllocation, type Model } from '@trimtab/core';
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

/** Place amounts by branches and cubic roots, and by choosing among the pools as markets: both answer each case. */
function allocate(probe: Probe, deposits: Exclude<Nearness, 'exact'>, yearlyNear: Nearness): void {
  const pools = list(probe.inputs['pools']).map(poolOf);
  for (const amount of numbers(probe.inputs['X'])) {
    for (const { placed, yearly } of [LendingAllocation.of(pools, amount), choose(pools, amount)]) {
      const least = Math.min(...placed.filter((deposit) => deposit > 0));
      probe.equal(`${amount}/x`, placed, { abs: 'abs' in deposits ? deposits.abs : deposits.rel * least });
      probe.equal(`${amount}/yearly`, yearly, yearlyNear);
    }
  }
}

function choose(
  pools: readonly LendingAllocation.Pool[],
  amount: number,
): { readonly placed: readonly number[]; readonly yearly: number } {
  const offers = pools.map((pool, place) => ({ alternatives: waysInto(pool, [0, place + 1]), fixed: 0 }));
  const goal = {
    kind: 'convert',
    holdings: [amount, ...pools.map(() => 0)],
    values: [1, ...pools.map(() => 1)],
  } as const;
  const { trades, value } = chooseMarkets(pools.length + 1, offers, goal, { gap: 1e-13, looks: 1_000 });
  return { placed: trades.map((trade) => (trade === undefined ? 0 : -(trade.got[0] ?? NaN))), yearly: value };
}

/**
 * A pool's deposits, of which each earns for a year: one more earns (1 − R)·B·((AS − cB)/y² + 2cBS/y³) with y what is supplied after
 * it, where borrowers pay A + c·B/y. Above its kink a pool that much steeper is another market, up to the kink; the one below it promises
 * less than that there, so that no choice is promised too much.
 */
function waysInto(pool: LendingAllocation.Pool, tokens: readonly [number, number]): readonly Model[] {
  const { supplied, borrowed, base, slopeBelow, slopeAbove, kink, reserve } = pool;
  const way = (flat: number, slope: number, most: number): Model => {
    const kept = ((1 - reserve) * borrowed) / supplied ** 2;
    const earns = [kept * (flat * supplied - slope * borrowed), 2 * kept * slope * borrowed] as const;
    return { kind: 'deposit', tokens, rate: 1, supplied, earns, most };
  };
  const below = way(base, slopeBelow / kink, supplied);
  const room = borrowed / kink - supplied;
  if (room <= 0) return [below];
  return [below, way(base + slopeBelow - (slopeAbove * kink) / (1 - kink), slopeAbove / (1 - kink), room)];
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
