// How a swap is kept from being sandwiched: the widest tolerance, and the fewest slices, at which an attack does not pay its
// own gas. What cannot be kept from an attacker is stated, and counted as a cost of the swap.

import { valueUp } from '../../money/Amount.ts';
import { approximate } from '../../money/approximate.ts';
import * as Bps from '../../money/Bps.ts';
import { divUp, max, min, pow10 } from '../../money/Fixed.ts';
import { dollars, type Usd } from '../../money/Price.ts';
import { type Seconds, YEAR } from '../../money/Time.ts';
import * as Gas from '../../market/Gas.ts';
import type { Outlook } from '../../portfolio/Outlook.ts';
import type { Position } from '../../portfolio/Portfolio.ts';
import type { Trading } from '../../policy/Strategy.ts';
import { quantize } from '../quantize.ts';
import { attack, stakeUp } from './attack.ts';
import * as Slices from './Slices.ts';
import * as Way from './Way.ts';

/** Describe a swap that stands in public before it is done. */
export type Exposed = {
  /** The parts of the swap, on the markets as they stand before it; in the order in which they are sent. */
  readonly lanes: readonly Way.Routed[];
  readonly sell: Position;
  readonly buy: Position;
  readonly gas: Gas.Gas;
  readonly trading: Pick<Trading, 'slippage' | 'lifetime'>;
  /** How far prices may move until the fill; absent where nobody estimated it, or too long ago to be believed. */
  readonly outlook?: Outlook;
  /** What custody demands of the whole swap whatever the tolerance, in atoms of what is bought. */
  readonly least?: bigint;
  /** Time between two blocks {s}; twelve if absent. */
  readonly block?: Seconds;
};

/** Hold how a swap is protected. */
export type Protection = {
  /** Atoms to sell in each block; they add up to the swap, and each is the sum of as many equal cuts of its lanes. */
  readonly slices: readonly bigint[];
  /** How far below the markets' own answer a slice may fill. */
  readonly tolerance: Bps.Bps;
  /** What the best attack on a slice earns after its gas; zero where none pays. */
  readonly attacker: Usd;
  /** What we lose to attacks on all slices, if all are made; zero where none pays. */
  readonly loss: Usd;
  readonly why: string;
};

/** What an attack on a slice comes to: before its gas, and what it costs us. */
type Threat = { readonly gain: Usd; readonly gas: Usd; readonly loss: Usd };

/** A way to trade: so many slices at a tolerance, under a threat. */
type Choice = Threat & { readonly count: number; readonly tolerance: Bps.Bps };

/** {gas} of a transaction before it does anything (Wood, "Ethereum: a secure decentralised generalised transaction ledger", 2014). */
const TRANSACTION = 21_000n;

/** Standard deviations that a price may move until a fill: by more, one time in forty-four. */
const DEVIATIONS = 2;

const BLOCK: Seconds = 12;
/** More slices than this take longer than what they were quoted on stays true. */
const MOST = 48;

/** An attack is called safe that gains a thousandth less than its gas: what the search for it may have missed. */
const MARGIN = 1_000n;
/** By how much of the gas a quick bound, which is a float, must fall short of it. */
const SHORT = 1e-2;
/** The quick bound is of use up to so many times the gas. */
const FAR = 1e12;

/**
 * Choose the tolerance and the slices of a swap. The tolerance is the largest up to the owner's slippage at which no attack
 * pays; it is not taken below what prices are believed to move until the fill, and is left alone where nobody has
 * estimated that. Where an attack still pays, the swap is cut into the fewest slices of which none can be attacked at a
 * gain: one a block, as many as fit into the lifetime after a block for the authorisation. Each is judged on the markets as
 * they stand now. Where no number of slices does, what is lost and the slices'
 * gas together are least.
 *
 * A tolerance of zero accepts the computed quote and nothing below it: safe, and it fails as soon as anybody trades there first.
 * Throws ForecastError where the markets do not take the swap, or do not pay `least`.
 */
export function protect(swap: Exposed): Protection {
  const ways = Way.of(swap.lanes, swap.sell.asset.id);
  const most = mostSlices(swap);
  const whole = tightest(swap, ways, 1);
  if (pays(whole) === 0n) return protection(swap, ways, widest(swap, ways, whole));
  const cut = most === 1 || !isTaken(swap, ways, most) ? whole : tightest(swap, ways, most);
  if (pays(cut) === 0n) return protection(swap, ways, widest(swap, ways, fewest(swap, ways, cut)));
  // Gas and loss are both nearly linear in the number of slices: the least of their sum is at an end.
  return protection(swap, ways, total(swap, ways, cut) < total(swap, ways, whole) ? cut : whole);
}

