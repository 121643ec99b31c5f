// The second derivatives of what all markets gain: a graph of springs between tokens, one for each two coins of a market, stretched by the
// difference of two relative prices. A market's spring is as stiff as its trade turns; where a step shows that it stiffens on the way (it
// starts to trade, or enters a deep range), its chord over that step is the better guess, and keeps the next step from the same mistake.

import type { Baskets } from './Baskets.ts';
import { add, real, whole } from './Flat.ts';
import type { Pairs } from './Pairs.ts';
import type { Answer, Program } from './Program.ts';

/** Hold springs: those of the pairs, then those of the baskets' links. */
export type Springs = {
  readonly pulls: Float64Array;
  /** Those that pull at all, one after another; the first `count[0]` hold. */
  readonly count: Int32Array;
  readonly spring: Int32Array;
  readonly one: Int32Array;
  readonly other: Int32Array;
  readonly pull: Float64Array;
  /** The sum of a token's springs {value}. */
  readonly own: Float64Array;
  /** What springs pull at a token with beside their stretch {value}. */
  readonly offset: Float64Array;
  /** What each pair pushes its first coin with {value}, and each basket each of its coins, beside its springs. */
  readonly push: Float64Array;
  readonly pushes: Float64Array;
};

/** Make room for a program's springs. */
export function of({ tokens, pairs, baskets }: Program): Springs {
  const most = pairs.count + baskets.one.length;
  return {
    pulls: new Float64Array(most),
    count: new Int32Array(1),
    spring: new Int32Array(most),
    one: new Int32Array(most),
    other: new Int32Array(most),
    pull: new Float64Array(most),
    own: new Float64Array(tokens),
    offset: new Float64Array(tokens),
    push: new Float64Array(pairs.count),
    pushes: new Float64Array(baskets.tokens.length),
  };
}

/** Take every spring as stiff as it is where the markets are. */
export function set(springs: Springs, program: Program, { turn, turns }: Answer): void {
  springs.offset.fill(0);
  springs.push.fill(0);
  springs.pushes.fill(0);
  springs.pulls.set(turn, 0);
  springs.pulls.set(turns, turn.length);
  list(springs, program);
}

/** Hold a step that was tried: from where, to where, and by what shares prices changed. */
export type Trial = {
  readonly prices: Float64Array;
  readonly change: Float64Array;
  readonly here: Answer;
  readonly there: Answer;
};

/**
 * Say how to take a market that a trial stiffened: by what it does at the trial's end, or has done since the edge of its idle band, where
 * that is stiffer still (it began to trade on the way); else by its chord, of which `caution` {1} (0, 1] says how far it is trusted
 * against what the market does at the start. Markets that this trial did not stiffen are taken as they were at the start, or, where all
 * `trials` count, as the last that did left them; the stiffest chord holds.
 */
export type Guess = { readonly kind: 'end' | 'chord'; readonly caution: number; readonly trials: 'last' | 'all' };

/** Take the springs as they are where a trial began, those that it stiffened as a guess says. */
export function stiffen(springs: Springs, program: Program, trial: Trial, guess: Guess): void {
  stiffenPairs(springs, program, trial, guess);
  stiffenBaskets(springs, program, trial, guess);
  pushAll(springs, program);
  list(springs, program);
}

/** Add up what markets push tokens with. */
function pushAll({ offset, push, pushes }: Springs, { pairs, baskets }: Program): void {
  offset.fill(0);
  for (let index = 0; index < pairs.count; index++) {
    if (real(push, index) === 0) continue;
    add(offset, whole(pairs.one, index), real(push, index));
    add(offset, whole(pairs.other, index), -real(push, index));
  }
  for (let coin = 0; coin < pushes.length; coin++) add(offset, whole(baskets.tokens, coin), real(pushes, coin));
}

function stiffenPairs(
  { pulls, push }: Springs,
  { pairs }: Program,
  trial: Trial,
  { kind, caution, trials }: Guess,
): void {
  const { count, one, other } = pairs;
  const { prices, change, here, there } = trial;
  for (let index = 0; index < count; index++) {
    const own = real(here.turn, index);
    if (trials === 'last') {
      pulls[index] = own;
      push[index] = 0;
    }
    const more = real(there.gotOne, index) - real(here.gotOne, index);
    if (more === 0) continue;
    const [a, b] = [whole(one, index), whole(other, index)];
    const stretch = real(change, a) - real(change, b);
    if (Math.abs(stretch) < TINY) continue;
    const chord = (real(prices, a) * more) / stretch;
    if (!(chord > own)) continue;
    if (trials === 'all' && kind === 'chord' && chord <= real(pulls, index)) continue;
    const end = Math.max(real(there.turn, index), chord * fromEdge(pairs, index, trial));
    push[index] = 0;
    if (kind === 'end' && end > chord) {
      pulls[index] = end;
      push[index] = (chord - end) * stretch;
    } else if (caution < 1) pulls[index] = chord * (Math.max(own, LEAST * chord) / chord) ** (1 - caution);
    else pulls[index] = chord;
  }
}

