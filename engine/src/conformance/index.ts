// One suite per port. Every adapter and every simulated part of the world runs them.

export { journalConformance } from './journal.ts';
export { venueConformance, type VenueStage } from './venue.ts';
