// Moving one asset between places over crossings that charge a share, a fixed fee, and have room for so much: where there is too
// much goes where there is too little, at the least cost.

import { at, sum } from '../../forecast/Numbers.ts';
import { checkNotBelow, NetworkError } from './Network.ts';

/** State a way from one place to another, both numbered from zero. */
export type Crossing = {
  readonly from: number;
  readonly to: number;
  /** What a unit costs to move {1}. */
  readonly rate: number;
  /** What moving anything at all costs {value}. */
  readonly fixed: number;
  /** The most that can be moved {value}; it may be infinite. */
  readonly capacity: number;
};

/** Hold what goes over every crossing {value}, what that costs {value}, and what no way of moving it costs less than {value}. */
export type Transfer = { readonly flows: readonly number[]; readonly cost: number; readonly bound: number };

/** The most crossings with a fixed cost that are chosen from exactly: 4,096 choices. */
const EXACT = 12;

/**
 * Find the cheapest way to level `supplies` {value}: what a place has too much of, negative what it lacks, of sum zero. Exact for up to
 * twelve crossings with a fixed cost; beyond, the bound says how far from the least cost the answer can be. Throws NetworkError.
 */
export function cheapest(supplies: readonly number[], crossings: readonly Crossing[]): Transfer {
  check(supplies, crossings);
  const relaxed = relax(supplies, crossings);
  if (relaxed === undefined) throw stuck(supplies, crossings);
  const charging = crossings.flatMap(({ fixed }, index) => (fixed > 0 ? [index] : []));
  if (charging.length > EXACT) return { ...eliminate(supplies, crossings, relaxed.flows), bound: relaxed.cost };
  let best = priced(crossings, relaxed.flows);
  for (let choice = 0; choice < 2 ** charging.length; choice++) {
    const closed = charging.filter((_, bit) => (choice >> bit) % 2 === 1);
    const flows = level(supplies, crossings, closed);
    const cost = flows === undefined ? Infinity : priced(crossings, flows).cost;
    if (flows !== undefined && cost < best.cost) best = { flows, cost };
  }
  return { ...best, bound: best.cost };
}

/** Level with every crossing paid for, whether it is used or not: a linear program. Throws NetworkError. */
export function throughAll(supplies: readonly number[], crossings: readonly Crossing[]): Transfer {
  check(supplies, crossings);
  const flows = level(supplies, crossings, []);
  if (flows === undefined) throw stuck(supplies, crossings);
  const cost = linear(crossings, flows) + sum(crossings.map(({ fixed }) => fixed));
  return { flows, cost, bound: cost };
}

/** Relax: a fixed cost is paid in the share of the room that is used. No way of moving costs less. */
function relax(supplies: readonly number[], crossings: readonly Crossing[]): Omit<Transfer, 'bound'> | undefined {
  const total = sum(supplies.map((supply) => Math.max(0, supply)));
  const spread = crossings.map((crossing) => {
    const room = Math.min(crossing.capacity, total);
    return { ...crossing, rate: crossing.rate + (room > 0 ? crossing.fixed / room : 0) };
  });
  const flows = level(supplies, spread, []);
  return flows === undefined ? undefined : { flows, cost: linear(spread, flows) };
}

/** Close the crossing without which the rest costs least, as long as it costs less than with it. */
function eliminate(
  supplies: readonly number[],
  crossings: readonly Crossing[],
  start: readonly number[],
): Omit<Transfer, 'bound'> {
  let best = priced(crossings, start);
  for (;;) {
    const before = best;
    const unused = before.flows.flatMap((flow, index) => (flow > 0 ? [] : [index]));
    for (const [index, flow] of before.flows.entries()) {
      const flows = flow > 0 ? level(supplies, crossings, [...unused, index]) : undefined;
      if (flows !== undefined && priced(crossings, flows).cost < best.cost) best = priced(crossings, flows);
    }
    if (best === before) return best;
  }
}

/** Price flows: what moves pays its share, what is used its fixed cost. */
function priced(crossings: readonly Crossing[], flows: readonly number[]): Omit<Transfer, 'bound'> {
  const paid = sum(crossings.map(({ fixed }, index) => (at(flows, index) > 0 ? fixed : 0)));
  return { flows, cost: linear(crossings, flows) + paid };
}

function linear(crossings: readonly Crossing[], flows: readonly number[]): number {
  return sum(crossings.map(({ rate }, index) => rate * at(flows, index)));
}

