// The weight of one asset beside cash, looked at every so often and landed by whoever is asked: what the trades cost and what the
// drift in between does. Nothing is assumed about where it lands.

import { ConstantMix } from '@trimtab/core';
import { Random } from '@trimtab/lab';

/** State how the weight moves, who is asked at a look outside of ±`trigger` and how he lands, and how often one looks {yr}. */
export type Watch = {
  readonly weight: number;
  readonly volatility: number;
  /** Within this deviation {1} nobody is asked. */
  readonly trigger: number;
  /** Land a deviation {1}: where it is then, and what that costs {1}. */
  readonly land: (deviation: number) => { readonly deviation: number; readonly paid: number };
  readonly step: number;
  readonly looks: number;
};

/** Hold what was paid {1/yr} and the mean squared deviation {1}, each with its standard error. */
export type Counted = {
  readonly paid: number;
  readonly paidError: number;
  readonly meanSquare: number;
  readonly meanSquareError: number;
};

/** Blocks of looks, each long beside the time in which a deviation is forgotten, that tell the standard errors. */
const BLOCKS = 40;

/** Watch a weight that starts at its target. */
export function simulateLanded({ weight, volatility, trigger, land, step, looks }: Watch, seed: number): Counted {
  const random = Random.stream(seed, 'landed');
  const spread = volatility * Math.sqrt(step);
  const [low, high] = [ConstantMix.logit(weight - trigger), ConstantMix.logit(weight + trigger)];
  const block = Math.ceil(looks / BLOCKS);
  const [paid, squares] = [new Float64Array(BLOCKS), new Float64Array(BLOCKS)];
  let [x, deviation] = [ConstantMix.logit(weight), 0];
  for (let look = 0; look < BLOCKS * block; look++) {
    const place = Math.floor(look / block);
    const before = deviation ** 2;
    x += spread * Random.normal(random);
    deviation = ConstantMix.logistic(x) - weight;
    // Over a step counts the mean of its ends: from where the last look left it to where this one finds it.
    squares[place] = (squares[place] ?? NaN) + (before + deviation ** 2) / 2 / block;
    if (x > low && x < high) continue;
    const landed = land(deviation);
    deviation = landed.deviation;
    x = ConstantMix.logit(weight + deviation);
    paid[place] = (paid[place] ?? NaN) + landed.paid / (block * step);
  }
  const [cost, square] = [summary(paid), summary(squares)];
  return { paid: cost.mean, paidError: cost.error, meanSquare: square.mean, meanSquareError: square.error };
}

function summary(blocks: Float64Array): { readonly mean: number; readonly error: number } {
  const mean = blocks.reduce((total, value) => total + value, 0) / blocks.length;
  const variance = blocks.reduce((total, value) => total + (value - mean) ** 2, 0) / (blocks.length - 1);
  return { mean, error: Math.sqrt(variance / blocks.length) };
}
