// What models of markets offer to other packages.

export type { Unusable } from './Offer.ts';
