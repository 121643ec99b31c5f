// The contracts' own test draws the same inputs from the same hashes, computes in Solidity, and compares its digests with
// those in the same file: two languages agree on every digit of every result, or the block that differs is named.

import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { valueUp } from '../../money/Amount.ts';
import * as Auction from '../../market/Auction.ts';
import * as Basket from './Basket.ts';
import * as Ewma from './Ewma.ts';
import * as IndexWeights from './IndexWeights.ts';
import * as Insurance from './Insurance.ts';
import { D18_A_BPS } from './Scale.ts';
import * as Schedule from './Schedule.ts';
import * as Share from './Share.ts';

const CASES = 100;
const MEMBERS = 5;

/** Draws and results of one block. */
type Dice = {
  /** An integer of at most so many bits, every length as likely. */
  readonly bits: (most: bigint) => bigint;
  readonly between: (least: bigint, most: bigint) => bigint;
  readonly tell: (...results: readonly bigint[]) => void;
};

function hash(one: bigint, other: bigint): bigint {
  const bytes = Buffer.from(one.toString(16).padStart(64, '0') + other.toString(16).padStart(64, '0'), 'hex');
  return BigInt(`0x${createHash('sha256').update(bytes).digest('hex')}`);
}

/** Run the cases of one block, and fold their results into a digest. */
function digest(topic: number, block: number, run: (dice: Dice) => void): string {
  let [state, folded] = [hash(BigInt(topic), BigInt(block)), 0n];
  const next = () => (state = hash(state, 0n));
  const between = (least: bigint, most: bigint) => least + (next() % (most - least + 1n));
  const bits = (most: bigint) => {
    const length = between(0n, most);
    return next() >> (256n - length);
  };
  const tell = (...results: readonly bigint[]) => {
    for (const result of results) folded = hash(folded, result);
  };
  for (let index = 0; index < CASES; index++) run({ bits, between, tell });
  return `0x${folded.toString(16).padStart(64, '0')}`;
}

function five<T>(draw: () => T): readonly T[] {
  return Array.from({ length: MEMBERS }, draw);
}

function quote({ bits, between, tell }: Dice): void {
  const terms = {
    notBefore: 0,
    deadline: 2 ** 32,
    decay: Number(bits(32n)),
    startPremium: Number(between(0n, 1_000n)),
    floorDiscount: Number(between(0n, 500n)),
  };
  const elapsed = Number(bits(32n));
  const sold = bits(96n);
  const given = { price: bits(80n) + 1n, decimals: Number(between(0n, 24n)) };
  const paid = { price: bits(80n) + 1n, decimals: Number(between(0n, 24n)) };
  tell(Auction.factorUp(terms, elapsed), valueUp(sold, given.decimals, given.price));
  const sides = { kind: 'auction', id: 'auction', assets: ['paid', 'given'] } as const;
  const market = { ...sides, paid, given, sellable: 0n, buyable: 0n, terms, at: elapsed } as unknown as Auction.Auction;
  tell(Auction.requiredUp(market, sold));
}

function shares({ bits, between, tell }: Dice): void {
  const [balance, supply] = [bits(112n), bits(96n) + 1n];
  const amount = between(0n, 2n * supply);
  const units = Share.unitsDown(balance, supply);
  tell(units, Share.atomsUp(units, amount), Share.atomsDown(units, amount));
}

function rules({ bits, between, tell }: Dice): void {
  const worths = five(() => bits(100n) + 1n);
  const nav = worths.reduce((sum, worth) => sum + worth, 0n);
  const cuts = five(() => between(0n, 2_000n));
  const weights = cuts.map((cut) => cut * D18_A_BPS);
  const halves = weights.map((weight) => Basket.halfDown(between(0n, 3_000n), between(0n, 10_000n), weight));
  const basket = { worths, nav, weights };
  const { turnover, squares } = Basket.distance(basket);
  const kept = Basket.keptDown(basket, halves, between(0n, 10_000n));
  tell(turnover, squares, kept, ...halves, ...Basket.landed(basket, kept));
  for (const [asset, worth] of worths.entries()) {
    const [weight, half] = [weights[asset] ?? 0n, halves[asset] ?? 0n];
    tell(Basket.gap(worth, nav, weight), Basket.isOutside(worth, nav, weight, half) ? 1n : 0n);
  }
  tell(Basket.unitsDown(bits(96n), between(0n, 10n ** 18n), bits(80n) + 1n, Number(between(0n, 24n))));
  tell(Schedule.begun(bits(32n), bits(32n) + 1n, bits(32n)));
}

function insurance({ bits, between, tell }: Dice): void {
  const share = bits(96n) + 1n;
  // Most peaks and floors lie near the share; the others anywhere.
  const near = () => (share * between(0n, 20_000n)) / 10_000n;
  const best = Insurance.peak(between(0n, 1n) === 0n ? bits(96n) : near(), share, bits(24n), between(0n, 10_000n));
  const floor = Insurance.floorUp(between(0n, 1n) === 0n ? bits(96n) : near(), best, between(0n, 9_999n));
  tell(best, floor, Insurance.exposureDown(share, floor, between(10_000n, 1_000_000n), between(1n, 10_000n)));
}

function index({ bits, between, tell }: Dice): void {
  const sizes = five(() => bits(127n) + 1n);
  tell(...IndexWeights.cappedDown(sizes, between(2_000n, 10_000n) * D18_A_BPS));
}

function ewma({ bits, between, tell }: Dice): void {
  let variance = Ewma.startDown(between(0n, 10_000n));
  let before = bits(100n) + 1n;
  for (let step = 0; step < 4; step++) {
    const now = between(0n, 3n) === 0n ? bits(100n) + 1n : (before * between(5_000n, 15_000n)) / 10_000n + 1n;
    const size = Ewma.returnDown(before, now, between(1n, 10_000n) * D18_A_BPS);
    variance = Ewma.nextDown(variance, size, between(300n, 1_000_000n), between(300n, 10_000_000n));
    before = now;
    tell(size, variance);
  }
  tell(Ewma.dailyDown(variance), Ewma.band(variance, between(0n, 100_000n), 0n, 9_999n));
}

const topics = { quote, shares, rules, insurance, index, ewma };
const blocks = { quote: 100, shares: 100, rules: 50, insurance: 30, index: 30, ewma: 30 };

test('digests of all results', async () => {
  const digests = Object.entries(topics).map(([name, run], topic) => {
    const many = Array.from({ length: blocks[name as keyof typeof topics] }, (_, block) => digest(topic, block, run));
    return [name, many] as const;
  });
  const file = new URL('../../../../contracts/test/math/digests.json', import.meta.url).pathname;
  await expect(`${JSON.stringify(Object.fromEntries(digests), undefined, 2)}\n`).toMatchFileSnapshot(file);
});