/** So much {1} more slices than needed are not worth another look: every one plays several attacks. */
const SPARE = 1 / 8;

/** Bisect for about the fewest slices that are safe: fewer are larger, and easier to attack. */
function fewest(swap: Exposed, ways: readonly Way.Way[], safe: Choice): Choice {
  let [low, high] = [1, safe];
  while (high.count - low > Math.max(1, SPARE * high.count)) {
    const count = Math.floor((low + high.count) / 2);
    const middle = isTaken(swap, ways, count) ? tightest(swap, ways, count) : undefined;
    if (middle !== undefined && pays(middle) === 0n) high = middle;
    else low = count;
  }
  return high;
}

/** Choose a number of slices at the tightest tolerance that still fills. */
function tightest(swap: Exposed, ways: readonly Way.Way[], count: number): Choice {
  return choice(swap, ways, count, Math.min(swap.trading.slippage, movesUp(swap, count)));
}

function choice(swap: Exposed, ways: readonly Way.Way[], count: number, tolerance: Bps.Bps): Choice {
  return { count, tolerance, ...threat(swap, slice(ways, count), count, tolerance) };
}

/** Widen the tolerance of a safe choice as far as it stays safe. */
function widest(swap: Exposed, ways: readonly Way.Way[], safe: Choice): Choice {
  const at = (tolerance: Bps.Bps) => choice(swap, ways, safe.count, tolerance);
  if (safe.tolerance === swap.trading.slippage) return safe;
  let [low, high] = [safe, at(swap.trading.slippage)];
  if (pays(high) === 0n) return high;
  // What an attack gains is nearly in proportion to the tolerance; every other look halves, for where it is not.
  for (let halve = 0; high.tolerance - low.tolerance > 1; halve = 1 - halve) {
    const share = halve === 1 ? 0.5 : approximate(low.gas - low.gain, max(high.gain - low.gain, 1n));
    const aimed = low.tolerance + Math.floor(share * (high.tolerance - low.tolerance));
    const tried = at(Math.min(high.tolerance - 1, Math.max(low.tolerance + 1, aimed)));
    if (pays(tried) === 0n) low = tried;
    else high = tried;
  }
  return low;
}

/** Attack a slice at a tolerance. What all its markets together are worth to an attacker is looked at first: it is quick. */
function threat(swap: Exposed, part: readonly Way.Way[], count: number, tolerance: Bps.Bps): Threat {
  const { sell, buy, gas } = swap;
  const expected = quoted(part);
  const floor = max(Bps.shareUp(expected, Bps.ONE - tolerance), divUp(swap.least ?? 0n, BigInt(count)));
  const once = attackGas(gas, 1n);
  const most = (approximate(sell.price, pow10(sell.asset.decimals)) * stakeUp(part, floor)) / approximate(once, 1n);
  if (most < 1 - SHORT) return { gain: quantize(most, once), gas: once, loss: 0n };
  const attacks = attack(part, floor);
  const further = attackGas(gas, 2n) - once;
  // The first market's gas is due in any case; a further one is attacked where it adds more than it costs.
  const gains = attacks.map(({ worth }) => valueUp(worth, sell.asset.decimals, sell.price)).toSorted(descending);
  const worthwhile = gains.filter((gain, place) => place === 0 || gain > further);
  const gain = worthwhile.reduce((sum, one) => sum + one, 0n);
  const lost = attacks.reduce((sum, { received }) => sum + expected - received, 0n);
  return {
    // All of them share what the swap can lose.
    gain: most < FAR ? min(gain, quantize(most / FAR, once * BigInt(FAR))) : gain,
    gas: attackGas(gas, max(1n, BigInt(worthwhile.length))),
    loss: valueUp(min(lost, expected - floor), buy.asset.decimals, buy.price),
  };
}

/**
 * Price the least gas of an attack on so many markets: a transaction before the swap and one after it, and the bare trades
 * in both. Lower than our own gas for the same trades, because an attacker needs none of custody's checks.
 */
function attackGas(gas: Gas.Gas, markets: bigint): Usd {
  return Gas.costUp(gas, 2n * (TRANSACTION + gas.hop * markets), 2n);
}

