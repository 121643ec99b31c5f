// Every market of a network in flat memory, kind by kind, so that a hundred thousand of them answer new prices in milliseconds and
// nothing is allocated while prices are searched. Built once from what the markets are, and brought up to date in place.
// A kind of market is a file: how it is laid out and how it answers.

import { at } from '../../forecast/Numbers.ts';
import type { Concentrated } from '../network/Concentrated.ts';
import { NetworkError } from '../network/Network.ts';
import { addUp } from './addUp.ts';
import * as Baskets from './Baskets.ts';
import * as Charges from './Charges.ts';
import { checkAll, checkOne } from './checkAll.ts';
import * as ConstantProducts from './ConstantProducts.ts';
import * as Deposits from './Deposits.ts';
import { real, whole } from './Flat.ts';
import * as LadderAnswers from './LadderAnswers.ts';
import * as Ladders from './Ladders.ts';
import * as Pairs from './Pairs.ts';
import * as Ranges from './Ranges.ts';
import * as StableBaskets from './StableBaskets.ts';
import * as StablePairs from './StablePairs.ts';
import * as WeightedPairs from './WeightedPairs.ts';

/** State a market by what its trades depend on, in floats. `tokens` are numbers below the program's count of them. */
export type Model =
  | ConstantProducts.ConstantProduct
  | WeightedPairs.Weighted
  | StablePairs.Stable
  | Concentrated
  | Deposits.Deposit
  | Ladders.Ladder;

/** Hold markets, laid out by kind. */
export type Program = {
  readonly tokens: number;
  readonly markets: number;
  readonly pairs: Pairs.Pairs;
  readonly products: ConstantProducts.ConstantProducts;
  readonly weighted: WeightedPairs.WeightedPairs;
  readonly stable: StablePairs.StablePairs;
  readonly ranges: Ranges.Ranges;
  readonly deposits: Deposits.Deposits;
  readonly ladders: Ladders.Ladders;
  readonly baskets: Baskets.Baskets;
  readonly stableBaskets: StableBaskets.StableBaskets;
  readonly charges: Charges.Charges;
  /** 1 where some market takes any amount of a token, so that a price of zero or less would drain it. */
  readonly unbounded: Int32Array;
  /** What each market is laid out from. */
  readonly models: Model[];
  /** Where each market stands: its place among the pairs, or −1 − its place among the baskets. */
  readonly places: Int32Array;
};

/** Hold what all markets do at given prices, and the net flow. */
export type Answer = Pairs.Answers &
  Baskets.Answers &
  Charges.Answers &
  LadderAnswers.Answers & {
    /** What the trader receives of each token {tok}. */
    readonly flow: Float64Array;
    /** The same less what ladders withhold in a search {tok}: one list where there are none. */
    readonly smooth: Float64Array;
    /** How much changes hands {value}: the one number that is in it. */
    readonly volume: Float64Array;
  };

/** Lay out a network of markets. Throws NetworkError naming a market that no trade can be found in. */
export function of(tokens: number, models: readonly Model[]): Program {
  checkAll(tokens, models);
  const sorted: { readonly [Kind in Slot]: number[] } = {
    product: [],
    weighted: [],
    stable: [],
    range: [],
    deposit: [],
    ladder: [],
    basket: [],
    stableBasket: [],
  };
  for (const [index, model] of models.entries()) sorted[slotOf(model)].push(index);
  const pick = <Kind extends Model['kind']>(slot: Slot, kind: Kind) =>
    sorted[slot].map((index) => models[index]).filter((model) => isKind(model, kind));
  const [products, weighted, stable, ranges, deposits, ladders] = [
    pick('product', 'constant-product'),
    pick('weighted', 'weighted'),
    pick('stable', 'stable'),
    pick('range', 'concentrated'),
    pick('deposit', 'deposit'),
    pick('ladder', 'ladder'),
  ];
  const [bundled, stableBundled] = [pick('basket', 'weighted'), pick('stableBasket', 'stable')];
  const baskets = Baskets.of(bundled, stableBundled);
  const count = models.length - baskets.count;
  const pairs = Pairs.of(count);
  const places = new Int32Array(models.length);
  const inOrder = ['product', 'weighted', 'stable', 'range', 'deposit', 'ladder'] as const;
  const order = inOrder.flatMap((slot) => sorted[slot]);
  for (const [place, index] of order.entries()) places[index] = place;
  for (const [place, index] of [...sorted.basket, ...sorted.stableBasket].entries()) places[index] = -1 - place;
  return {
    tokens,
    markets: models.length,
    pairs,
    products: ConstantProducts.of(products, pairs, 0),
    weighted: WeightedPairs.of(weighted, pairs, products.length),
    stable: StablePairs.of(stable, pairs, products.length + weighted.length),
    ranges: Ranges.of(ranges, pairs, count - ladders.length - deposits.length - ranges.length),
    deposits: Deposits.of(deposits, pairs, count - ladders.length - deposits.length),
    ladders: Ladders.of(ladders, pairs, count - ladders.length),
    baskets,
    stableBaskets: StableBaskets.of(stableBundled, baskets, bundled.length),
    charges: Charges.none(count, baskets.count),
    unbounded: marksOf(tokens, models),
    models: [...models],
    places,
  };
}

