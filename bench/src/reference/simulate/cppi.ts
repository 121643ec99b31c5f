// A constant-proportion portfolio rebalanced in steps, played with normal returns.

import { CppiRisk } from '@trimtab/core';
import { Random } from '@trimtab/lab';

/** State a share that was counted, with its standard error {1}. */
export type Counted = { readonly share: number; readonly standardError: number };

/** Count the paths on which a step leaves no cushion. Shortfalls are counted on the cushion: V − G underflows to zero on paths that survive. */
export function shortfalls(insured: CppiRisk.Insured, steps: number, paths: number, seed: number): Counted {
  const random = Random.stream(seed, 'cppi');
  const { multiplier, drift, volatility, rate, years } = insured;
  const length = years / steps;
  const trend = (drift - volatility ** 2 / 2) * length;
  const deviation = volatility * Math.sqrt(length);
  const safe = Math.exp(rate * length);
  const start = CppiRisk.cushion(insured);
  let failed = 0;
  for (let path = 0; path < paths; path++) {
    let cushion = start;
    for (let step = 0; step < steps && cushion > 0; step++) {
      const gross = Math.exp(trend + deviation * Random.normal(random));
      ({ cushion } = CppiRisk.step(cushion, multiplier, gross, safe));
    }
    if (cushion <= 0) failed += 1;
  }
  const share = failed / paths;
  return { share, standardError: Math.sqrt((share * (1 - share)) / paths) };
}
