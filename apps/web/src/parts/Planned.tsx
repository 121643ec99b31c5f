// The steps of a plan, each with its floor and how far it has come, and what was left alone and why.

import { Deed } from '@trimtab/api/contract';
import type { Plan, Run, RunStep, Step } from '@trimtab/api/contract';
import * as Format from '../Format.ts';

/** Draw a plan; where it was carried out, with what became of each step. Slices of a trade are told as one. */
export function Planned({ plan, run }: { readonly plan: Plan; readonly run: Run | undefined }) {
  return (
    <>
      <ol className="plan">
        {Deed.of(plan.steps).map(({ from, steps }) => (
          <li key={from}>
            <Told step={Deed.whole(steps)} />
            <Became steps={run?.steps.slice(from, from + steps.length) ?? []} />
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
      {plan.proof !== undefined && <Proved proof={plan.proof} />}
    </>
  );
}

function Told({ step }: { readonly step: Step }) {
  if (step.kind === 'authorise') return <p>{told(step)}</p>;
  const { expected, markets, guarded } = step;
  return (
    <>
      <p>{told(step)}</p>
      <p className="note">
        Expected {Format.tokens(expected)}, through {markets.map(market).join(', ')}.
        {guarded !== undefined && ` Sent ${guarded.why}.`}
      </p>
    </>
  );
}

/** Say how far a trade has come: at a glance where it has slices, and of each on request. */
function Became({ steps }: { readonly steps: readonly RunStep[] }) {
  if (steps.length < 2) return <Progress step={steps[0]} />;
  const fill = Deed.filled(steps);
  const settled = fill?.count ?? 0;
  const so =
    settled === steps.length ? `All ${settled} slices settled` : `${settled} of ${steps.length} slices settled`;
  return (
    <details>
      <summary>{fill === undefined ? so : `${so} for ${Format.tokens(fill.received)}`}</summary>
      {steps.map((step, i) => (
        <Progress key={i} step={step} />
      ))}
    </details>
  );
}

function Proved({ proof: { limits, gap, gapBps, looks } }: { readonly proof: NonNullable<Plan['proof']> }) {
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
