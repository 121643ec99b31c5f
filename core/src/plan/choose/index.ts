// What choices of markets offer to other packages.

export type { Budget, Choice, Chosen } from './Choice.ts';
export type { Offer } from '../model/Offer.ts';
export type { Capacity, Shadows } from './Shadows.ts';
export { chooseMarkets } from './chooseMarkets.ts';
