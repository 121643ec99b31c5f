// The read-only server. It can show everything and change nothing: there is no route that writes.

import type { Journal, Mode } from '@trimtab/engine';
import type { Scoreboard } from './contract.ts';

/** Say what to serve and where. */
export type Options = {
  readonly journal: Pick<Journal, 'read' | 'watch'>;
  readonly portfolio: string;
  /** Shown until the journal's first `Started` entry says the same. */
  readonly mode: Mode;
  /** 0 takes any free port. */
  readonly port: number;
  /** Address to listen on; 127.0.0.1 unless given. */
  readonly host?: string;
  /** Folder of the built page; without it only the API is served. */
  readonly page?: string;
  /** Live figures of a rehearsal; asked a few times a second. */
  readonly scoreboard?: () => Scoreboard | undefined;
};

export type Served = { readonly url: string; readonly close: () => Promise<void> };

/** Serve the API and the page. Rejects with PortInUse when another process listens there. */
export function serve(_options: Options): Promise<Served> {
  throw new Error('not yet');
}

/** Tell who asked for a taken port how to go on. */
export class PortInUse extends Error {
  readonly next = 'halt';
  constructor(host: string, port: number) {
    super(
      `Port ${port} on ${host} is in use. Another trimtab may be running there. Stop it, or choose another port with --port.`,
    );
    this.name = 'PortInUse';
  }
}
