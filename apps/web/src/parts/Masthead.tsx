// Always in sight: what this is, whether its money is real, and whether what is shown is live.

import * as Format from '../Format.ts';
import type { Connection, Feed } from '../useFeed.ts';
import { useTheme } from '../useTheme.ts';
import type { Theme } from '../useTheme.ts';

const THEMES: { readonly [theme in Theme]: { readonly name: string; readonly glyph: string } } = {
  system: { name: 'as the system', glyph: '◐' },
  light: { name: 'light', glyph: '○' },
  dark: { name: 'dark', glyph: '●' },
};

/** Draw the head of the page. */
export function Masthead({ feed, now }: { readonly feed: Feed; readonly now: number }) {
  const [theme, change] = useTheme();
  const mode = feed.state?.status.mode;
  return (
    <header className="masthead">
      <div className="masthead-in">
        <span className="brand">
          <img src="/mark.svg" alt="" width="24" height="24" />
          Trimtab
        </span>
        {mode !== undefined && (
          <span className="plate" data-mode={mode} title={meaning(mode)}>
            <span className="unseen">Mode: </span>
            {mode}
          </span>
        )}
        <Link connection={feed.connection} now={now - feed.skew} />
        <button className="quiet" type="button" onClick={change} title={`Colours: ${THEMES[theme].name}`}>
          <span aria-hidden="true">{THEMES[theme].glyph}</span>
          <span className="unseen">Colours: {THEMES[theme].name}. Change</span>
        </button>
      </div>
    </header>
  );
}

function meaning(mode: string): string {
  switch (mode) {
    case 'SIMULATION':
      return 'A rehearsal on a local chain: no real money';
    case 'DRY RUN':
      return 'Real prices, but nothing is signed or sent';
    default:
      return 'Real money is moved';
  }
}

function Link({ connection, now }: { readonly connection: Connection; readonly now: number }) {
  switch (connection.kind) {
    case 'connecting':
      return <span className="link">Connecting</span>;
    case 'open':
      return (
        <span className="link" data-link="open">
          <span className="dot" aria-hidden="true" />
          <span className="word">Connected</span>
        </span>
      );
    case 'strange':
      return (
        <span className="link" data-link="lost" role="alert">
          <span aria-hidden="true">▲ </span>
          This page is of another version than the server. Reload it.
        </span>
      );
    case 'lost':
      return (
        <span className="link" data-link="lost" role="alert">
          <span aria-hidden="true">▲ </span>
          Connection lost
          <span aria-live="off"> {Format.age(now - connection.at)} ago</span>
          <span className="wide">Reconnecting. Figures are as last known.</span>
        </span>
      );
  }
}