/** List the tokens that a market takes any amount of: none where its trades end. */
export function takenBy(model: Model): readonly number[] {
  if (model.kind === 'ladder') return Ladders.takenBy(model);
  const ends =
    model.kind === 'concentrated' ||
    model.kind === 'deposit' ||
    (model.kind === 'weighted' && model.most !== undefined);
  return ends ? [] : model.tokens;
}

function marksOf(tokens: number, models: readonly Model[]): Int32Array {
  const marks = new Int32Array(tokens);
  for (const model of models) for (const token of takenBy(model)) marks[token] = 1;
  return marks;
}

/**
 * Let those markets trade whose place in `mask` is not zero, and the others rest, in place: what a program answers is then what one
 * of those markets alone would. Throws NetworkError where the mask is not of one number a market.
 */
export function allow({ pairs, baskets, places, models, unbounded }: Program, mask: ArrayLike<number>): void {
  if (mask.length !== places.length) throw new NetworkError('mask', `${mask.length} marks`, `give ${places.length}`);
  unbounded.fill(0);
  for (let market = 0; market < places.length; market++) {
    const place = whole(places, market);
    const allowed = mask[market] !== 0;
    if (place >= 0) Pairs.allow(pairs, place, allowed);
    else Baskets.allow(baskets, -1 - place, allowed);
    if (allowed) for (const token of takenBy(at(models, market))) unbounded[token] = 1;
  }
}

/**
 * Lay out a market anew, in place, as its balances, prices or fee have changed; one that rests goes on resting. Throws NetworkError where
 * what it is now does not fit into its place: other tokens, another kind, more ranges, or trades that end where they did not.
 */
export function update(program: Program, market: number, model: Model): void {
  const path = `markets[${market}]`;
  const before = program.models[market];
  if (before === undefined) throw new NetworkError(path, 'no such market', `name one below ${program.markets}`);
  checkOne(model, program.tokens, path);
  const place = whole(program.places, market);
  const rests = Number.isNaN(place >= 0 ? real(program.pairs.low, place) : real(program.baskets.keep, -1 - place));
  if (!isAlike(before, model) || !put(program, place, model)) {
    throw new NetworkError(path, 'a market of another layout', 'lay the program out anew');
  }
  program.models[market] = model;
  if (!rests) return;
  if (place >= 0) Pairs.allow(program.pairs, place, false);
  else Baskets.allow(program.baskets, -1 - place, false);
}

function isAlike(before: Model, now: Model): boolean {
  return (
    slotOf(before) === slotOf(now) &&
    takenBy(before).length === takenBy(now).length &&
    before.tokens.length === now.tokens.length &&
    before.tokens.every((token, coin) => token === now.tokens[coin])
  );
}

