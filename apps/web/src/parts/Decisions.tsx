// Every decision, the newest first, and the picked one explained. Arrow keys move through the list.

import { useRef } from 'react';
import type { KeyboardEvent } from 'react';
import type { DecisionRow, State } from '@trimtab/api/contract';
import * as Format from '../Format.ts';
import { useDecision } from '../useDecision.ts';
import { Explained } from './Explained.tsx';

type Parts = {
  readonly state: State;
  /** Place of the decision that the reader picked; the latest is followed while none is. */
  readonly picked: number | undefined;
  readonly onPick: (seq: number | undefined) => void;
};

/** Draw the decisions. */
export function Decisions({ state, picked, onPick }: Parts) {
  const told = useDecision(picked, state.decision);
  return (
    <section className="card decisions" aria-labelledby="decisions">
      <h2 id="decisions">{picked === undefined ? 'The latest decision, explained' : 'A past decision, explained'}</h2>
      <div className="decisions-in">
        <List rows={state.decisions} picked={picked} onPick={onPick} />
        <div className="told" aria-busy={told.kind === 'asking'}>
          {told.kind === 'none' && <p className="note">Nothing has been decided yet.</p>}
          {told.kind === 'asking' && <p className="note">Looking it up in the journal.</p>}
          {told.kind === 'failed' && <p className="note">This decision cannot be told now. {told.why}</p>}
          {told.kind === 'told' && <Explained decision={told.decision} picked={picked} onPick={onPick} />}
        </div>
      </div>
    </section>
  );
}

const KINDS = { hold: 'Held', refuse: 'Refused', act: 'Acted' } as const;

function List({ rows, picked, onPick }: { readonly rows: readonly DecisionRow[] } & Omit<Parts, 'state'>) {
  const list = useRef<HTMLOListElement>(null);
  const newest = rows.toReversed();
  // A row of holds is named by its newest, so it holds every place up to there.
  const current = picked === undefined ? 0 : newest.findLastIndex((row) => row.seq >= picked);
  const move = (event: KeyboardEvent): void => {
    const steps: { readonly [key: string]: number } = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const from = buttons.findIndex((button) => button === document.activeElement);
    const to = Math.min(buttons.length - 1, Math.max(0, from + step));
    buttons[to]?.focus();
    buttons[to]?.click();
  };
  return (
    <nav aria-label="Decisions, newest first" className="list">
      <ol ref={list} onKeyDown={move}>
        {newest.map((row, i) => (
          <li key={newest.length - i}>
            <button
              type="button"
              tabIndex={i === Math.max(0, current) ? 0 : -1}
              aria-current={i === current ? 'true' : undefined}
              onClick={() => onPick(i === 0 ? undefined : row.seq)}
            >
              <span className="kind" data-kind={row.kind}>
                {KINDS[row.kind]}
                {row.looks > 1 && <span className="looks"> ×{Format.count(row.looks)}</span>}
              </span>
              <span className="note when">{Format.hour(row.at)}</span>
              <span className="why">{row.why}</span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
