// A fund that sells all its assets as its value falls. Each step's news moves the prices, that moves the fund, and what it
// then sells moves the prices once more, by multiplication.

import { Random } from '@trimtab/lab';

/** Hold the mean correlation {1} of all pairs, and the mean volatility {1} over that of the news. */
export type Realised = { readonly correlation: number; readonly volatility: number };

/** Simulate `assets` equal assets of independent news with standard deviation `size` {1}; `impact` a and `share` g as in Feedback. */
export function liquidation(
  random: Random,
  steps: number,
  { assets, impact, share, size }: { assets: number; impact: number; share: number; size: number },
): Realised {
  let [ownNews, own, all] = [0, 0, 0];
  for (let step = 0; step < steps; step++) {
    const news = Array.from({ length: assets }, () => size * Random.normal(random));
    const fund = share * sum(news);
    const returns = news.map((value) => (1 + value) * (1 + impact * fund) - 1);
    ownNews += sum(news.map((value) => value ** 2));
    own += sum(returns.map((value) => value ** 2));
    all += sum(returns) ** 2;
  }
  // Σ over pairs is the square of the sum less the squares: no pair has to be visited.
  return { correlation: (all - own) / ((assets - 1) * own), volatility: Math.sqrt(own / ownNews) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
