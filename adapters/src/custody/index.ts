// Keys: encrypted at rest, opened by a passphrase that is kept elsewhere.

export { createKeystore, KeystoreExists } from './createKeystore.ts';
export { KeyFileUnreadable, WrongPassphrase } from './KeyFile.ts';
export { KeystoreMissing, openKeystore } from './openKeystore.ts';
export { NoPassphrase } from './readPassphrase.ts';
export type { Passphrase } from './readPassphrase.ts';
