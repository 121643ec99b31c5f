// Go the share of the way that weighs risk against a cost that grows with the square of a trade and with risk itself.

import * as Field from '../Field.ts';
import * as FadingForecast from '../targets/FadingForecast.ts';

/**
 * Go the share a/λ of the way to the target at each rebalance (Gârleanu and Pedersen, 2013): risk costs ½γx'Σx a step with
 * γ = `aversion`, a trade ½λΔx'ΣΔx with λ = `impact`, and the next step counts 1 − `discount` of this one.
 */
export type GarleanuPedersen = FadingForecast.Tradeoff & { readonly kind: 'garleanu-pedersen' };

/** Read a trade-off. Throws StrategyError with the path of the first value that will not do. */
export function parse(field: Field.Field): GarleanuPedersen {
  Field.record(field, ['kind', 'aversion', 'impact', 'discount']);
  return {
    kind: 'garleanu-pedersen',
    aversion: Field.number(Field.part(field, 'aversion'), 1e-9, 1e9),
    impact: Field.number(Field.part(field, 'impact'), 1e-9, 1e9),
    discount: Field.number(Field.part(field, 'discount'), 0, 0.999),
  };
}

/** Compute the share of the way {1} (0, 1). */
export function share(tradeoff: GarleanuPedersen): number {
  return FadingForecast.rate(tradeoff);
}
