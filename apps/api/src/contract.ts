// The API in one file: what can be asked, and the exact shape of every answer. The server, the page, the OpenAPI
// document and the tests all read it from here, so none of them can disagree. Exact money travels as decimal
// strings, because JSON numbers stop being exact at 2^53; times are {s} since 1970-01-01T00:00:00Z.

import * as z from 'zod';

const maybe = z.exactOptional;

/** Name a shape, so that the OpenAPI document refers to it by this name. Unknown keys are refused. */
const shape = <Fields extends z.ZodRawShape>(id: string, description: string, fields: Fields) =>
  z.strictObject(fields).meta({ id, description });

const integer = z.string().regex(/^-?\d{1,78}$/);
const Time = z.int().meta({ id: 'Time', description: '{s} since 1970-01-01T00:00:00Z' });
const Usd = integer.meta({ id: 'Usd', description: 'D18{USD}: dollars times 10^18, in decimal' });
const Atoms = integer.meta({ id: 'Atoms', description: '{atom}: tokens times 10^decimals, in decimal' });
const Weight = z.number().meta({ id: 'Weight', description: '{1}: a share of the portfolio’s value' });
const Band = z.tuple([Weight, Weight]).meta({ id: 'Band', description: 'Lowest and highest weight inside the band' });

export const Mode = z.enum(['SIMULATION', 'DRY RUN', 'LIVE']).meta({ id: 'Mode' });
export type Mode = z.infer<typeof Mode>;

const asset = { symbol: z.string(), decimals: z.int() };
export const Asset = shape('Asset', 'What can be held', { id: z.string(), ...asset });
export type Asset = z.infer<typeof Asset>;

const Amount = shape('Amount', 'An exact quantity of one asset', { asset: z.string(), ...asset, atoms: Atoms });
export type Amount = z.infer<typeof Amount>;

export const Status = shape('Status', 'How the vault is, in one sentence and its figures', {
  mode: Mode,
  portfolio: z.string(),
  version: maybe(z.string()),
  state: z.enum(['waiting', 'on-target', 'outside', 'rebalancing', 'halted']),
  sentence: z.string(),
  value: maybe(Usd),
  block: maybe(z.string()),
  at: maybe(Time.describe('Chain time of the last look')),
  lookedAt: maybe(Time.describe('Wall clock of the last look')),
  halted: maybe(z.strictObject({ by: z.string(), why: z.string(), at: Time })),
});
export type Status = z.infer<typeof Status>;

export const Drift = shape('Drift', 'One asset’s weight against its target and band', {
  asset: z.string(),
  symbol: z.string(),
  value: Usd,
  weight: Weight,
  target: Weight,
  absolute: z.number().describe('weight − target: 0.05 is five percentage points'),
  relative: maybe(z.number().describe('(weight − target) / target')),
  band: maybe(Band),
  room: maybe(z.number().describe('Weight left to the nearer edge of the band; negative outside it')),
});
export type Drift = z.infer<typeof Drift>;

export const Point = shape('Point', 'Drift at one moment; the arrays follow the order of `assets`', {
  at: Time,
  weights: z.array(Weight),
  targets: z.array(Weight),
  bands: z.array(Band.nullable()),
});
export type Point = z.infer<typeof Point>;

export const Input = shape('Input', 'One source of facts and how fresh it was when the engine looked', {
  name: z.string(),
  kind: z.enum(['price', 'chain', 'engine']),
  source: z.string(),
  at: Time.describe('When it last spoke, on the clock named by `clock`'),
  clock: z.enum(['chain', 'wall']),
  age: z.int().describe('{s}'),
  limit: z.int().describe('{s}: older than this is stale'),
  state: z.enum(['STREAM', 'STALE']),
});
export type Input = z.infer<typeof Input>;

const cost = { fee: Usd, impact: Usd, gas: Usd, bridge: Usd };
const Expected = shape('Expected', 'What a plan is expected to cost, and what others to take', { ...cost, mev: Usd });

const spent = {
  ...cost,
  mev: Usd.describe('Lost between the proof before signing and the fill; a better fill counts as nothing lost'),
  total: Usd,
  turnover: Usd.describe('Value sold'),
};
const Spent = shape('Spent', 'What was spent: gas from receipts, fee and impact as planned', spent);
export type Spent = z.infer<typeof Spent>;

