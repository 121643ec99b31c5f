// Journal entries as a rebalancer would write them through a falling market: looks that hold, a refusal, rebalances
// carried out step by step. Same script, same entries.

import { Cost, type Decision, type Plan, type Swap } from '@trimtab/core';
import type { Entry, Event, Mode } from '@trimtab/engine';
import * as Scene from './Scene.ts';

/** Say how long, from when and in which mode. `cycles` looks are a minute of chain time apart, {s} `pace` of wall time. */
export type Script = {
  readonly cycles: number;
  readonly seed?: number;
  readonly mode?: Mode;
  /** Chain time of the first look. */
  readonly from?: number;
  /** Wall clock of the first look. */
  readonly wall?: number;
  readonly pace?: number;
};

/** Every trade is sent in public, in so many slices. */
const SLICES = 3;

/** Write the journal of a script. */
export function sampleEntries(script: Script): Entry[] {
  const { cycles, seed = 1, mode = 'SIMULATION', from = 1_692_302_400, wall = from, pace = 1 } = script;
  const random = lehmer(seed);
  const entries: Entry[] = [];
  const write = (at: number, events: readonly Event[]): void => {
    for (const event of events) entries.push(entryOf(entries.length + 1, at, event));
  };
  write(wall, [{ kind: 'Started', mode, strategy: Scene.STRATEGY, version: '0.1.0' }]);
  let scene = Scene.begin(from);
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    scene = Scene.pass(scene, factors(random, cycle / cycles));
    const at = wall + Math.round(cycle * pace);
    const decision = decide(scene, cycle, mode);
    const run = decision.kind === 'act' && mode !== 'DRY RUN' ? `run-${cycle}` : undefined;
    write(at, [{ kind: 'Observed', cycle, snapshot: Scene.snapshot(scene) }]);
    write(at, [{ kind: 'Decided', cycle, decision, ...(run === undefined ? {} : { run }) }]);
    if (run !== undefined && decision.kind === 'act') {
      const done = carryOut(run, decision.plan, scene);
      write(at + 1, done.events);
      scene = done.scene;
    }
  }
  return entries;
}

function entryOf(seq: number, at: number, event: Event): Entry {
  const hash = BigInt.asUintN(256, BigInt(seq) * 0x9e3779b97f4a7c15f39cc0605cedc8341082276bf3a27251f86c6a11d0c18e95n);
  const run = 'run' in event && event.run !== undefined ? { run: event.run } : {};
  return { seq, portfolio: Scene.PORTFOLIO, epoch: 1, at, hash: hash.toString(16).padStart(64, '0'), ...run, event };
}

/** Fall slowly, then sharply in the middle, then rise a little: BTC falls with ETH, but less. */
function factors(random: () => number, progress: number): number[] {
  const trend = progress > 0.4 && progress < 0.55 ? -0.0016 : progress > 0.7 ? 0.0002 : -0.00005;
  const shared = trend + 0.0011 * (random() + random() + random() - 1.5);
  return [1 + 1.35 * shared + 0.0012 * (random() - 0.5), 1 + shared, 1];
}

function decide(scene: Scene.Scene, cycle: number, mode: Mode): Decision {
  const drift = Scene.drift(scene);
  const outside = drift.find((one) => one.band !== undefined && Math.abs(one.absolute) > 0.015);
  const symbol = Scene.ASSETS.find((asset) => asset.id === outside?.asset)?.symbol ?? '';
  const seen = { value: Scene.d18(Scene.value(scene)), drift, trigger: 'any asset more than 1.5 pp from its target' };
  if (outside === undefined) {
    const why = 'every asset is inside its band';
    return { kind: 'hold', why, intent: { kind: 'hold', why }, ...seen };
  }
  const why = `${symbol} is ${(outside.absolute * 100).toFixed(1)} pp from its target, outside ±1.5 pp`;
  const weights = Object.fromEntries(drift.map((one) => [one.asset, one.target]));
  const moved = { intent: { kind: 'move', why, weights } as const, plan: planOf(scene), ...seen };
  if (cycle % 2 !== 0 || mode === 'DRY RUN') return { kind: 'act', why, ...moved };
  const refusal = {
    limit: 'worthwhile',
    was: '71 bps of the value traded',
    allowed: '60 bps',
    fix: 'wait for cheaper gas, or raise within.worthwhile',
  };
  return { kind: 'refuse', why: 'the trades would cost more than they are worth', refusals: [refusal], ...moved };
}

