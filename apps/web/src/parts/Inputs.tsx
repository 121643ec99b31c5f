// How fresh every input is, by its age and by the age it may reach. The engine is an input too: when it falls
// silent this is where it shows.

import type { Input, Scoreboard, Status } from '@trimtab/api/contract';
import * as Format from '../Format.ts';

type Parts = {
  readonly inputs: readonly Input[];
  readonly status: Status;
  readonly board: Scoreboard | undefined;
  /** {s} on the server's clock. */
  readonly now: number;
};

/** Draw the inputs. */
export function Inputs({ inputs, status, board, now }: Parts) {
  const ended = board?.progress !== undefined && board.progress.done >= board.progress.total;
  return (
    <section className="card inputs" aria-labelledby="inputs">
      <h2 id="inputs">Freshness of inputs</h2>
      {inputs.length === 0 && <p className="note">Nothing has been read yet.</p>}
      <ul>
        {inputs.map((input) => {
          const age = ageOf(input, status, now);
          const over = ended && input.kind === 'engine';
          const state = over ? 'ENDED' : age > input.limit ? 'STALE' : 'STREAM';
          return (
            <li key={`${input.name} ${input.source}`} data-state={state}>
              <span className="input-name">{input.name}</span>
              <span className="pill" data-state={state}>
                {state}
              </span>
              <span className="note input-source" title={input.source}>
                {sourceOf(input)}
              </span>
              <span className="note input-age">
                {Format.age(age)} <span className="of">of {Format.age(input.limit)}</span>
              </span>
              <meter
                aria-hidden="true"
                min={0}
                max={1}
                high={0.999}
                value={Math.min(1, age / Math.max(1, input.limit))}
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Let an age grow since the look. A rehearsal keeps its own time, which stands still between looks. */
function ageOf(input: Input, status: Status, now: number): number {
  if (input.clock === 'wall') return Math.max(0, now - input.at);
  if (status.mode === 'SIMULATION' || status.lookedAt === undefined) return input.age;
  return input.age + Math.max(0, now - status.lookedAt);
}

function sourceOf(input: Input): string {
  return input.kind === 'price' ? input.source.replace(/:\d+\//, ' ') : input.source;
}
