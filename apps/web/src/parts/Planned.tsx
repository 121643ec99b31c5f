// The steps of a plan, each with its floor and how far it has come, and what was left alone and why.

import type { Plan, Run, RunStep, Step } from '@trimtab/api/contract';
import * as Format from '../Format.ts';

/** Draw a plan; where it was carried out, with what became of each step. */
export function Planned({ plan, run }: { readonly plan: Plan; readonly run: Run | undefined }) {
  return (
    <>
      <ol className="plan">
        {plan.steps.map((step, i) => (
          <li key={`${step.kind} ${step.why} ${step.kind === 'swap' ? step.sold.atoms : ''}`}>
            <p>{told(step)}</p>
            {step.kind === 'swap' && (
              <p className="note">
                Expected {Format.tokens(step.expected)}, through {step.markets.map(market).join(' and ')}
              </p>
            )}
            <Progress step={run?.steps[i]} />
          </li>
        ))}
      </ol>
      {plan.skips.map((skip) => (
        <p className="note" key={skip.asset}>
          {skip.symbol} left alone: {skip.why}.
        </p>
      ))}
      {plan.passed.map(({ market: id, why }) => (
        <p className="note" key={id}>
          {market(id)} not used: {why}.
        </p>
      ))}
      <Proved proof={plan.proof} />
    </>
  );
}

function Proved({ proof: { limits, gap, gapBps, looks } }: { readonly proof: Plan['proof'] }) {
  return (
    <p className="note">
      {limits.map((why) => `${why[0]?.toUpperCase() ?? ''}${why.slice(1)}. `)}
      No plan through these markets is better by more than {Format.believed(gap)} ({gapBps.toPrecision(2)} bps of the
      portfolio); found by asking all markets {Format.count(looks)} times.
    </p>
  );
}

function told(step: Step): string {
  switch (step.kind) {
    case 'authorise':
      return `Announce to the vault how far each holding may move, at most ${step.floorDiscount} bps below the oracle price.`;
    case 'swap':
      return `Sell ${Format.tokens(step.sold)} for at least ${Format.tokens(step.floor)}.`;
  }
}

function market(id: string): string {
  return `${id.slice(0, id.indexOf(':'))} ${Format.short(id)}`;
}

const STATES: { readonly [state in RunStep['state']]: string } = {
  waiting: 'Waiting',
  intended: 'Being prepared',
  signed: 'Signed',
  sent: 'Sent',
  settled: 'Settled',
  failed: 'Failed',
};

function Progress({ step }: { readonly step: RunStep | undefined }) {
  if (step === undefined) return null;
  const { state, block, received, why, attempts, landed } = step;
  const last = attempts[landed ?? attempts.length - 1];
  return (
    <p className="progress-line">
      <span className="kind" data-kind={state}>
        {STATES[state]}
      </span>
      <span className="note">
        {received !== undefined && `for ${Format.tokens(received)} `}
        {block !== undefined && `in block ${Format.count(block)} `}
        {attempts.length > 1 && `at attempt ${(landed ?? attempts.length - 1) + 1} of ${attempts.length} `}
        {last !== undefined && <span title={last.hash}>{Format.short(last.hash)}</span>}
        {why !== undefined && ` ${why}`}
      </span>
    </p>
  );
}
