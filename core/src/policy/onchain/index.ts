// What the contracts compute, in the same integers.

import * as BasketModule from './Basket.ts';

export type Basket = BasketModule.Basket;
export const Basket = BasketModule;
export * as Ewma from './Ewma.ts';
export * as IndexWeights from './IndexWeights.ts';
export * as Insurance from './Insurance.ts';
export * as Schedule from './Schedule.ts';
export * as Share from './Share.ts';
