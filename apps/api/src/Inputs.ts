// How fresh everything is that decisions are made from. A silent outage is the worst failure there is, so the
// engine itself is one of the inputs: when it stops looking, that is shown like any other source falling silent.

import type { Limit, Seconds, Snapshot, Strategy, Time } from '@trimtab/core';
import type { Mode } from '@trimtab/engine';
import type { Input } from './contract.ts';

/** {s}: a chain that shows no block for this long is not being seen. */
const CHAIN_LIMIT = 60;
/** {s}: an engine may always be silent for this long, whatever its pace. */
const ENGINE_LIMIT = 30;

/** Say when and how the engine looked: `pace` is the time since the look before. */
export type Look = { readonly cycle: number; readonly at: Time; readonly pace: Seconds; readonly mode: Mode };

/** List every input of a snapshot with its age. */
export function of(snapshot: Snapshot, look: Look, strategy: Strategy | undefined): Input[] {
  const grace = strategy?.within.find(isStaleness)?.grace ?? 0;
  const symbols = new Map(snapshot.assets.map((asset) => [asset.id, asset.symbol]));
  const prices = snapshot.prices.map((reading) =>
    input({
      name: `${symbols.get(reading.asset) ?? reading.asset} price`,
      kind: 'price',
      source: reading.source,
      at: reading.at,
      clock: 'chain',
      age: snapshot.at - reading.at,
      limit: reading.heartbeat + grace,
    }),
  );
  return [engine(look), chain(snapshot, look), ...prices];
}

function engine(look: Look): Input {
  return input({
    name: 'Engine',
    kind: 'engine',
    source: `look ${look.cycle}`,
    at: look.at,
    clock: 'wall',
    age: 0,
    limit: Math.max(ENGINE_LIMIT, 3 * look.pace),
  });
}

/** A rehearsal's chain keeps its own time, so its head is as old as the look itself. */
function chain(snapshot: Snapshot, look: Look): Input {
  return input({
    name: 'Chain',
    kind: 'chain',
    source: `block ${snapshot.block.number}`,
    at: snapshot.at,
    clock: 'chain',
    age: look.mode === 'SIMULATION' ? 0 : Math.max(0, look.at - snapshot.at),
    limit: CHAIN_LIMIT,
  });
}

function input(fields: Omit<Input, 'state'>): Input {
  return { ...fields, state: fields.age > fields.limit ? 'STALE' : 'STREAM' };
}

function isStaleness(limit: Limit): limit is Extract<Limit, { kind: 'staleness' }> {
  return limit.kind === 'staleness';
}