/** Level supplies at the least proportional cost, along one cheapest way after another (Ford and Fulkerson, 1962); undefined if short. */
function level(
  supplies: readonly number[],
  crossings: readonly Crossing[],
  closed: readonly number[],
): readonly number[] | undefined {
  const left = [...supplies];
  const flows = crossings.map(() => 0);
  const dust = 1e-12 * Math.max(...supplies.map(Math.abs));
  while (left.some((amount) => amount > dust)) {
    const way = cheapestWay(left, crossings, flows, closed, dust);
    if (way === undefined) return undefined;
    const amount = Math.min(at(left, way.from), -at(left, way.to), ...way.arcs.map(({ room }) => room));
    left[way.from] = at(left, way.from) - amount;
    left[way.to] = at(left, way.to) + amount;
    for (const { index, sign } of way.arcs) flows[index] = at(flows, index) + sign * amount;
  }
  return flows;
}

/** Hold a crossing as it can be used next: forwards, or backwards to take back what was sent. */
type Arc = { readonly index: number; readonly sign: 1 | -1; readonly room: number };
type Way = { readonly from: number; readonly to: number; readonly arcs: readonly Arc[]; readonly cost: number };

/** Find the cheapest way from a place with too much to one with too little (Bellman, 1958; taking back has a negative cost). */
function cheapestWay(
  left: readonly number[],
  crossings: readonly Crossing[],
  flows: readonly number[],
  closed: readonly number[],
  dust: number,
): Way | undefined {
  const ways = left.map((amount, from): Way | undefined =>
    amount > dust ? { from, to: from, arcs: [], cost: 0 } : undefined,
  );
  for (let round = 1; round < left.length; round++) {
    for (const [index, { from, to, rate, capacity }] of crossings.entries()) {
      if (closed.includes(index)) continue;
      extend(ways, from, to, rate, { index, sign: 1, room: capacity - at(flows, index) });
      extend(ways, to, from, -rate, { index, sign: -1, room: at(flows, index) });
    }
  }
  const ends = ways.filter((way) => way !== undefined && at(left, way.to) < 0);
  return ends.reduce((best, way) => ((way?.cost ?? Infinity) < (best?.cost ?? Infinity) ? way : best), undefined);
}

/** Put a way one crossing further if that is the cheapest way there yet. */
function extend(ways: (Way | undefined)[], from: number, to: number, rate: number, arc: Arc): void {
  const way = ways[from];
  if (way === undefined || !(arc.room > 0)) return;
  const cost = way.cost + rate;
  // Sums of the same rates in another order must not look like a gain.
  if (cost >= (ways[to]?.cost ?? Infinity) - 1e-15) return;
  ways[to] = { from: way.from, to, arcs: [...way.arcs, arc], cost };
}

function check(supplies: readonly number[], crossings: readonly Crossing[]): void {
  const bad = supplies.findIndex((supply) => !Number.isFinite(supply));
  if (bad >= 0) throw new NetworkError(`supplies[${bad}]`, `${supplies[bad]}`, 'give a finite number');
  const total = sum(supplies.map(Math.abs));
  if (Math.abs(sum(supplies)) > 1e-12 * total) {
    throw new NetworkError('supplies', `a sum of ${sum(supplies)}`, 'let what is lacked be what is there elsewhere');
  }
  for (const [index, { from, to, rate, fixed, capacity }] of crossings.entries()) {
    const path = `crossings[${index}]`;
    const places = [from, to].every((place) => Number.isSafeInteger(place) && place >= 0 && place < supplies.length);
    if (!places || from === to) {
      throw new NetworkError(path, `${from} to ${to}`, `join two different places below ${supplies.length}`);
    }
    checkNotBelow([rate, fixed], 2, path);
    if (!(capacity >= 0)) throw new NetworkError(`${path}.capacity`, `${capacity}`, 'give at least zero');
  }
}

/** Name the place that cannot be served when all crossings are open. */
function stuck(supplies: readonly number[], crossings: readonly Crossing[]): NetworkError {
  const reach = supplies.map((supply) => supply > 0);
  for (const _ of supplies)
    for (const { from, to, capacity } of crossings) if (reach[from] === true && capacity > 0) reach[to] = true;
  const lost = supplies.findIndex((supply, place) => supply < 0 && reach[place] !== true);
  if (lost >= 0) return new NetworkError(`supplies[${lost}]`, 'no crossing from a place that has too much', 'add one');
  return new NetworkError('crossings', 'less room than what must be moved', 'raise a capacity, or move less');
}
