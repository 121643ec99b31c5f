// What schedules of slices, and protection from sandwiches, offer to other packages.

export * as AlmgrenChriss from './AlmgrenChriss.ts';
export * as ObizhaevaWang from './ObizhaevaWang.ts';
export * as Sandwich from './Sandwich.ts';
export * as Schedule from './Schedule.ts';
export * as Slices from './Slices.ts';
export * as Way from './Way.ts';
export { type Attack, attack, stakeUp } from './attack.ts';
export { type Exposed, type Protection, protect } from './protect.ts';
