// A whole world in memory, behind the engine's own ports: thousands of cycles a second, no chain, no clock.
// It plays by core's own market mathematics and the settler's own rules, so what is planned with is what is charged.

import type { Price, PriceReading, Time } from '@trimtab/core';
import type { Alert, Clock, Custody, Prices, Signed, Venue, World } from '@trimtab/engine';
import * as Chain from './Chain.ts';
import { Unreachable } from './Fault.ts';
import type { Fault } from './Fault.ts';
import { blank, memoryJournal } from './memoryJournal.ts';
import * as Network from './Network.ts';
import * as Process from './Process.ts';
import * as Settler from './Settler.ts';
import type { Spec } from './Spec.ts';
import * as Transaction from './Transaction.ts';

/** Hold a running world. Its time moves only by `tick`, `mine` and the clock's `sleep`. */
export type Simulation = {
  /** The engine's ports, for its first life. */
  readonly world: World;
  /** Give the ports to a new process after a crash: chain and journal are as they were, and the old ports stay dead. */
  readonly revive: () => World;
  /**
   * Move the market: time to `at`, prices to `fair` in the order of the assets, gas to `gasPrice` if given. Feeds may
   * publish, pools are arbitraged, and one block is made. Throws RangeError where time would run back.
   */
  readonly tick: (at: Time, fair: readonly Price[], gasPrice?: bigint) => void;
  /** Make the next block out of everything sent. */
  readonly mine: () => void;
  readonly inject: (fault: Fault) => void;
  /** Every alert raised so far. */
  readonly alerts: () => readonly Alert[];
  /** Port calls made in the present life. */
  readonly calls: () => number;
};

/** What belongs to the world and not to any process in it. */
type Ground = {
  readonly spec: Spec;
  readonly network: Network.Network;
  now: Time;
  readonly alerts: Alert[];
  /** What the next sends suffer. */
  readonly sends: ('lost-reply' | 'lost-request')[];
};

/** Start a world. Throws RangeError where the spec contradicts itself. */
export function simulate(spec: Spec): Simulation {
  const ground: Ground = { spec, network: Network.start(spec), now: spec.at, alerts: [], sends: [] };
  const clock = clockOf(ground);
  const pages = blank();
  let life = Process.begin();
  const live = (): World =>
    Process.inhabit(life, {
      clock,
      prices: pricesOf(ground),
      custody: custodyOf(ground),
      venue: venueOf(ground),
      journal: memoryJournal(pages, clock),
      alerts: { raise: (alert) => void ground.alerts.push(alert) },
    });
  return {
    world: live(),
    revive: () => {
      life.dead = true;
      life = Process.begin();
      return live();
    },
    tick: (at, fair, gasPrice) => tick(ground, at, fair, gasPrice),
    mine: () => mineAt(ground, ground.network.chain.at + spec.blockTime),
    inject: (fault) => inject(ground, life, fault),
    alerts: () => [...ground.alerts],
    calls: () => life.calls,
  };
}

function tick(ground: Ground, at: Time, fair: readonly Price[], gasPrice?: bigint): void {
  const { network } = ground;
  if (at < network.chain.at) throw new RangeError(`time ${at} is before the newest block, ${network.chain.at}`);
  network.fair = fair;
  if (gasPrice !== undefined) network.chain = { ...network.chain, gasPrice };
  mineAt(ground, at);
}

function mineAt(ground: Ground, at: Time): void {
  Network.mine(ground.network, at);
  ground.now = Math.max(ground.now, at);
}

/** Sleeping makes the blocks that pass meanwhile: one for each block time while something waits, and one at the end. */
function clockOf(ground: Ground): Clock {
  const { network, spec } = ground;
  return {
    now: () => ground.now,
    sleep: async (seconds) => {
      const until = ground.now + seconds;
      while (network.pool.size > 0 && network.chain.at + spec.blockTime <= until)
        mineAt(ground, network.chain.at + spec.blockTime);
      if (network.chain.at + spec.blockTime <= until) mineAt(ground, until);
      ground.now = until;
    },
  };
}

function pricesOf({ network, spec }: Ground): Prices {
  return {
    read: async (head) => {
      const { feeds } = Network.stateAt(network, head);
      return feeds.map(({ answer, habit }, i): PriceReading => {
        const asset = spec.assets[i]?.id ?? '';
        return { asset, source: 'feed', price: answer.price, at: answer.at, heartbeat: habit.heartbeat };
      });
    },
  };
}

function custodyOf({ network, spec }: Ground): Custody {
  return {
    portfolio: `eip155:${spec.chain}/0x5641554c54000000000000000000000000000001`,
    assets: spec.assets,
    holdings: async (head) => {
      const chain = Network.stateAt(network, head);
      return {
        holdings: spec.assets.map(({ id }, i) => ({ asset: id, atoms: chain.held[i] ?? 0n })),
        inFlight: [],
        permits: Settler.permits(chain.settler, spec.bounds, spec.supply, Chain.worthOf(chain), chain.at),
      };
    },
    sign: async (unsigned) => Transaction.sign(unsigned),
  };
}

function venueOf(ground: Ground): Venue {
  const { network, spec } = ground;
  return {
    head: async () => Network.head(network),
    markets: async (head) => {
      const chain = Network.stateAt(network, head);
      return { markets: [...chain.markets.values()], gas: { ...spec.gas, price: chain.gasPrice } };
    },
    prove: async (step, attempt) => Network.prove(network, step, attempt),
    send: async (signed) => send(ground, signed),
    find: async (signed) => Network.find(network, signed),
  };
}

function send(ground: Ground, signed: Signed): void {
  const fault = ground.sends.shift();
  if (fault !== 'lost-request') Network.send(ground.network, signed);
  if (fault !== undefined) throw new Unreachable(`the network failed while ${signed.hash} was sent`);
}

function inject(ground: Ground, life: Process.Process, fault: Fault): void {
  const { network } = ground;
  switch (fault.kind) {
    case 'crash':
      return Process.condemn(life, fault.call, fault.when);
    case 'lost-reply':
    case 'lost-request':
      ground.sends.push(fault.kind);
      return;
    case 'dropped':
      return network.pool.clear();
    case 'stale':
      network.silenced.add(fault.asset);
      return;
    case 'fresh':
      network.silenced.delete(fault.asset);
      return;
    case 'revert':
      network.reverts.push(fault.why);
      return;
    case 'foreign':
      return Network.intrude(network);
  }
}
