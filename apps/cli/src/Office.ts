// Where a running engine takes requests. Orders wait here until the loop asks for them between two turns, and whoever
// gave one hears whether it is in the journal yet.

import { setTimeout } from 'node:timers/promises';
import type { Answer, Request } from '@trimtab/adapters/journal';
import type { Entry, Request as Order } from '@trimtab/engine';
import type { Running } from './Control.ts';

export type Office = {
  /** Answer a request from the folder's socket. */
  readonly answer: Answer;
  /** Take an order that came another way. */
  readonly take: (order: Order) => void;
  /** Hand over the orders that came in since the last call. */
  readonly orders: () => readonly Order[];
  /** Learn of what was journalled. */
  readonly hear: (entries: readonly Entry[]) => void;
  /** Learn where the page is served. */
  readonly serves: (url: string) => void;
};

/** Longest that an order keeps the one who gave it waiting; it stands all the same, and is journalled after the turn. {ms} */
const PATIENCE = 8_000;

/** Open the office of an engine that started at `since`. */
export function open(since: number): Office {
  let running: Running = { pid: process.pid, since, url: '' };
  const waiting: Order[] = [];
  const callers = new Set<(entry: Entry) => void>();
  const answer = async (request: Request): Promise<unknown> => {
    if (request.cmd === 'status') return running;
    const order: Order = { kind: request.cmd, by: request.by, why: request.why };
    waiting.push(order);
    const seq = await Promise.race([journalled(order, callers), setTimeout(PATIENCE, undefined, { ref: false })]);
    return seq === undefined ? { journalled: false } : { journalled: true, seq };
  };
  return {
    answer,
    take: (order) => void waiting.push(order),
    orders: () => waiting.splice(0),
    hear: (entries) => {
      for (const entry of entries) for (const caller of callers) caller(entry);
    },
    serves: (url) => {
      running = { ...running, url };
    },
  };
}

function journalled({ kind, by, why }: Order, callers: Set<(entry: Entry) => void>): Promise<number> {
  const wanted = kind === 'halt' ? 'Halted' : 'Resumed';
  return new Promise((resolve) => {
    const caller = ({ event, seq }: Entry): void => {
      if (event.kind !== wanted || event.by !== by || event.why !== why) return;
      callers.delete(caller);
      resolve(seq);
    };
    callers.add(caller);
  });
}
