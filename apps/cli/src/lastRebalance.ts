// When the portfolio was last rebalanced, for those strategies that ask: a calendar counts from it.

import type { Time } from '@trimtab/core';
import type { Config } from '@trimtab/engine';
import { lookBack } from './lookBack.ts';

/** Find the chain time of the last fill; undefined where there was none, or where the strategy does not ask. */
export async function lastRebalance(config: Config.Config): Promise<Time | undefined> {
  if (config.strategy.calendar === undefined) return undefined;
  return lookBack(config, async (ask) => {
    const { runs } = (await ask('runs')) ?? { runs: [] };
    const fills = runs.flatMap((run) => run.steps.filter((step) => step.received !== undefined));
    return fills.at(-1)?.at;
  });
}
