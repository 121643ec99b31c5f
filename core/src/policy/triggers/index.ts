// What triggers offer to other packages.

export type { AnyOf } from './AnyOf.ts';
export type { Band } from './Band.ts';
export type { Calendar } from './Calendar.ts';
export type { Keep } from './Finding.ts';
