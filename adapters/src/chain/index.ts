// The chain room's public surface.

export * as Rpc from './Rpc.ts';
export * as Vault from './Vault.ts';
export { VenueMismatch, settlerVenue, type SettlerVenueOptions } from './settlerVenue.ts';
export { NoKey, vaultCustody, type VaultCustodyOptions } from './vaultCustody.ts';
export { WrongChain } from './Block.ts';
export { FillMismatch } from './find.ts';
