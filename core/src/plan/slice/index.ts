// What schedules of slices offer to other packages.

export * as AlmgrenChriss from './AlmgrenChriss.ts';
export * as ObizhaevaWang from './ObizhaevaWang.ts';
export * as Sandwich from './Sandwich.ts';
export * as Slices from './Slices.ts';