/**
 * Tell how many times {1} as far a trial stretched a market as beyond the edge of the band that it was idle in. The chord from that edge
 * lets prices move freely up to it, where the chord from where the trial began would hold them; a market that was at work has no edge.
 */
function fromEdge({ one, other, low, high }: Pairs, index: number, { prices, change, here }: Trial): number {
  if (real(here.gotOne, index) !== 0) return 0;
  const [a, b] = [whole(one, index), whole(other, index)];
  const from = real(prices, a) / real(prices, b);
  const to = (from * (1 + real(change, a))) / (1 + real(change, b));
  const beyond = to - (to > from ? real(high, index) : real(low, index));
  return beyond === 0 ? 0 : (to - from) / beyond;
}

/** A chord counts for at least this share of itself {1}, however slack its market was at the start. */
const LEAST = 1e-6;

/** Stretches below this are rounding. */
const TINY = 1e-13;

/** A basket's links stiffen together: to what they are at the trial's end, or by as much as makes what they do over it what it did. */
function stiffenBaskets(
  springs: Springs,
  { pairs, baskets }: Program,
  trial: Trial,
  { kind, caution, trials }: Guess,
): void {
  const { count, starts, links, tokens } = baskets;
  const { prices, change, here, there } = trial;
  for (let index = 0; index < count; index++) {
    const [from, to] = [whole(links, index), whole(links, index + 1)];
    let done = 0;
    for (let coin = whole(starts, index); coin < whole(starts, index + 1); coin++) {
      const token = whole(tokens, coin);
      done += real(prices, token) * real(change, token) * (real(there.coins, coin) - real(here.coins, coin));
    }
    const mine = energy(baskets, here.turns, change, from, to);
    const theirs = energy(baskets, there.turns, change, from, to);
    const chord = done > mine && theirs > 0 ? done / theirs : 0;
    if (chord === 0 && trials === 'all') continue;
    const ends = kind === 'end' && chord > 0 && chord < 1;
    const share = chord === 0 ? 0 : chord * Math.max(mine / done, LEAST) ** (1 - caution);
    for (let link = from; link < to; link++) {
      const end = real(there.turns, link);
      springs.pulls[pairs.count + link] = ends ? end : Math.max(real(here.turns, link), share * end);
    }
    springs.pushes.fill(0, whole(starts, index), whole(starts, index + 1));
    if (ends) push(springs, baskets, trial, index);
  }
}

/** Sum what links do over a change of prices {value}. */
function energy({ one, other }: Baskets, turns: Float64Array, change: Float64Array, from: number, to: number): number {
  let total = 0;
  for (let link = from; link < to; link++) {
    total += real(turns, link) * (real(change, whole(one, link)) - real(change, whole(other, link))) ** 2;
  }
  return total;
}

/** Push at a basket's tokens by what it did over a trial beyond what its links at the end do. */
function push({ pushes }: Springs, { starts, links, tokens, one, other }: Baskets, trial: Trial, index: number): void {
  const { prices, change, here, there } = trial;
  const [first, last] = [whole(starts, index), whole(starts, index + 1)];
  for (let coin = first; coin < last; coin++) {
    const token = whole(tokens, coin);
    let own = real(prices, token) * (real(there.coins, coin) - real(here.coins, coin));
    for (let link = whole(links, index); link < whole(links, index + 1); link++) {
      const [a, b] = [whole(one, link), whole(other, link)];
      const force = real(there.turns, link) * (real(change, a) - real(change, b));
      if (a === token) own -= force;
      if (b === token) own += force;
    }
    pushes[coin] = own;
  }
}

/** List the springs that pull. */
function list(springs: Springs, { pairs, baskets }: Program): void {
  springs.own.fill(0);
  const some = listSome(springs, pairs.one, pairs.other, 0, 0);
  springs.count[0] = listSome(springs, baskets.one, baskets.other, pairs.count, some);
}

function listSome(springs: Springs, ones: Int32Array, others: Int32Array, first: number, from: number): number {
  const { pulls, spring, one, other, pull, own } = springs;
  let count = from;
  for (let index = 0; index < ones.length; index++) {
    const strength = real(pulls, first + index);
    if (!(strength > 0)) continue;
    const [a, b] = [whole(ones, index), whole(others, index)];
    spring[count] = first + index;
    one[count] = a;
    other[count] = b;
    pull[count] = strength;
    add(own, a, strength);
    add(own, b, strength);
    count += 1;
  }
  return count;
}

/** Multiply the second derivatives into relative prices, into `image`. */
export function pull(
  { count, one, other, pull: strength }: Springs,
  relative: Float64Array,
  image: Float64Array,
): void {
  image.fill(0);
  const edges = whole(count, 0);
  for (let edge = 0; edge < edges; edge++) {
    const [a, b] = [whole(one, edge), whole(other, edge)];
    const force = real(strength, edge) * (real(relative, a) - real(relative, b));
    add(image, a, force);
    add(image, b, -force);
  }
}
