// Where a function crosses zero, by halving: slower than others and never wrong, for the few places where nothing closed exists.

import { ForecastError } from './Numbers.ts';

/** Find the crossing between two points of opposite sign, to the last digit. Throws ForecastError where the signs are equal. */
export function findRoot(curve: (x: number) => number, from: number, to: number): number {
  const first = curve(from);
  let [near, far] = [from, to];
  if (!(first * curve(to) <= 0)) {
    throw new ForecastError(`[${from}, ${to}]`, `${first} and ${curve(to)} at the ends`, 'give ends of opposite sign');
  }
  for (;;) {
    const middle = near + (far - near) / 2;
    if (middle === near || middle === far) return middle;
    const value = curve(middle);
    if (value === 0) return middle;
    if (value > 0 === first > 0) near = middle;
    else far = middle;
  }
}