export const Costs = shape('Costs', 'Spent since this mode began: a rehearsal’s costs never join real ones', {
  ...spent,
  mode: Mode,
  since: maybe(Time),
  rebalances: z.int().describe('Runs that settled at least one swap'),
});
export type Costs = z.infer<typeof Costs>;

const Authorise = shape('Authorise', 'Announce to custody how far each holding may move', {
  kind: z.literal('authorise'),
  deadline: Time,
  floorDiscount: z.int().describe('{bps} below the oracle price at which a fill may settle'),
  why: z.string(),
});
const Guarded = shape('Guarded', 'How a swap that is sent in public is kept from being traded around', {
  slice: z.int().describe('Which slice of its trade this is, from 1; one is sent a block'),
  of: z.int().describe('How many slices the trade has'),
  tolerance: z.int().describe('{bps} below the markets’ own answer at which it may still fill'),
  attacker: Usd.describe('What the best attack on it would earn after its gas'),
  why: z.string(),
});
const Swap = shape('Swap', 'Sell one asset for another, never for less than the floor', {
  kind: z.literal('swap'),
  sold: Amount,
  expected: Amount,
  floor: Amount,
  markets: z.array(z.string()),
  deadline: Time,
  cost: Expected,
  guarded: maybe(Guarded),
  why: z.string(),
});
export const Step = z.discriminatedUnion('kind', [Authorise, Swap]).meta({ id: 'Step' });
export type Step = z.infer<typeof Step>;

const Proof = shape('Proof', 'How good a plan is, and how much better any other could be: beliefs {USD}', {
  objective: z.number().describe('Value after the plan, less what being off target counts for, less gas'),
  bound: z.number().describe('No plan through these markets counts for more'),
  gap: z.number().describe('bound − objective'),
  gapBps: z.number().describe('The gap in basis points of the portfolio'),
  looks: z.int().describe('How often all markets were asked for their answer to prices'),
  limits: z.array(z.string()).describe('What was in the way of more, and what more of it would count for'),
});

export const Plan = shape('Plan', 'Steps in the order they must be done', {
  why: z.string(),
  steps: z.array(Step),
  skips: z.array(z.strictObject({ asset: z.string(), symbol: z.string(), why: z.string() })),
  passed: z.array(z.strictObject({ market: z.string(), why: z.string() })).describe('Markets left out, and why'),
  cost: Expected,
  turnover: Usd,
  proof: maybe(Proof),
});
export type Plan = z.infer<typeof Plan>;

const Attempt = shape('Attempt', 'One signing of a step; at most one of them can land', {
  hash: z.string(),
  proved: maybe(Amount.describe('What these bytes would have brought when they were signed')),
});

export const RunStep = shape('RunStep', 'How far one step of a run has come', {
  step: Step,
  state: z.enum(['waiting', 'intended', 'signed', 'sent', 'settled', 'failed']),
  attempts: z.array(Attempt),
  landed: maybe(z.int().describe('Which of the attempts')),
  block: maybe(z.string()),
  at: maybe(Time),
  sold: maybe(Amount),
  received: maybe(Amount),
  spent: maybe(Spent),
  why: maybe(z.string()),
});
export type RunStep = z.infer<typeof RunStep>;

export const Run = shape('Run', 'One rebalance being carried out', {
  id: z.string(),
  decision: z.int(),
  mode: Mode,
  at: Time,
  state: z.enum(['open', 'done', 'abandoned']),
  why: z.string(),
  steps: z.array(RunStep),
  spent: Spent,
});
export type Run = z.infer<typeof Run>;

const kind = z.enum(['hold', 'refuse', 'act']);
export const DecisionRow = shape('DecisionRow', 'One line of the list of decisions', {
  seq: z.int(),
  at: Time,
  kind,
  why: z.string(),
  looks: z.int().describe('How many decisions this row stands for: holds in a row are told once, by the newest'),
});
export type DecisionRow = z.infer<typeof DecisionRow>;

const Price = shape('Price', 'What one source said one token is worth, and how old that was', {
  asset: z.string(),
  symbol: z.string(),
  source: z.string(),
  price: Usd,
  age: z.int().describe('{s}'),
});
export type Price = z.infer<typeof Price>;

