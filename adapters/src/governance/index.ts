// What governance would change, told in words.

export * as Book from './Book.ts';
export * as Motion from './Motion.ts';
export * as Present from './Present.ts';
export type { Effect } from './Effect.ts';
export { tell, type Verdict } from './tell.ts';
