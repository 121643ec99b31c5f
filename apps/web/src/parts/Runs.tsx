// Every rebalance that was begun, newest first; picking one explains the decision behind it.

import { Deed } from '@trimtab/api/contract';
import type { Run } from '@trimtab/api/contract';
import * as Format from '../Format.ts';

type Parts = {
  readonly runs: readonly Run[];
  readonly picked: number | undefined;
  readonly onPick: (seq: number) => void;
};

const STATES = { open: 'Under way', done: 'Done', abandoned: 'Given up' } as const;

/** Draw the runs. */
export function Runs({ runs, picked, onPick }: Parts) {
  return (
    <section className="card runs" aria-labelledby="runs">
      <h2 id="runs">Rebalances</h2>
      {runs.length === 0 && <p className="note">None yet.</p>}
      <ol>
        {runs.toReversed().map((run) => (
          <li key={run.id}>
            <button
              type="button"
              aria-current={run.decision === picked ? 'true' : undefined}
              onClick={() => onPick(run.decision)}
            >
              <span className="note when">{Format.hour(run.at)}</span>
              <span>{tradesOf(run)}</span>
              <span className="kind" data-kind={run.state}>
                {STATES[run.state]}
              </span>
              <span className="note">
                {Format.usd(run.spent.turnover)} sold, {Format.usd(run.spent.total)} spent
              </span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

function tradesOf(run: Run): string {
  const trades = Deed.of(run.steps.map(({ step }) => step)).flatMap(({ steps }) => {
    const [swap] = steps;
    const times = steps.length === 1 ? '' : ` in ${steps.length} slices`;
    return swap.kind === 'swap' ? [`${swap.sold.symbol} → ${swap.expected.symbol}${times}`] : [];
  });
  return trades.join(', ') || 'No trade';
}
