// The journal: everything that happened, kept so that it survives a power cut.

export { openEmbedded } from './openEmbedded.ts';
export type { EmbeddedOptions } from './openEmbedded.ts';
export { NotDurable, openServer } from './openServer.ts';
export type { ServerOptions } from './openServer.ts';
export { AlreadyRecorded, JournalFailed } from './postgres.ts';
export type { PostgresJournal } from './postgres.ts';
export type { Verified } from './verify.ts';
export { LeaseHeld, LeaseLost } from './Lease.ts';
export { FolderOwned } from './Owner.ts';
export { ask, NobodyOwns, OwnerRefused } from './Control.ts';
export type { Answer, Reply, Request } from './Control.ts';
export { MigrationFailed } from './Tables.ts';
export { StorageFailed } from './rejectAfterCrash.ts';
