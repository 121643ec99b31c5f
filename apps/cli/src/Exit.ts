// What a script learns from trimtab without reading a word: the exit code. Codes never change meaning; new ones are added.

/** Say how a command ended. */
export type Exit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

export const DONE = 0;
export const FAILED = 1;
export const USAGE = 2;
export const CONFIG = 3;
export const UNREACHABLE = 4;
export const REFUSED = 5;
export const HALTED = 6;
export const BUSY = 7;
const KEY = 8;
export const UNREAD = 9;

const MEANINGS: { readonly [exit in Exit]: string } = {
  0: 'done',
  1: 'failed: something unexpected, or doctor found a fault',
  2: 'usage: an unknown command or flag, a value that cannot be used, or one that is missing with no terminal to ask at',
  3: 'configuration: missing, unreadable or invalid',
  4: 'unreachable: the chain, the database or the running engine gave no usable answer',
  5: 'refused: a limit stops the plan',
  6: 'halted: nothing is traded until `trimtab resume`',
  7: 'busy: another process holds the journal, the lease or the port',
  8: 'key: the keystore cannot be opened',
  9: 'unread: a proposal holds something that cannot be told',
};

/** Which exit each typed error leads to, as docs/cli.md lists them; any other error is a failure. */
const BY_ERROR: { readonly [name: string]: Exit } = {
  UsageError: USAGE,
  BadTargets: USAGE,
  BadMotion: USAGE,
  BadBook: USAGE,
  BadHistory: USAGE,
  ConfigError: CONFIG,
  ConfigUnreadable: CONFIG,
  ReferenceUnresolved: CONFIG,
  WrongChain: CONFIG,
  StrategyError: CONFIG,
  VenueMismatch: CONFIG,
  NotDurable: CONFIG,
  ProviderFailure: UNREACHABLE,
  RpcRefusal: UNREACHABLE,
  AnvilFailed: UNREACHABLE,
  KeyNotConfigured: KEY,
  NoKey: KEY,
  KeystoreMissing: KEY,
  KeystoreExists: KEY,
  KeyFileUnreadable: KEY,
  WrongPassphrase: KEY,
  NoPassphrase: KEY,
  JournalFailed: UNREACHABLE,
  StorageFailed: UNREACHABLE,
  MigrationFailed: UNREACHABLE,
  ApiFailed: UNREACHABLE,
  OwnerRefused: UNREACHABLE,
  NotConfirmed: UNREACHABLE,
  PortInUse: BUSY,
  FolderOwned: BUSY,
  LeaseHeld: BUSY,
  LeaseLost: BUSY,
  DemoRunning: BUSY,
};

/** Find the exit of an error by its name. */
export function ofError(error: unknown): Exit {
  const name = error instanceof Error ? error.name : '';
  return Object.hasOwn(BY_ERROR, name) ? (BY_ERROR[name] ?? FAILED) : FAILED;
}

/** Name the errors that lead to an exit. */
export function errorsOf(exit: Exit): readonly string[] {
  return Object.keys(BY_ERROR).filter((name) => BY_ERROR[name] === exit);
}

/** List the codes for `--help`. */
export function help(): string {
  const lines = Object.entries(MEANINGS).map(([exit, meaning]) => `  ${exit}  ${meaning}`);
  return ['', 'Exit codes:', ...lines].join('\n');
}