/** Sell what is over its target for what is most under it. */
function planOf(scene: Scene.Scene): Plan {
  const drift = Scene.drift(scene);
  const total = Scene.value(scene);
  const [over, under] = [
    drift.toSorted((a, b) => b.absolute - a.absolute)[0],
    drift.toSorted((a, b) => a.absolute - b.absolute)[0],
  ];
  const sell = Scene.ASSETS.findIndex((asset) => asset.id === over?.asset);
  const buy = Scene.ASSETS.findIndex((asset) => asset.id === under?.asset);
  const usd = total * Math.min(over?.absolute ?? 0, -(under?.absolute ?? 0));
  const swaps = Array.from({ length: SLICES }, (_, at) =>
    swapOf(scene, { sell, buy, usd: usd / SLICES, slice: at + 1 }),
  );
  const left = Scene.ASSETS.filter((_asset, i) => i !== sell && i !== buy);
  return {
    why: `sell ${Scene.ASSETS[sell]?.symbol} for ${Scene.ASSETS[buy]?.symbol}, the asset furthest below its target`,
    steps: [
      {
        kind: 'authorise',
        nonce: 1,
        deadline: scene.at + 600,
        floorDiscount: 50,
        supply: 10n ** 24n,
        legs: [],
        why: 'the vault only moves inside what was announced',
      },
      ...swaps,
    ],
    skips: left.map((asset) => ({ asset: asset.id, why: 'the trade would be under the minimum of $250' })),
    cost: Cost.sum([...swaps.map(({ cost }) => cost), { ...Cost.NONE, gas: Scene.d18(4) }]),
    passed: [],
    turnover: Scene.d18(usd),
    value: Scene.d18(total),
    proof: proofOf(total, usd),
  };
}

/** A plan whose bound lies a hundredth of a basis point above it. */
function proofOf(total: number, usd: number): Plan['proof'] {
  const gap = total * 1e-6;
  const objective = total - usd * 0.0012;
  return {
    objective,
    idle: objective - usd * 0.004,
    bound: objective + gap,
    gap,
    gapBps: 0.01,
    looks: 24,
    solves: 2,
    shadows: [],
  };
}

type Cut = { readonly sell: number; readonly buy: number; readonly usd: number; readonly slice: number };

function swapOf(scene: Scene.Scene, { sell, buy, usd, slice }: Cut): Swap {
  const amountOf = (asset: number, dollars: number): bigint =>
    Scene.atoms(dollars / (scene.prices[asset] ?? 1), Scene.ASSETS[asset]?.decimals ?? 0);
  const sold = amountOf(sell, usd);
  const expected = amountOf(buy, usd * 0.9988);
  const pool = 'uniswap-v3:31337/0x88e6a0c2ddd26feeb64f039a2c41296fcb3f5640';
  return {
    kind: 'swap',
    sell: Scene.ASSETS[sell]?.id ?? '',
    buy: Scene.ASSETS[buy]?.id ?? '',
    sold,
    expected,
    floor: (expected * 997n) / 1000n,
    routes: [{ markets: [pool], through: [], sold, expected }],
    deadline: scene.at + 600,
    cost: { ...Cost.NONE, fee: Scene.d18(usd * 0.0005), impact: Scene.d18(usd * 0.0007), gas: Scene.d18(7) },
    guarded: {
      slice,
      of: SLICES,
      tolerance: 30,
      attacker: 0n,
      why: `in ${SLICES} slices, one a block, at a slippage of 0.3 %, an attack gains at most $2.10, not the $6.40 of its gas`,
    },
    why: `${Scene.ASSETS[sell]?.symbol} is over its target and ${Scene.ASSETS[buy]?.symbol} is under it`,
  };
}

/** Settle every step; the swap brings a hair less than was proved. */
function carryOut(run: string, plan: Plan, scene: Scene.Scene): { events: Event[]; scene: Scene.Scene } {
  const events = plan.steps.flatMap((step, i) => {
    const receives = step.kind === 'swap' ? step.expected : 0n;
    const fill =
      step.kind === 'swap'
        ? { sell: step.sell, buy: step.buy, sold: step.sold, received: (receives * 99_990n) / 100_000n }
        : undefined;
    const hash = `0x${run.length.toString(16).padStart(2, '0')}${i}`.padEnd(66, 'a7c3');
    const block = { number: BigInt(scene.block + 1 + i), hash: `0x${'0'.repeat(64)}` };
    const receipt = { block, at: scene.at + 12 * (i + 1), gasUsed: 148_000n, gasPrice: 25_000_000_000n };
    const signed = { raw: '0x02', hash, from: '0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266', nonce: i };
    const place = { run, step: i, attempt: 0 };
    return [
      { kind: 'StepIntended', run, step: i, key: `${run}/${i}` },
      { kind: 'StepSigned', ...place, signed, receives },
      { kind: 'StepSent', ...place },
      { kind: 'StepSettled', ...place, receipt, ...(fill === undefined ? {} : { fill }) },
    ] satisfies Event[];
  });
  const closed: Event = { kind: 'RunClosed', run, outcome: 'done', why: 'every step is settled' };
  return { events: [...events, closed], scene: settled(plan, scene) };
}

function settled(plan: Plan, scene: Scene.Scene): Scene.Scene {
  const changes = Scene.ASSETS.map((asset) =>
    plan.steps.reduce((sum, step) => {
      if (step.kind !== 'swap') return sum;
      if (step.sell === asset.id) return sum - Number(step.sold) / 10 ** asset.decimals;
      if (step.buy === asset.id) return sum + Number(step.expected) / 10 ** asset.decimals;
      return sum;
    }, 0),
  );
  return Scene.trade(scene, changes);
}

/** Draw numbers in (0, 1) from a seed (Lehmer 1951, with Park and Miller’s multiplier, 1988). */
function lehmer(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
