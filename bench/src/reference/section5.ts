// Automated market makers: the integer engines against published figures of the contracts, and what providing liquidity costs.

import {
  Concentrated,
  ConstantProduct,
  FixedPoint,
  ImpermanentLoss,
  Liquidity,
  Lvr,
  SqrtPrice,
  StableSwap,
  Weighted,
} from '@trimtab/core';
import type { Case } from './Probe.ts';
import { list, matrix, number, numbers, record, text } from './read.ts';
import { simulateArbitrage } from './simulate/arbitrage.ts';

/** One token, in atoms. */
const ONE = FixedPoint.ONE;
const DAY = 86_400;

export const section5: { readonly [id: string]: Case } = {
  'S5.1': (probe) => {
    for (const [input = NaN, x = NaN, y = NaN] of matrix(probe.inputs['rows'])) {
      const { bought } = ConstantProduct.swap(pool(atoms(x), atoms(y)), 'A', atoms(input));
      probe.equal(`(${input}, ${x}, ${y})`, bought, 'exact');
    }
  },

  'S5.2': (probe) => {
    const [out, x, y] = ['out', 'rIn', 'rOut'].map((name) => atoms(Number(probe.inputs[name]) / 1e18));
    const before = pool(x ?? 0n, y ?? 0n);
    const { sold } = ConstantProduct.swapOut(before, 'A', out ?? 0n);
    probe.equal('amount_in', sold, 'exact');
    probe.equal('back', ConstantProduct.swap(before, 'A', sold).bought, 'exact');
  },

  'S5.3': (probe) => {
    const read = (name: string) => atoms(number(probe.inputs[name]));
    const before: Weighted = {
      kind: 'weighted',
      id: 'S5.3',
      assets: ['A', 'B'],
      reserves: [read('Bi'), read('Bo')],
      weights: [read('Wi'), read('Wo')],
      scales: [1n, 1n],
      fee: read('fee'),
    };
    const near = { rel: probe.tolerance(/rel (\S+)/) };
    probe.equal('out', tokens(Weighted.swap(before, 'A', read('x')).bought), near);
    probe.equal('inn', tokens(Weighted.swapOut(before, 'A', read('y')).sold), near);
  },

  'S5.4': (probe) => {
    const fee = number(probe.inputs['fee']);
    for (const row of list(probe.inputs['rows']).map(record)) {
      const reserves = numbers(row['reserves']);
      const before: StableSwap = {
        kind: 'stable-swap',
        id: 'S5.4',
        rounding: 'curve',
        assets: reserves.map(String).map((_, place) => String(place)),
        reserves: reserves.map(atoms),
        rates: reserves.map(() => ONE),
        amp: BigInt(number(row['amp'])),
        ampPrecision: 1n,
        fee: BigInt(fee) * 10n ** 8n,
        adminFee: 0n,
      };
      const swapped = StableSwap.swap(before, String(row['from']), atoms(number(row['dx'])), String(row['to']));
      probe.equal(text(row['name']), swapped.bought, 'exact');
    }
  },

  'S5.5': (probe) => {
    for (const tick of numbers(probe.inputs['ticks'])) probe.equal(String(tick), SqrtPrice.atTick(tick), 'exact');
  },

  'S5.6': (probe) => {
    const liquidity = BigInt(Number(probe.inputs['liquidity']));
    const feePpm = number(probe.inputs['feePpm']);
    for (const row of list(probe.inputs['rows']).map(record)) {
      const name = text(row['name']);
      const [above = NaN, below = NaN] = numbers(row['target']);
      const target = FixedPoint.sqrtDown((BigInt(above) << 192n) / BigInt(below));
      const [step, given] =
        'in' in row ? [Concentrated.stepTowards, row['in']] : [Concentrated.stepTowardsOut, row['out']];
      const { input, fee, output } = step(SqrtPrice.Q96, target, liquidity, BigInt(Number(given)), feePpm);
      probe.equal(`${name}/amountIn`, input, 'exact');
      probe.equal(`${name}/fee`, fee, 'exact');
      if ('in' in row) probe.equal(`${name}/amountOut`, output, 'exact');
      else probe.holds(`${name} brings what was asked for`, output === BigInt(Number(given)));
    }
  },

  'S5.7': (probe) => {
    const near = { rel: probe.tolerance(/rel (\S+)/) };
    const start = number(probe.inputs['P']);
    let price = root(start);
    let remaining = atoms(number(probe.inputs['dy_in']));
    let output = 0n;
    for (const [, high = NaN, liquidity = NaN] of matrix(probe.inputs['segs']).filter(
      ([, high = NaN]) => high > start,
    )) {
      const feePpm = number(probe.inputs['fee']) * 1e6;
      const step = Concentrated.stepTowards(price, root(high), atoms(liquidity), remaining, feePpm);
      remaining -= step.input + step.fee;
      output += step.output;
      price = step.price;
    }
    probe.equal('out', tokens(output), near);
    probe.equal('P_end', (Number(price) / 2 ** 96) ** 2, near);
    probe.holds('all of the input is spent', remaining === 0n);
  },

  'S5.8': (probe) => {
    const near = { rel: probe.tolerance(/rel (\S+)/) };
    for (const [name, value] of Object.entries(record(probe.inputs['weighted']))) {
      const [weight = NaN, ratio = NaN] = numbers(value);
      probe.equal(name, ImpermanentLoss.ofWeighted(weight, ratio), near);
    }
    for (const [name, value] of Object.entries(record(probe.inputs['range']))) {
      const [low = NaN, high = NaN, price = NaN, ratio = NaN] = numbers(value);
      probe.equal(name, ImpermanentLoss.ofRange(low, high, price, ratio), near);
    }
  },

  'S5.9': (probe) => {
    const sigma = number(probe.inputs['sigma_daily']);
    const near = { rel: probe.tolerance(/rel (\S+)/) };
    probe.equal('cpmm_daily_bp', Lvr.ofWeighted(sigma) * 1e4, near);
    probe.equal('weighted_80_20', Lvr.ofWeighted(sigma, 0.8) * 1e4, near);
    probe.equal('v3_range_half_2_at_1', Lvr.ofRange(sigma, 0.5, 2, 1) * 1e4, near);
  },

  'S5.10': (probe) => {
    const near = { abs: probe.tolerance(/abs (\S+)/) };
    for (const seconds of numbers(probe.inputs['block_s'])) {
      const row = [1, 5, 10, 30, 100].map((bp) => {
        return 100 * Lvr.tradeProbability({ sigma: 0.05, fee: bp / 1e4, block: seconds / DAY });
      });
      probe.equal(`${seconds}s`, row, near);
    }
  },

  'S5.11': (probe) => {
    const fees = {
      sigma: number(probe.inputs['sigma']),
      fee: number(probe.inputs['fee']),
      block: number(probe.inputs['block_s']) / DAY,
    };
    const formula = { rel: probe.tolerance(/formula rel (\S+?);/) };
    probe.equal('P_trade', Lvr.tradeProbability(fees), formula);
    probe.equal('ARB_per_day', Lvr.arbitrage(fees), formula);
    const simulator = { rel: probe.tolerance(/simulator rel (\S+)/) };
    const played = simulateArbitrage(fees, 4_000_000, 11);
    probe.equal('P_trade', played.probability, simulator);
    probe.equal('ARB_per_day', played.rate, simulator);
  },

  'S5.12': (probe) => {
    const read = (name: string) => number(probe.inputs[name]);
    const swapped = Liquidity.zap(read('A'), read('R'), read('fee'));
    probe.equal('swap', swapped, { rel: probe.tolerance(/rel (\S+)/) });
  },
};

function pool(x: bigint, y: bigint): ConstantProduct {
  return { kind: 'constant-product', id: 'pool', assets: ['A', 'B'], reserves: [x, y], feePpm: 3_000 };
}

/** What is printed has at most nine decimals: the rest of the eighteen are zeros. */
function atoms(amount: number): bigint {
  return FixedPoint.parse(amount.toFixed(9), 18);
}

function tokens(amount: bigint): number {
  return Number(amount) / 1e18;
}

/** The square root of a price, with 96 fractional bits. */
function root(price: number): bigint {
  return FixedPoint.sqrtDown((atoms(price) << 192n) / ONE);
}
