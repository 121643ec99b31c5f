// What a call of a proposal does, in words, and how much attention it asks for.

import type { Book } from './Book.ts';
import type { Read } from './decode.ts';

/**
 * Say how a call weighs. `unknown`: it could not be read, or its target is not who it should be. `privileged`: it gives
 * power, loosens, moves assets, or changes whom to believe. `safer`: it only takes away what could do harm. `plain`: else.
 */
export type Weight = 'unknown' | 'privileged' | 'safer' | 'plain';

/** Hold a call of a proposal as it is told; nested calls follow the one that holds them. */
export type Effect = {
  readonly at: string;
  readonly target: string;
  readonly call: string;
  readonly weight: Weight;
  readonly words: readonly string[];
};

/** Say what a call does. */
export type Said = { readonly weight: Weight; readonly words: readonly string[] };

/** Read a present value from the chain; undefined without a chain, or where nothing answers. */
export type Ask = (to: string, contract: string, name: string, args: readonly unknown[]) => Promise<unknown>;

/** Hold what a speaker needs to tell a call. `now` is the chain's time {s}, where there is a chain. */
export type Scene = {
  readonly read: Read;
  readonly args: Readonly<Record<string, unknown>>;
  readonly show: (address: unknown) => string;
  readonly ask: Ask;
  readonly now: number | undefined;
  readonly book: Book | undefined;
};

export type Speaker = (scene: Scene) => Promise<Said> | Said;

/** Say that it asks for attention, in these words. */
export const privileged = (...words: readonly string[]): Said => ({ weight: 'privileged', words });

/** Say that it only takes away what could do harm. */
export const safer = (...words: readonly string[]): Said => ({ weight: 'safer', words });

/** Say that it cannot be judged, in these words. */
export const unknown = (...words: readonly string[]): Said => ({ weight: 'unknown', words });

/** Weigh a list as its heaviest part. */
export function heaviest(weights: readonly Weight[]): Weight {
  const order = ['unknown', 'privileged', 'plain', 'safer'] as const;
  return order.find((weight) => weights.includes(weight)) ?? 'safer';
}
