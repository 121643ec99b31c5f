import type { Config } from '@trimtab/engine';
import { ok } from './Finding.ts';
import type { Finding } from './Finding.ts';
export async function examineJournal(_config: Config.Config): Promise<readonly Finding[]> {
  return [ok('journal', 'todo')];
}
