// A decision explained: what was seen, what was wanted, what was planned, who let it pass, what it cost.

import type { ReactNode } from 'react';
import type { Decision } from '@trimtab/api/contract';
import * as Format from '../Format.ts';
import { Bill } from './Bill.tsx';
import { Planned } from './Planned.tsx';

type Parts = {
  readonly decision: Decision;
  readonly picked: number | undefined;
  readonly onPick: (seq: number | undefined) => void;
};

const HEADS = { hold: 'Held', refuse: 'Refused to trade', act: 'Decided to rebalance' } as const;

/** Draw a decision in the five steps it was made in. */
export function Explained({ decision, picked, onPick }: Parts) {
  const { kind, seen, wanted, planned, guard, run } = decision;
  return (
    <article className="explained">
      <header>
        <p className="verdict">
          <span className="kind" data-kind={kind}>
            {HEADS[kind]}
          </span>
          <span className="note">
            {Format.moment(decision.at)}, look {Format.count(decision.cycle)}
          </span>
        </p>
        <p className="because">{sentence(decision.why)}</p>
        <Pager decision={decision} picked={picked} onPick={onPick} />
      </header>
      <ol className="steps">
        <Step name="Seen">
          <Seen seen={seen} />
        </Step>
        <Step name="Wanted">
          <p>
            {wanted.kind === 'hold' ? 'To hold.' : 'To move to the target weights.'} {sentence(wanted.why)}
          </p>
          {decision.trigger !== wanted.why && <p className="note">What would trigger: {sentence(decision.trigger)}</p>}
        </Step>
        <Step name="Planned">{planned === undefined ? <p>No trade.</p> : <Planned plan={planned} run={run} />}</Step>
        <Step name="Let pass">
          <Guard guard={guard} />
        </Step>
        <Step name="Cost">
          <Bill planned={planned} run={run} mode={decision.mode} />
        </Step>
      </ol>
    </article>
  );
}

function Step({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <li>
      <h3>{name}</h3>
      <div>{children}</div>
    </li>
  );
}

function Pager({ decision, picked, onPick }: Parts) {
  const { earlier, later } = decision;
  return (
    <p className="pager">
      <button type="button" disabled={earlier === undefined} onClick={() => onPick(earlier)}>
        <span aria-hidden="true">‹ </span>Earlier
      </button>
      <button type="button" disabled={picked === undefined || later === undefined} onClick={() => onPick(later)}>
        Later<span aria-hidden="true"> ›</span>
      </button>
      <button type="button" disabled={picked === undefined} onClick={() => onPick(undefined)}>
        Latest
      </button>
    </p>
  );
}

function Seen({ seen }: { readonly seen: Decision['seen'] }) {
  return (
    <>
      <p>
        {Format.usd(seen.value)} at block {Number.isNaN(Number(seen.block)) ? seen.block : Format.count(seen.block)}.
      </p>
      <div className="scroll" role="region" aria-label="What was seen" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Asset</th>
              <th scope="col">Price</th>
              <th scope="col" className="optional">
                Age
              </th>
              <th scope="col">Weight</th>
              <th scope="col">Drift</th>
              <th scope="col">Band</th>
            </tr>
          </thead>
          <tbody>
            {seen.drift.map((one) => {
              const price = seen.prices.find((reading) => reading.asset === one.asset);
              return (
                <tr key={one.asset} data-outside={(one.room ?? 0) < 0 ? 'outside' : undefined}>
                  <th scope="row">{one.symbol}</th>
                  <td>{price === undefined ? '—' : Format.price(price.price)}</td>
                  <td className="optional">{price === undefined ? '—' : Format.age(price.age)}</td>
                  <td>{Format.percent(one.weight)}</td>
                  <td>{Format.points(one.absolute)}</td>
                  <td>
                    {one.band === undefined
                      ? 'none'
                      : `${(one.band[0] * 100).toFixed(1)}–${Format.percent(one.band[1])}`}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Guard({ guard }: { readonly guard: Decision['guard'] }) {
  const { verdict, limits, refusals } = guard;
  switch (verdict) {
    case 'not asked':
      return <p>There was nothing to let pass.</p>;
    case 'pass':
      return (
        <>
          <p>The guard let it pass: all {limits.length} limits were kept.</p>
          <ul className="limits note">
            {limits.map((limit) => (
              <li key={limit}>{limit}</li>
            ))}
          </ul>
        </>
      );
    case 'refuse':
      return (
        <>
          <p>The guard stopped it.</p>
          {refusals.map((refusal) => (
            <dl className="refusal" key={refusal.limit}>
              <dt>Limit</dt>
              <dd>{refusal.limit}</dd>
              <dt>Was</dt>
              <dd>{refusal.was}</dd>
              <dt>Allowed</dt>
              <dd>{refusal.allowed}</dd>
              <dt>To pass</dt>
              <dd>{refusal.fix}</dd>
            </dl>
          ))}
        </>
      );
  }
}

/** Begin with a capital and end with one full stop. */
function sentence(phrase: string): string {
  const text = phrase.replace(/[.\s]+$/, '');
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
