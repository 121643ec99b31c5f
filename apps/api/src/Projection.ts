// What there is to show, folded from the journal and from nothing else: showing, restarting and looking back are
// one code path.

import type { Entry, Mode } from '@trimtab/engine';
import type { State } from './contract.ts';

/** Hold what is shown, and what must be remembered to fold the next entry. */
export type Projection = { readonly seq: number; readonly shown: State };

/** Begin with nothing known but which portfolio and mode. */
export function empty(portfolio: string, mode: Mode): Projection {
  throw new Error(`not yet: ${portfolio} ${mode}`);
}

/** Fold one entry in. An entry already folded changes nothing. */
export function fold(projection: Projection, _entry: Entry): Projection {
  return projection;
}
