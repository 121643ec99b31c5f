// One suite per port. Every adapter and every simulated part of the world runs them.

export { venueConformance, type VenueStage } from './venue.ts';
