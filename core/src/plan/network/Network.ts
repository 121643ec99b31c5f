// Markets that join tokens, as floats: what the planner reasons about before anything is rounded. A trade is stated by what
// the trader receives of each of a market's tokens, negative what is tendered.

import { at } from '../../forecast/Numbers.ts';
import * as Concentrated from './Concentrated.ts';
import * as ConstantSum from './ConstantSum.ts';
import * as GeometricMean from './GeometricMean.ts';
import type { Response } from './Response.ts';

/** Hold `tokens` tokens, numbered from zero, and the markets between them. */
export type Network = { readonly tokens: number; readonly markets: readonly Market[] };

/** State a market by what its trades depend on. `tokens` are numbers of the network; `fee` {1} is taken from the input, [0, 1). */
export type Market =
  | {
      readonly kind: 'constant-product';
      readonly tokens: readonly [number, number];
      readonly reserves: readonly [number, number];
      readonly fee: number;
    }
  | ({ readonly kind: 'weighted' } & GeometricMean.GeometricMean)
  | ConstantSum.ConstantSum
  | Concentrated.Concentrated;

const EQUAL = [1, 1];

/** Find the trade that gains most at the network's `prices` {value/tok}, above zero wherever a market takes any amount. */
export function arb(market: Market, prices: readonly number[]): Response {
  const own = market.tokens.map((token) => at(prices, token));
  switch (market.kind) {
    case 'constant-product':
      return GeometricMean.respond({ ...market, weights: EQUAL }, own);
    case 'weighted':
      return GeometricMean.respond(market, own);
    case 'constant-sum':
      return ConstantSum.respond(market, own);
    case 'concentrated':
      return Concentrated.respond(market, own);
  }
}

/** Compute what selling `sold` of one token of a market buys of another of its tokens {tok}. Throws NetworkError. */
export function trade(market: Market, sell: number, buy: number, sold: number): number {
  const [from, to] = [market.tokens.indexOf(sell), market.tokens.indexOf(buy)];
  if (from < 0 || to < 0 || from === to) {
    throw new NetworkError('trade', `${sell} for ${buy}`, `name two of ${market.tokens.join(', ')}`);
  }
  if (!(sold >= 0 && sold < Infinity)) throw new NetworkError('trade', `${sold} to sell`, 'sell zero or more');
  switch (market.kind) {
    case 'constant-product':
      return GeometricMean.trade({ ...market, weights: EQUAL }, from, to, sold);
    case 'weighted':
      return GeometricMean.trade(market, from, to, sold);
    case 'constant-sum':
      return ConstantSum.trade(market, from === 0 ? 0 : 1, sold);
    case 'concentrated':
      return Concentrated.trade(market, from === 0 ? 0 : 1, sold);
  }
}

/** Give the prices of a market's tokens before any trade and without its fee, up to a common factor. */
export function spot(market: Market): readonly number[] {
  switch (market.kind) {
    case 'constant-product':
      return market.reserves.map((reserve) => 1 / reserve);
    case 'weighted':
      return market.reserves.map((reserve, j) => at(market.weights, j) / reserve);
    case 'constant-sum':
      return EQUAL;
    case 'concentrated':
      return [market.sqrtPrice ** 2, 1];
  }
}

/** List the tokens that some market takes any amount of, so that a price of zero would drain it. */
export function unbounded({ markets }: Network): readonly number[] {
  return markets.flatMap(({ kind, tokens }) => (kind === 'constant-product' || kind === 'weighted' ? tokens : []));
}

/** Refuse a network that no trade can be found in. Throws NetworkError naming the market or token. */
export function check(network: Network): void {
  const { tokens, markets } = network;
  if (!Number.isSafeInteger(tokens) || tokens < 2) {
    throw new NetworkError('tokens', `${tokens}`, 'give a whole number of at least two');
  }
  if (markets.length === 0) throw new NetworkError('markets', 'none', 'give at least one');
  for (const [index, market] of markets.entries()) checkMarket(market, tokens, `markets[${index}]`);
  const traded = new Set(markets.flatMap((market) => market.tokens));
  for (let token = 0; token < tokens; token++) {
    if (!traded.has(token)) throw new NetworkError(`tokens[${token}]`, 'no market', 'leave the token out');
  }
}

