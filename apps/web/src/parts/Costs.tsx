// All that was spent so far in this mode, part by part. A rehearsal's costs and real ones are never added up.

import type { Costs as Figures } from '@trimtab/api/contract';
import * as Format from '../Format.ts';

const PARTS = [
  { key: 'fee', name: 'Pool fees' },
  { key: 'impact', name: 'Price impact' },
  { key: 'gas', name: 'Gas' },
  { key: 'bridge', name: 'Bridges' },
  { key: 'mev', name: 'Lost to MEV' },
] as const;

/** Draw the costs so far. */
export function Costs({ costs }: { readonly costs: Figures }) {
  const { mode, total, turnover, rebalances } = costs;
  const largest = PARTS.reduce((most, { key }) => Math.max(most, Number(costs[key])), 1);
  return (
    <section className="card costs" aria-labelledby="costs">
      <h2 id="costs">Costs so far</h2>
      <p className="figure small">
        {Format.usd(total)} <span className="note">{Format.bps(total, turnover)} of the value sold</span>
      </p>
      <dl className="bars">
        {PARTS.filter(({ key }) => key !== 'bridge' || costs.bridge !== '0').map(({ key, name }) => (
          <div key={key}>
            <dt>{name}</dt>
            <dd>{Format.usd(costs[key])}</dd>
            <meter aria-hidden="true" min={0} max={1} value={Math.max(0, Number(costs[key])) / largest} />
          </div>
        ))}
      </dl>
      <p className="note">
        {rebalances === 1 ? '1 rebalance' : `${Format.count(rebalances)} rebalances`}, {Format.usd(turnover)} sold
        {mode === 'LIVE' ? '' : `, all in ${mode}`}
      </p>
    </section>
  );
}
