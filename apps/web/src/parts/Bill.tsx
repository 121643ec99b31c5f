// What a decision was expected to cost and what it did cost, part by part.

import type { Decision, Mode, Run } from '@trimtab/api/contract';
import * as Format from '../Format.ts';

type Parts = {
  readonly planned: Decision['planned'];
  readonly run: Run | undefined;
  readonly mode: Mode;
};

/** Draw the bill. */
export function Bill({ planned, run, mode }: Parts) {
  if (planned === undefined) return <p>Nothing was traded, so nothing was spent.</p>;
  const { cost } = planned;
  const expected = [cost.fee, cost.impact, cost.gas, cost.bridge, cost.mev]
    .reduce((sum, part) => sum + BigInt(part), 0n)
    .toString();
  const spent = run?.spent;
  const rows = [
    { name: 'Pool fees', expected: cost.fee, spent: spent?.fee },
    { name: 'Price impact', expected: cost.impact, spent: spent?.impact },
    { name: 'Gas', expected: cost.gas, spent: spent?.gas },
    { name: 'Bridges', expected: cost.bridge, spent: spent?.bridge },
    { name: 'Lost to MEV', expected: cost.mev, spent: spent?.mev },
  ];
  return (
    <>
      <p className="note">{about(run, mode, Format.usd(planned.turnover))}</p>
      <div className="scroll" role="region" aria-label="What it cost" tabIndex={0}>
        <table className="bill">
          <thead>
            <tr>
              <th scope="col">Part</th>
              <th scope="col">Expected</th>
              <th scope="col">Spent</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name}>
                <th scope="row">{row.name}</th>
                <td>{row.expected === undefined ? '—' : Format.usd(row.expected)}</td>
                <td>{row.spent === undefined ? '—' : Format.usd(row.spent)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">Together</th>
              <td>
                {Format.usd(expected)} <span className="note">{Format.bps(expected, planned.turnover)}</span>
              </td>
              <td>
                {spent === undefined ? '—' : Format.usd(spent.total)}{' '}
                <span className="note">
                  {spent === undefined || spent.turnover === '0' ? '' : Format.bps(spent.total, spent.turnover)}
                </span>
              </td>
            </tr>
          </tfoot>
        </table>
      </div>
    </>
  );
}

function about(run: Run | undefined, mode: Mode, turnover: string): string {
  if (run !== undefined) return `To sell ${turnover}. Basis points are of the value sold.`;
  return mode === 'DRY RUN'
    ? `A dry run sends nothing; selling ${turnover} would have cost:`
    : `Nothing was sent; selling ${turnover} would have cost:`;
}