/** Lay out a market in its place, and tell whether there is room. */
function put(
  { pairs, products, weighted, stable, ranges, deposits, ladders, baskets, stableBaskets }: Program,
  place: number,
  model: Model,
): boolean {
  switch (model.kind) {
    case 'constant-product':
      ConstantProducts.put(products, pairs, place - products.first, model);
      return true;
    case 'weighted':
      if (place < 0) Baskets.put(baskets, -1 - place, model);
      else WeightedPairs.put(weighted, pairs, place - weighted.first, model);
      return true;
    case 'stable':
      if (place < 0) StableBaskets.put(stableBaskets, baskets, -1 - place - stableBaskets.first, model);
      else StablePairs.put(stable, pairs, place - stable.first, model);
      return true;
    case 'concentrated':
      return Ranges.put(ranges, pairs, place - ranges.first, model);
    case 'deposit':
      Deposits.put(deposits, pairs, place - deposits.first, model);
      return true;
    case 'ladder':
      return Ladders.put(ladders, pairs, place - ladders.first, model);
  }
}

/**
 * Charge each market for being used, in place: it is used to a share that follows from what it gains beyond its charge {value}, the more
 * sharply the smaller `blur` {1} is. No blur, no charges. Throws NetworkError where there is not one charge a market.
 */
export function charge({ places, charges }: Program, fixed: ArrayLike<number>, blur: number): void {
  if (fixed.length !== places.length)
    throw new NetworkError('fixed', `${fixed.length} charges`, `give ${places.length}`);
  charges.blur[0] = blur;
  for (let market = 0; market < places.length; market++) {
    const place = whole(places, market);
    const own = fixed[market] ?? 0;
    if (place >= 0) charges.pairs[place] = own;
    else charges.baskets[-1 - place] = own;
  }
}

type Slot = 'product' | 'weighted' | 'stable' | 'range' | 'deposit' | 'ladder' | 'basket' | 'stableBasket';

function slotOf(model: Model): Slot {
  switch (model.kind) {
    case 'constant-product':
      return 'product';
    case 'weighted':
      return model.tokens.length === 2 ? 'weighted' : 'basket';
    case 'stable':
      return model.tokens.length === 2 ? 'stable' : 'stableBasket';
    case 'concentrated':
      return 'range';
    case 'deposit':
      return 'deposit';
    case 'ladder':
      return 'ladder';
  }
}

function isKind<Kind extends Model['kind']>(
  model: Model | undefined,
  kind: Kind,
): model is Extract<Model, { readonly kind: Kind }> {
  return model?.kind === kind;
}

/** Make room for the answers to a program. */
export function answer({ tokens, pairs, ladders, baskets }: Program): Answer {
  const reals = (length: number) => new Float64Array(length);
  const flow = reals(tokens);
  return {
    ...LadderAnswers.answers(ladders),
    gotOne: reals(pairs.count),
    gotOther: reals(pairs.count),
    turn: reals(pairs.count),
    coins: reals(baskets.tokens.length),
    turns: reals(baskets.one.length),
    flow,
    smooth: ladders.count > 0 ? reals(tokens) : flow,
    volume: reals(1),
    charged: reals(1),
  };
}

/** Let every market answer `prices` {value/tok}, above zero where a market takes any amount of a token, and add up what they do. */
export function respond(program: Program, prices: Float64Array, into: Answer): void {
  const { pairs, baskets } = program;
  ConstantProducts.respond(program.products, pairs, prices, into);
  WeightedPairs.respond(program.weighted, pairs, prices, into);
  StablePairs.respond(program.stable, pairs, prices, into);
  Ranges.respond(program.ranges, pairs, prices, into);
  Deposits.respond(program.deposits, pairs, prices, into);
  LadderAnswers.respond(program.ladders, pairs, prices, into);
  Baskets.respond(baskets, prices, into);
  StableBaskets.respond(program.stableBaskets, baskets, prices, into);
  Charges.respond(program, prices, into);
  addUp(program, prices, into);
}

/** List what a market does in an answer: what the trader receives of each of its coins {tok}, in the market's own order. */
export function trade(
  { places, baskets }: Program,
  { gotOne, gotOther, coins }: Answer,
  market: number,
): readonly number[] {
  const place = whole(places, market);
  if (place >= 0) return [real(gotOne, place), real(gotOther, place)];
  return [...coins.subarray(whole(baskets.starts, -1 - place), whole(baskets.starts, -place))];
}
