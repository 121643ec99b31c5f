// A proposal told: every call in words, what each weighs, and whether anything is left that nobody could read.

import { formatEther, getAddress, isAddress } from 'viem';
import * as Book from './Book.ts';
import { type Call, decode, type Decoded, type Read } from './decode.ts';
import {
  type Ask,
  type Effect,
  heaviest,
  privileged,
  safer,
  type Said,
  type Scene,
  type Speaker,
  type Weight,
} from './Effect.ts';
import { sayBreaker } from './sayBreaker.ts';
import { sayOpen } from './sayOpen.ts';
import { sayOracle } from './sayOracle.ts';
import { sayPolicy } from './sayPolicy.ts';
import { change, figure } from './words.ts';

/** Hold what a proposal does. `clear`: all of it was read, its targets are known, and none of it gives power away. */
export type Verdict = {
  readonly effects: readonly Effect[];
  readonly unknown: number;
  readonly privileged: number;
  readonly clear: boolean;
};

/** Hold what is known beside the calls. `now` is the chain's time {s}. */
export type Knowledge = {
  readonly book: Book.Book | undefined;
  readonly ask: Ask | undefined;
  readonly now: number | undefined;
};

/** Tell what calls would do. */
export async function tell(calls: readonly Call[], knowledge: Knowledge): Promise<Verdict> {
  const effects = (await Promise.all(decode(calls, knowledge.book).map((one) => tellOne(one, knowledge)))).flat();
  const count = (weight: Weight): number => effects.filter((effect) => effect.weight === weight).length;
  const verdict = { effects, unknown: count('unknown'), privileged: count('privileged') };
  const clear = effects.length > 0 && verdict.unknown === 0 && verdict.privileged === 0 && knowledge.book !== undefined;
  return { ...verdict, clear };
}

async function tellOne(decoded: Decoded, knowledge: Knowledge): Promise<readonly Effect[]> {
  const show = (address: unknown): string => showAddress(knowledge.book, address);
  const { at, call } = decoded;
  const effect = (name: string, { weight, words }: Said): Effect => ({
    at,
    target: show(call.target),
    call: name,
    weight,
    words,
  });
  const coin = call.value > 0n ? [`sends ${formatEther(call.value)} of the native coin with it`] : [];
  switch (decoded.kind) {
    case 'unread':
      return [
        effect(call.data.slice(0, 74), { weight: 'unknown', words: [`CANNOT BE READ: ${decoded.why}`, ...coin] }),
      ];
    case 'sent': {
      const words = [`sends ${formatEther(call.value)} of the native coin to ${show(call.target)}`];
      return [effect('(no call)', { weight: decoded.standing === 'unlisted' ? 'unknown' : 'privileged', words })];
    }
    case 'read': {
      const all = (await Promise.all(decoded.inside.map((one) => tellOne(one, knowledge)))).flat();
      const inside = WITHDRAWS.has(decoded.name) ? all.map(withdrawn) : all;
      const said = await say(decoded, knowledge, show);
      return [effect(`${decoded.contract}.${decoded.name}`, around(decoded, said, inside)), ...inside];
    }
  }
}

/** What is inside these does not happen. */
const WITHDRAWS = new Set(['revoke', 'cancel']);

function withdrawn(effect: Effect): Effect {
  return { ...effect, weight: 'safer', words: effect.words.map((words) => `(withdrawn) ${words}`) };
}

function showAddress(book: Book.Book | undefined, address: unknown): string {
  const text = String(address);
  if (!isAddress(text, { strict: false })) return text;
  return Book.show(book ?? new Map(), getAddress(text));
}

async function say(read: Read, { ask, now, book }: Knowledge, show: (address: unknown) => string): Promise<Said> {
  const scene: Scene = { read, args: read.args, show, ask: ask ?? (() => Promise.resolve(undefined)), now, book };
  return speakerOf(read)(scene);
}

const OWN: Readonly<Record<string, Readonly<Record<string, Speaker>>>> = {
  Breaker: sayBreaker,
  OracleHub: sayOracle,
  Policy: sayPolicy,
};

function speakerOf({ contract, name, inside }: Read): Speaker {
  const speaker = OWN[contract]?.[name] ?? sayOpen[contract]?.[name] ?? WAITING[name];
  if (speaker !== undefined) return speaker;
  if (inside.length === 0 && contract === 'Settler' && name === 'cancel') return () => safer('ends the live intent');
  return anything;
}

/** What every contract with announced calls has. */
const WAITING: Readonly<Record<string, Speaker>> = {
  queue: () => ({ weight: 'plain', words: ['announces, to be called once its delay is over:'] }),
  revoke: () => ({ weight: 'safer', words: ['withdraws the announcement of:'] }),
  setDelay: async ({ args, show, ask, read }) => {
    const { target } = read.call;
    const present = await ask(target, read.contract, 'delayOf', [args['vault'], args['selector']]);
    const [title, wanted] = [
      `changes how long calls of ${String(args['selector'])} wait for ${show(args['vault'])}`,
      args['delay_'],
    ];
    const line = change('delay', present, wanted, show);
    return Number(wanted) > Number(present) ? safer(title, line) : privileged(title, line);
  },
  abdicate: ({ args, show }) =>
    privileged(`gives up calls of ${String(args['selector'])} for ${show(args['vault'])}, FOR EVER`),
};

/** A function that is known by its name only is told by its arguments, and asks for attention. */
const anything: Speaker = ({ read, args, show }) =>
  privileged(
    `calls ${read.name} of ${show(read.call.target)}`,
    ...Object.entries(args).map(([name, value]) => `${name}: ${figure(name, value, show)}`),
  );

/** Add what the call itself does not say: who its target is, and the coin that goes with it. */
function around(read: Read, { weight, words }: Said, inside: readonly Effect[]): Said {
  const { call, standing, payable } = read;
  const nested = read.inside.length > 0;
  const weights: Weight[] = [nested && weight === 'plain' ? heaviest([weight, ...weightsOf(inside)]) : weight];
  const more: string[] = [];
  if (standing === 'unlisted') {
    weights.push('unknown');
    more.push('UNKNOWN TARGET: it is not in the address book, and may be anything that has such a function');
  }
  if (standing === 'named') {
    weights.push('privileged');
    more.push('the address book does not say what contract its target is');
  }
  if (call.value > 0n) {
    weights.push(payable ? 'privileged' : 'unknown');
    more.push(
      `sends ${formatEther(call.value)} of the native coin with it${payable ? '' : ', which this function does not take'}`,
    );
  }
  return { weight: heaviest(weights), words: [...words, ...more] };
}

/** A wrapper weighs as much as what it holds, but what could not be read is counted once, where it stands. */
function weightsOf(inside: readonly Effect[]): readonly Weight[] {
  return inside.map(({ weight }) => (weight === 'unknown' ? 'privileged' : weight));
}