export const Decision = shape('Decision', 'A decision explained: seen, wanted, planned, let pass, cost', {
  seq: z.int(),
  cycle: z.int(),
  mode: Mode,
  at: Time.describe('Chain time of what was seen'),
  decidedAt: Time.describe('Wall clock'),
  kind,
  why: z.string(),
  trigger: z.string().describe('What would make a rebalance due'),
  seen: z.strictObject({ block: z.string(), value: Usd, prices: z.array(Price), drift: z.array(Drift) }),
  wanted: z.strictObject({ kind: z.enum(['hold', 'move']), why: z.string() }),
  planned: maybe(Plan),
  guard: z.strictObject({
    verdict: z.enum(['not asked', 'pass', 'refuse']),
    limits: z.array(z.string()).describe('What a plan is checked against, in this order'),
    refusals: z.array(z.strictObject({ limit: z.string(), was: z.string(), allowed: z.string(), fix: z.string() })),
  }),
  run: maybe(Run),
  earlier: maybe(z.int().describe('`seq` of the decision before')),
  later: maybe(z.int().describe('`seq` of the decision after')),
});
export type Decision = z.infer<typeof Decision>;

const fraction = z.number().describe('{1}');
export const Scoreboard = shape('Scoreboard', 'Live figures of a rehearsal', {
  progress: maybe(z.strictObject({ done: z.number(), total: z.number(), label: z.string() })),
  valueVsHold: maybe(fraction.describe('{1}: value / value had nothing been traded, − 1')),
  valueVsConstantMix: maybe(fraction.describe('{1}: value / value of rebalancing at every step for free, − 1')),
  trackingError: maybe(fraction.describe('{1}: annualised on 365 days')),
  largestDrift: maybe(fraction.describe('{1}: largest |weight − target| seen')),
});
export type Scoreboard = z.infer<typeof Scoreboard>;

const [assets, drift] = [z.array(Asset), z.array(Drift)];
const sections = { status: Status, assets, drift, inputs: z.array(Input), costs: Costs };
const id = z.string().describe('Names this exact history: the last entry’s place and hash');

export const State = shape('State', 'All that the page shows', {
  id,
  ...sections,
  decision: maybe(Decision),
  history: z.array(Point),
  decisions: z.array(DecisionRow),
  runs: z.array(Run),
});
export type State = z.infer<typeof State>;

const tail = <Item extends z.ZodType>(item: Item) => maybe(z.strictObject({ from: z.int(), items: z.array(item) }));

export const Change = shape('Change', 'What is new: a section replaces its old self, a list all from `from` on', {
  id,
  status: maybe(sections.status),
  assets: maybe(sections.assets),
  drift: maybe(sections.drift),
  inputs: maybe(sections.inputs),
  costs: maybe(sections.costs),
  decision: maybe(Decision),
  history: tail(Point),
  decisions: tail(DecisionRow),
  runs: tail(Run),
});
export type Change = z.infer<typeof Change>;

export const Problem = shape('Problem', 'What went wrong, why, and what to do', {
  what: z.string(),
  why: z.string(),
  fix: z.string(),
});
export type Problem = z.infer<typeof Problem>;

const nothing = z.strictObject({});
const newest = z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(50) });

/** List every question and the shape of its answer. `/api/v1/events` streams `state`, `change` and `scoreboard` events. */
export const endpoints = {
  status: { path: '/api/v1/status', about: 'How the vault is now', query: nothing, answer: Status },
  drift: {
    path: '/api/v1/drift',
    about: 'Weights against targets and bands, now and over time',
    query: nothing,
    answer: shape('DriftAnswer', 'Drift now and before', { assets, latest: drift, history: z.array(Point) }),
  },
  decisions: {
    path: '/api/v1/decisions',
    about: 'The newest decisions, oldest first; holds in a row are one line',
    query: newest,
    answer: shape('DecisionsAnswer', 'Decisions', { decisions: z.array(DecisionRow) }),
  },
  decision: { path: '/api/v1/decisions/:seq', about: 'One decision, explained', query: nothing, answer: Decision },
  runs: {
    path: '/api/v1/runs',
    about: 'The newest rebalances, oldest first',
    query: newest,
    answer: shape('RunsAnswer', 'Rebalances', { runs: z.array(Run), costs: Costs }),
  },
  run: { path: '/api/v1/runs/:id', about: 'One rebalance, step by step', query: nothing, answer: Run },
  healthz: {
    path: '/healthz',
    about: 'Whether this server reads its journal',
    query: nothing,
    answer: shape('Health', 'Health', { ok: z.boolean(), mode: Mode, id, problem: maybe(z.string()) }),
  },
} as const;

export { applyChange } from './applyChange.ts';
export * as Deed from './Deed.ts';
