// All offers of a choice in flat memory: their ways, one after another, are the markets of one program, of which a trial lets some rest.

import { at } from '../../forecast/Numbers.ts';
import type { Offer } from '../model/Offer.ts';
import { checkNotBelow, NetworkError } from '../network/Network.ts';
import { workspace, type Workspace } from '../program/descend.ts';
import { real, whole } from '../program/Flat.ts';
import * as Ladders from '../program/Ladders.ts';
import * as Program from '../program/Program.ts';

/** Hold offers. The ways of offer i are the program's markets from starts[i] to starts[i + 1] − 1. */
export type Slate = {
  readonly offers: readonly Offer[];
  readonly models: readonly Program.Model[];
  readonly starts: Int32Array;
  /** What using an offer costs {value}. */
  readonly fixed: Float64Array;
  readonly program: Program.Program;
  readonly space: Workspace;
  /** Where all ways answer one trial's prices, and which of them may trade. */
  readonly answer: Program.Answer;
  readonly mask: Uint8Array;
  /** No charge for any way. */
  readonly none: Float64Array;
};

/** Say of an offer that it is not used; other picks are numbers of its ways. */
export const NONE = -1;

/** A choice leaves open a way, or not to use an offer, by a bit each: more ways would not fit. */
const MOST_WAYS = 30;

/** Lay out offers. Throws NetworkError naming the offer, or the market, that makes no sense. */
export function of(tokens: number, offers: readonly Offer[]): Slate {
  checkNotBelow(
    offers.map(({ fixed }) => fixed),
    offers.length,
    'fixed',
  );
  const starts = new Int32Array(offers.length + 1);
  for (const [index, { alternatives }] of offers.entries()) {
    if (alternatives.length < 1 || alternatives.length > MOST_WAYS) {
      const found = `${alternatives.length} alternatives`;
      throw new NetworkError(`offers[${index}]`, found, `give one to ${MOST_WAYS}, or leave the offer out`);
    }
    starts[index + 1] = whole(starts, index) + alternatives.length;
  }
  const models = offers.flatMap(({ alternatives }) => alternatives);
  const program = Program.of(tokens, models);
  return {
    offers,
    models,
    starts,
    fixed: Float64Array.from(offers, ({ fixed }) => fixed),
    program,
    space: workspace(program),
    answer: Program.answer(program),
    mask: new Uint8Array(models.length),
    none: new Float64Array(models.length),
  };
}

/** Let the picked way of each offer trade, and all others rest. */
export function allow({ starts, mask, program }: Slate, picks: Int32Array): void {
  mask.fill(0);
  for (let offer = 0; offer < picks.length; offer++) {
    if (whole(picks, offer) !== NONE) mask[whole(starts, offer) + whole(picks, offer)] = 1;
  }
  Program.allow(program, mask);
}

/** Let all open ways trade, whatever stands for not using an offer, and the others rest. */
export function allowOpen({ starts, mask, program }: Slate, open: Int32Array): void {
  for (let offer = 0; offer < open.length; offer++) {
    const from = whole(starts, offer);
    for (let way = from; way < whole(starts, offer + 1); way++)
      mask[way] = (whole(open, offer) >> (way - from + 1)) & 1;
  }
  Program.allow(program, mask);
}

/**
 * List what each way gains at prices {value}, whichever may trade: without end where a market would take any amount of a token that
 * is worth nothing or less.
 */
export function gainsAt({ program, models, answer, mask, none }: Slate, prices: Float64Array): Float64Array {
  const gains = new Float64Array(models.length);
  for (let way = 0; way < models.length; way++) {
    const endless = Program.takenBy(at(models, way)).some((token) => real(prices, token) <= 0);
    gains[way] = endless ? Infinity : 0;
    mask[way] = endless ? 0 : 1;
  }
  Program.allow(program, mask);
  Program.charge(program, none, 0);
  Program.respond(program, prices, answer);
  for (let way = 0; way < models.length; way++) {
    if (mask[way] === 0) continue;
    const { tokens } = at(models, way);
    const got = Program.trade(program, answer, way);
    let gain = 0;
    for (let coin = 0; coin < tokens.length; coin++) gain += at(got, coin) * real(prices, at(tokens, coin));
    // No trade is always possible: below zero it could only be by rounding.
    gains[way] = Ladders.isEndless(gain) ? Infinity : Math.max(0, gain);
  }
  return gains;
}
