// A real EVM chain on this machine, from npm, for the demo and the tests.

import type { Time } from '@trimtab/core';

export type Anvil = {
  readonly rpc: string;
  readonly chain: number;
  readonly pid: number;
  readonly stop: () => Promise<void>;
};

export type AnvilOptions = {
  readonly chain: number;
  /** Chain time of the first block; default now. */
  readonly at?: Time;
  /** `each`: a block for every transaction; `asked`: blocks only when asked for. Default `asked`. */
  readonly mining?: 'each' | 'asked';
};

/** Start a chain on a free port; it dies with this process, however this process dies. */
export function startAnvil(options: AnvilOptions): Promise<Anvil> {
  return Promise.reject(new Error(`not yet: ${options.chain}`));
}
