// The one page: how the vault is, where each asset stands, why the last decision was made, what it all cost.

import { useState } from 'react';
import type { State } from '@trimtab/api/contract';
import { Announcer } from './parts/Announcer.tsx';
import { Costs } from './parts/Costs.tsx';
import { Course } from './parts/Course.tsx';
import { Decisions } from './parts/Decisions.tsx';
import { Inputs } from './parts/Inputs.tsx';
import { Masthead } from './parts/Masthead.tsx';
import { Runs } from './parts/Runs.tsx';
import { Standing } from './parts/Standing.tsx';
import { Weights } from './parts/Weights.tsx';
import * as Format from './Format.ts';
import { useFeed } from './useFeed.ts';
import type { Feed } from './useFeed.ts';
import { useNow } from './useNow.ts';

/** Draw the page from the live feed. */
export function App() {
  const feed = useFeed('/api/v1/events');
  const now = useNow(feed.skew);
  return (
    <>
      <a className="skip" href="#main">
        Skip to the vault
      </a>
      <Masthead feed={feed} now={now} />
      <main id="main" tabIndex={-1} data-connection={feed.connection.kind}>
        {feed.state === undefined ? (
          <p className="waiting">{waiting(feed)}</p>
        ) : (
          <Vault state={feed.state} feed={feed} now={now} />
        )}
      </main>
      {feed.state !== undefined && <Footing state={feed.state} />}
    </>
  );
}

function waiting(feed: Feed): string {
  switch (feed.connection.kind) {
    case 'lost':
      return 'Trimtab cannot be reached. Trying again.';
    case 'strange':
      return 'Trimtab was updated. Reload this page.';
    case 'connecting':
    case 'open':
      return 'Connecting to Trimtab.';
  }
}

function Vault({ state, feed, now }: { readonly state: State; readonly feed: Feed; readonly now: number }) {
  const [picked, pick] = useState<number>();
  return (
    <>
      <Announcer decisions={state.decisions} />
      <Standing status={state.status} board={feed.board} />
      {state.decision !== undefined && (
        <div className="board">
          <div className="beam">
            <Weights drift={state.drift} />
            <Costs costs={state.costs} />
          </div>
          <Course state={state} />
          <Decisions state={state} picked={picked} onPick={pick} />
          <div className="aside">
            <Inputs inputs={state.inputs} status={state.status} board={feed.board} now={now} />
            <Runs runs={state.runs} picked={picked} onPick={pick} />
          </div>
        </div>
      )}
    </>
  );
}

function Footing({ state }: { readonly state: State }) {
  const { portfolio, version, lookedAt } = state.status;
  return (
    <footer className="footing">
      <span className="id">{portfolio}</span>
      <span>
        {version === undefined ? 'Trimtab' : `Trimtab ${version}`}
        {lookedAt === undefined ? '' : `, last look ${Format.toTheSecond(lookedAt)}`}
      </span>
      <a href="/openapi.json">API</a>
    </footer>
  );
}
