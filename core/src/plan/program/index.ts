// What programs of many markets offer to other packages.

import * as ProgramModule from './Program.ts';

export type MarketProgram = ProgramModule.Program;
export const MarketProgram = ProgramModule;
export type { Model } from './Program.ts';
export type { Ladder, Rung } from './Ladders.ts';
export type { Stable } from './StablePairs.ts';
export type { Goal } from './Goal.ts';
export type { Workspace } from './descend.ts';
export { workspace } from './descend.ts';
export type { Search } from './Search.ts';
export type { Solution } from './Solution.ts';
export { solveProgram } from './solveProgram.ts';
