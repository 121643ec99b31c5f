// Allocation engines and index tracking.

import { Covariance } from '@trimtab/core';
import type { Case } from './Probe.ts';
import { number, numbers } from './read.ts';

export const section9: { readonly [id: string]: Case } = {
  'S9.5': ({ inputs, tolerance, equal }) => {
    const deviations = numbers(inputs['sigma']);
    const [first, second, third] = numbers(inputs['rho']).map(number);
    const covariance = [
      [1, first, second],
      [first, 1, third],
      [second, third, 1],
    ].map((row, i) => row.map((rho, j) => number(rho) * number(deviations[i]) * number(deviations[j])));
    const error = Covariance.trackingError(covariance, numbers(inputs['w']), numbers(inputs['b']));
    equal('te', error, { rel: tolerance(/rel (\S+)/) });
  },
};