/** What an attack earns after its gas; zero where it does not pay. */
function pays({ gain, gas }: Threat): Usd {
  const net = gain + gain / MARGIN - gas;
  return net > 0n ? net : 0n;
}

/** What a choice costs: the gas of its slices, and what is lost to attacks on them. */
function total({ gas }: Exposed, ways: readonly Way.Way[], choice: Choice): Usd {
  const markets = ways.reduce((sum, { hops }) => sum + hops.length, 0);
  const each = Gas.costUp(gas, gas.swap + gas.hop * BigInt(Math.max(0, markets - 1)), 1n);
  return BigInt(choice.count) * (each + choice.loss);
}

/** The largest of `count` equal cuts of every way. */
function slice(ways: readonly Way.Way[], count: number): readonly Way.Way[] {
  return ways.map(({ hops, sold }) => ({ hops, sold: divUp(sold, BigInt(count)) }));
}

/** Say whether the markets take a slice, and pay what custody demands of it: lots, fixed fees and whole atoms may stand against that. */
function isTaken({ least = 0n }: Exposed, ways: readonly Way.Way[], count: number): boolean {
  const paid = quoted(slice(ways, count));
  return paid > 0n && paid >= divUp(least, BigInt(count));
}

function quoted(ways: readonly Way.Way[]): bigint {
  return Way.received(Way.play(ways, new Map()) ?? []);
}

/** Count the blocks that the lifetime leaves after one for the authorisation, at least one, and no more than there are atoms. */
function mostSlices({ lanes, trading, block = BLOCK }: Exposed): number {
  const fit = Math.min(MOST, Math.max(1, Math.floor(trading.lifetime / block) - 1));
  return Number(lanes.reduce((least, { quote }) => min(least, max(1n, quote.sold)), BigInt(fit)));
}

/**
 * Believe how far the price may move against us until the last slice fills, rounded up: z·σ·√Δ, σ of the ratio of both
 * prices. Infinity where nobody has estimated it.
 */
function movesUp({ sell, buy, trading, outlook, block = BLOCK }: Exposed, count: number): Bps.Bps {
  const variance = outlook === undefined ? NaN : varianceOf(outlook, sell, buy);
  const until = Math.min(trading.lifetime, block * (count + 1));
  const moves = Math.ceil(DEVIATIONS * Math.sqrt((variance * until) / YEAR) * Bps.ONE);
  return Number.isNaN(moves) ? Infinity : moves;
}

/** Variance of the ratio of two prices {1/yr}; NaN where either asset was not estimated. */
function varianceOf({ assets, covariance }: Outlook, sell: Position, buy: Position): number {
  const [from, to] = [assets.indexOf(sell.asset.id), assets.indexOf(buy.asset.id)];
  const between = (row: number, column: number) => covariance[row]?.[column] ?? NaN;
  return between(from, from) + between(to, to) - 2 * between(from, to);
}

function protection(swap: Exposed, ways: readonly Way.Way[], choice: Choice): Protection {
  const { count, tolerance } = choice;
  const cuts = ways.map(({ sold }) => Slices.equal(sold, count));
  const slices = Array.from({ length: count }, (_, at) => cuts.reduce((sum, cut) => sum + (cut[at] ?? 0n), 0n));
  const attacker = pays(choice);
  const loss = attacker === 0n ? 0n : BigInt(count) * choice.loss;
  return { slices, tolerance, attacker, loss, why: words(swap, choice, attacker, loss) };
}

function words({ trading }: Exposed, { count, tolerance, gain, gas }: Choice, attacker: Usd, loss: Usd): string {
  const cut = count === 1 ? 'in one piece,' : `in ${count} slices, one a block,`;
  const limit = `at a slippage of ${Bps.percent(tolerance)}${tolerance < trading.slippage ? `, tightened from ${Bps.percent(trading.slippage)}` : ''},`;
  if (attacker > 0n) {
    return `${cut} ${limit} an attacker may earn ${dollars(attacker)} after gas${count === 1 ? '' : ' on each'} and cost us ${dollars(loss)}: send it privately, or by auction`;
  }
  if (gain === 0n) return `${cut} ${limit} there is nothing to gain by trading before and after it`;
  return `${cut} ${limit} an attack gains at most ${dollars(gain)}, not the ${dollars(gas)} of its gas`;
}

function descending(one: bigint, other: bigint): number {
  return one < other ? 1 : one > other ? -1 : 0;
}
