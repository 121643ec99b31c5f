// How the vault is, in one sentence, and what it is worth.

import type { Scoreboard, Status } from '@trimtab/api/contract';
import * as Format from '../Format.ts';

/** Draw the sentence, the value and, in a rehearsal, how it compares. */
export function Standing({ status, board }: { readonly status: Status; readonly board: Scoreboard | undefined }) {
  const { state, sentence, value, at, block } = status;
  return (
    <section className="standing" data-state={state} aria-labelledby="standing">
      <h1 id="standing">{sentence}</h1>
      <div className="worth">
        {value !== undefined && <p className="figure">{Format.usd(value)}</p>}
        <p className="note">
          Vault {Format.short(status.portfolio)}
          {at !== undefined && ` at ${Format.moment(at)}`}
          {block !== undefined && `, block ${Format.count(block)}`}
        </p>
      </div>
      {board !== undefined && <Rehearsal board={board} />}
    </section>
  );
}

function Rehearsal({ board }: { readonly board: Scoreboard }) {
  const { progress } = board;
  return (
    <div className="rehearsal">
      {progress !== undefined && (
        <div className="progress">
          <label htmlFor="progress">{progress.label}</label>
          <progress id="progress" max={progress.total} value={progress.done} />
          <span>{Format.percent(progress.total === 0 ? 1 : progress.done / progress.total, 0)}</span>
        </div>
      )}
      <dl className="stats">
        <Stat name="Against buy and hold" value={board.valueVsHold} write={(share) => Format.change(share, 2)} />
        <Stat name="Against constant mix" value={board.valueVsConstantMix} write={(share) => Format.change(share, 2)} />
        <Stat name="Tracking error a year" value={board.trackingError} write={(share) => Format.percent(share, 2)} />
        <Stat name="Largest drift seen" value={board.largestDrift} write={Format.width} />
      </dl>
    </div>
  );
}

type Figure = { readonly name: string; readonly value: number | undefined; readonly write: (value: number) => string };

function Stat({ name, value, write }: Figure) {
  if (value === undefined) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{write(value)}</dd>
    </div>
  );
}
