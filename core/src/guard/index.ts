// What the guard offers to other packages.

export type { Refusal, Verdict } from './Verdict.ts';
