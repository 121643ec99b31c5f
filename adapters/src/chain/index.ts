// The chain room's public surface.

export * as Rpc from './Rpc.ts';
export { settlerVenue, type SettlerVenueOptions } from './settlerVenue.ts';
export { vaultCustody, type VaultCustodyOptions } from './vaultCustody.ts';
