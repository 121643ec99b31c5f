// Allocation engines and index tracking.

import { capWeights, Covariance, FixedPoint, Frontier, Hierarchy, PriceIndex, RiskShares } from '@trimtab/core';
import type { Case } from './Probe.ts';
import { number, numbers, record, text } from './read.ts';

export const section9: { readonly [id: string]: Case } = {
  'S9.1': ({ inputs, tolerance, equal }) => {
    const rel = tolerance(/rel (\S+)/);
    const points = (index: PriceIndex.PriceIndex, prices: PriceIndex.Prices) =>
      Number(FixedPoint.format(PriceIndex.levelDown(index, prices), 18));
    const { divisor, ...basket } = record(inputs['t0']);
    const [a, b] = [member('A', basket['A']), member('B', basket['B'])];
    const t0 = pricesOf({ A: numbers(basket['A'])[1], B: numbers(basket['B'])[1] });
    const worth = [basket['A'], basket['B']]
      .map(numbers)
      .reduce((sum, [count, price]) => sum + number(count) * number(price), 0);
    const start = PriceIndex.start([a, b], t0, FixedPoint.divDown(money(worth), BigInt(number(divisor))));
    equal('I0', points(start, t0), { rel });

    const t1 = pricesOf(record(inputs['t1']));
    equal('I1', points(start, t1), { rel });
    const change = record(inputs['change']);
    const entering = record(change['in'])['C'];
    const stays = [a, b].filter(({ asset }) => asset !== text(change['out']));
    const after = PriceIndex.change(
      start,
      [...stays, member('C', entering)],
      new Map([...t1, ['C', money(numbers(entering)[1])]]),
    );
    equal('D1', Number(FixedPoint.format(PriceIndex.divisorDown(after), 18)), { rel });

    const t2 = pricesOf(record(inputs['t2']));
    equal('I2', points(after, t2), { rel });
    const split = record(inputs['split']);
    const [into, from] = numbers(split['A']);
    const doubled = PriceIndex.split(after, 'A', BigInt(number(into)), BigInt(number(from)));
    equal('I2_after_split', points(doubled, new Map([...t2, ['A', money(split['price'])]])), { rel });
  },

  'S9.2': ({ inputs, tolerance, equal }) => {
    equal('w', capWeights(numbers(inputs['w']), number(inputs['cap'])), { abs: tolerance(/abs (\S+)/) });
  },

  'S9.3': ({ inputs, tolerance, equal }) => {
    const abs = tolerance(/abs (\S+)/);
    const covariance = threeAssets(numbers(inputs['sigma']), numbers(inputs['rho']));
    equal('erc', RiskShares.budget(covariance, [1 / 3, 1 / 3, 1 / 3]), { abs });
    equal('rb_50_20_30', RiskShares.budget(covariance, [0.5, 0.2, 0.3]), { abs });
  },

  'S9.4': ({ inputs, tolerance, equal }) => {
    const abs = tolerance(/abs (\S+)/);
    const covariance = fourAssets(inputs);
    const [equally, none] = [covariance.map(() => 1 / 4), covariance.map(() => 0)];
    equal('erc', RiskShares.budget(covariance, equally), { abs });
    const least = Frontier.minimumVariance(covariance);
    const weights = least.kind === 'solved' ? least.point : [];
    equal('mv', [weights, Covariance.trackingError(covariance, weights, none)], { abs });
    equal('vol_1n', Covariance.trackingError(covariance, equally, none), { abs });
  },

  'S9.5': ({ inputs, tolerance, equal }) => {
    const covariance = threeAssets(numbers(inputs['sigma']), numbers(inputs['rho']));
    const error = Covariance.trackingError(covariance, numbers(inputs['w']), numbers(inputs['b']));
    equal('te', error, { rel: tolerance(/rel (\S+)/) });
  },

  'S9.6': ({ inputs, tolerance, equal }) => {
    const { order, weights } = Hierarchy.of(fourAssets(record(inputs['S'])));
    equal('order', order, 'exact');
    equal('w', weights, { abs: tolerance(/abs (\S+)/) });
  },
};

/** The correlations of the first two, the first and last, and the last two. */
function threeAssets(deviations: readonly number[], [first, second, third]: readonly number[]): Covariance {
  return scaled(deviations, [
    [1, number(first), number(second)],
    [number(first), 1, number(third)],
    [number(second), number(third), 1],
  ]);
}

/** Two pairs that do not move with each other. */
function fourAssets(inputs: { readonly [name: string]: unknown }): Covariance {
  const [first, last] = [number(inputs['rho12']), number(inputs['rho34'])];
  return scaled(numbers(inputs['sigma']), [
    [1, first, 0, 0],
    [first, 1, 0, 0],
    [0, 0, 1, last],
    [0, 0, last, 1],
  ]);
}

function scaled(deviations: readonly number[], correlations: Covariance): Covariance {
  return correlations.map((row, i) => row.map((rho, j) => rho * number(deviations[i]) * number(deviations[j])));
}

function member(asset: string, line: unknown): PriceIndex.Member {
  return { asset, decimals: 0, atoms: BigInt(number(numbers(line)[0])) };
}

function pricesOf(prices: { readonly [asset: string]: unknown }): PriceIndex.Prices {
  return new Map(Object.entries(prices).map(([asset, price]) => [asset, money(price)]));
}

function money(value: unknown): bigint {
  return FixedPoint.parse(String(number(value)), 18);
}
