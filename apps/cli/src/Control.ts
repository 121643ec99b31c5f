// Asking the engine that runs: through its journal's folder where that is its own, and by reading what it serves.

import type { Config } from '@trimtab/engine';
import { askEngine } from './wire.ts';

/** Describe a running engine. */
export type Running = { readonly pid: number; readonly since: number; readonly url: string };

/** Find the engine that runs on this machine for a configuration. */
export async function running(config: Config.Config): Promise<Running | undefined> {
  const answer = await askEngine(config, { cmd: 'status' });
  if (typeof answer !== 'object' || answer === null) return undefined;
  const { pid, since, url } = answer as { readonly [key: string]: unknown };
  return typeof pid === 'number' && typeof since === 'number' && typeof url === 'string'
    ? { pid, since, url }
    : undefined;
}
