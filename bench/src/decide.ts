// How many decisions a second: a picture in, a decision out, nothing else.

import { decide as decideOnce, parseStrategy } from '@trimtab/core';
import type { Snapshot, Strategy } from '@trimtab/core';
import { snapshot as sample, STRATEGY } from '@trimtab/core/sample';
import type { Row } from './main.ts';

const ASSETS = 10;
/** Decisions a second that are wanted, of plain bands and of targets or regions that are optimised first. */
const PLAIN = 20_000;
const OPTIMISED = 1_000;
/** {ms} measured for each row, after as much again to warm up. */
const SPAN = 1_500;

/** Measure decisions at ten assets. */
export function decide(): readonly Row[] {
  const lines = Array.from({ length: ASSETS }, (_, index) => ({
    symbol: `T${index}`,
    decimals: [18, 8, 6][index % 3] ?? 18,
    price: String(10 + 7 * index),
    tokens: String(Math.round(100_000 / (10 + 7 * index))),
  }));
  const before = sample(lines);
  const ids = before.holdings.map(({ asset }) => asset);
  const covariance = ids.map((_, i) => ids.map((__, j) => (0.3 + 0.05 * i) * (0.3 + 0.05 * j) * (i === j ? 1 : 0.5)));
  const outlook = { at: before.at, assets: ids, covariance, expected: ids.map((_, i) => 0.02 * i) };
  const snapshot: Snapshot = { ...before, outlook };
  const weights = Object.fromEntries(ids.map((id) => [id, 1 / ASSETS]));
  const fixed = { kind: 'fixed', weights };
  const of = (when: unknown, toward: unknown = fixed): Strategy => parseStrategy({ ...STRATEGY, when, toward });
  const band = { kind: 'band', absolute: 500 };
  return [
    measure('band, inside', snapshot, of(band), PLAIN),
    ...REGIONS.map(({ name, when }) => measure(name, snapshot, of(when), OPTIMISED)),
    ...TARGETS.flatMap(({ name, toward }) => [
      measure(`${name}, not due`, snapshot, of({ kind: 'band', absolute: 10_000 }, toward), OPTIMISED),
      measure(`${name}, planned`, snapshot, of(band, toward), OPTIMISED),
    ]),
  ];
}

/** Regions that are computed anew at every look. */
const REGIONS = [
  { name: 'cost-optimal region', when: { kind: 'cost-optimal', riskAversion: 3, proportional: 30, maxAge: 3_600 } },
  { name: 'ellipsoid for gas', when: { kind: 'cost-optimal', riskAversion: 3, proportional: 0, maxAge: 3_600 } },
];

/** Targets that are optimised anew at every look. */
const TARGETS = [
  { name: 'risk budgets', toward: { kind: 'risk-budget', maxAge: 3_600 } },
  { name: 'least variance', toward: { kind: 'minimum-variance', maxAge: 3_600 } },
  { name: 'mean-variance', toward: { kind: 'mean-variance', aversion: 3, believe: 1, maxAge: 3_600 } },
  { name: 'hierarchical parity', toward: { kind: 'hierarchical-parity', maxAge: 3_600 } },
];

function measure(name: string, snapshot: Snapshot, strategy: Strategy, target: number): Row {
  const { kind } = decideOnce(snapshot, strategy);
  const [, count] = [run(snapshot, strategy), run(snapshot, strategy)];
  const value = Math.round((count * 1_000) / SPAN);
  return { case: `${name} (${kind})`, value, unit: 'decisions/s', target, met: value >= target };
}

function run(snapshot: Snapshot, strategy: Strategy): number {
  const until = performance.now() + SPAN;
  let count = 0;
  while (performance.now() < until) {
    for (let k = 0; k < 16; k++) decideOnce(snapshot, strategy);
    count += 16;
  }
  return count;
}