function checkMarket(market: Market, tokens: number, path: string): void {
  const { fee } = market;
  if (!(fee >= 0 && fee < 1)) throw new NetworkError(`${path}.fee`, `${fee}`, 'give a share in [0, 1)');
  checkTokens(market.tokens, tokens, path);
  switch (market.kind) {
    case 'constant-product':
    case 'constant-sum':
      checkAbove(market.reserves, 2, `${path}.reserves`);
      return;
    case 'weighted':
      checkAbove(market.reserves, market.tokens.length, `${path}.reserves`);
      checkAbove(market.weights, market.tokens.length, `${path}.weights`);
      return;
    case 'concentrated':
      checkSegments(market, path);
      return;
  }
}

/** Refuse tokens that a market cannot join: strangers, fewer than two, one twice. Throws NetworkError. */
export function checkTokens(own: readonly number[], tokens: number, path: string): void {
  const strange = own.find((token) => !Number.isSafeInteger(token) || token < 0 || token >= tokens);
  if (strange !== undefined) throw new NetworkError(`${path}.tokens`, `${strange}`, `name tokens below ${tokens}`);
  if (own.length < 2 || new Set(own).size < own.length) {
    throw new NetworkError(`${path}.tokens`, own.join(', '), 'name two or more different tokens');
  }
}

/** Refuse segments that overlap, hold nothing or do not hold the price. Throws NetworkError. */
export function checkSegments(
  { sqrtPrice, segments }: Pick<Concentrated.Concentrated, 'sqrtPrice' | 'segments'>,
  path: string,
): void {
  if (segments.length === 0) throw new NetworkError(`${path}.segments`, 'no liquidity', 'give at least one segment');
  let below = 0;
  for (const [index, { low, high, liquidity }] of segments.entries()) {
    const place = `${path}.segments[${index}]`;
    checkAbove([low, high, liquidity], 3, place);
    if (low < below || high <= low) {
      throw new NetworkError(place, `${low} to ${high} after ${below}`, 'let segments ascend without overlap');
    }
    below = high;
  }
  if (!(sqrtPrice >= at(segments, 0).low && sqrtPrice <= below)) {
    throw new NetworkError(`${path}.sqrtPrice`, `${sqrtPrice}`, `give one in [${at(segments, 0).low}, ${below}]`);
  }
}

/** Refuse a list of the wrong length, or with anything but finite numbers above zero. Throws NetworkError. */
export function checkAbove(values: readonly number[], length: number, path: string): void {
  if (values.length !== length) throw new NetworkError(path, `${values.length} values`, `give ${length}`);
  const bad = values.findIndex((value) => !(value > 0 && value < Infinity));
  if (bad >= 0) throw new NetworkError(`${path}[${bad}]`, `${values[bad]}`, 'give a finite number above zero');
}

/** Refuse a list of the wrong length, or with anything but finite numbers of at least zero. Throws NetworkError. */
export function checkNotBelow(values: readonly number[], length: number, path: string): void {
  if (values.length !== length) throw new NetworkError(path, `${values.length} values`, `give ${length}`);
  const bad = values.findIndex((value) => !(value >= 0 && value < Infinity));
  if (bad >= 0) throw new NetworkError(`${path}[${bad}]`, `${values[bad]}`, 'give a finite number of at least zero');
}

/** Report a network or a purpose that no flow answers: where, what stands there, and the fix. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
  readonly next = 'halt';
  readonly path: string;
  constructor(path: string, found: string, fix: string) {
    super(`network at ${path}: ${found} found; ${fix}`);
    this.path = path;
  }
}
