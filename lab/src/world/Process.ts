// One life of the engine's process: it counts its port calls, and may die at one of them. What it did to the world
// before stays done; the next life starts from that.

import type { World } from '@trimtab/engine';
import { Crashed } from './Fault.ts';

/** Hold a life. `doom` is the call at which it ends. */
export type Process = {
  calls: number;
  dead: boolean;
  doom?: { readonly call: number; readonly when: 'before' | 'after' };
};

/** Start a life. */
export function begin(): Process {
  return { calls: 0, dead: false };
}

/** Say at which call from now the life ends. Throws RangeError on a call that is not to come. */
export function condemn(life: Process, call: number, when: 'before' | 'after'): void {
  if (!Number.isInteger(call) || call < 1) throw new RangeError(`call ${call} is not one to come: count from 1`);
  life.doom = { call: life.calls + call, when };
}

/** Route every asynchronous call of a world through a life. */
export function inhabit(life: Process, world: World): World {
  const through =
    <A extends readonly unknown[], R>(name: string, call: (...args: A) => Promise<R>) =>
    (...args: A): Promise<R> =>
      pass(life, name, () => call(...args));
  const { clock, prices, custody, venue, journal } = world;
  return {
    ...world,
    clock: { ...clock, sleep: through('clock.sleep', clock.sleep) },
    prices: { read: through('prices.read', prices.read) },
    custody: {
      ...custody,
      holdings: through('custody.holdings', custody.holdings),
      sign: through('custody.sign', custody.sign),
    },
    venue: {
      head: through('venue.head', venue.head),
      markets: through('venue.markets', venue.markets),
      prove: through('venue.prove', venue.prove),
      send: through('venue.send', venue.send),
      find: through('venue.find', venue.find),
    },
    journal: {
      ...journal,
      lease: through('journal.lease', journal.lease),
      renew: through('journal.renew', journal.renew),
      release: through('journal.release', journal.release),
      append: through('journal.append', journal.append),
      read: through('journal.read', journal.read),
    },
  };
}

async function pass<R>(life: Process, name: string, call: () => Promise<R>): Promise<R> {
  life.calls += 1;
  const ends = life.doom?.call === life.calls ? life.doom.when : undefined;
  if (life.dead || ends === 'before') throw die(life, name);
  const result = await call();
  if (ends === 'after') throw die(life, name);
  return result;
}

function die(life: Process, name: string): Crashed {
  life.dead = true;
  return new Crashed(`port call ${life.calls}, ${name}`);
}
