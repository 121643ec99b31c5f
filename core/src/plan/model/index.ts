// What models of markets offer to other packages.

export type { Terms as OfferTerms, Unusable } from './Offer.ts';
export type { Place, Places } from './Place.ts';
export type { Quoted } from './quoteModel.ts';
export { offerOf } from './offerOf.ts';
export { quoteModel } from './quoteModel.ts';
