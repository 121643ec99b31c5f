// What triggers offer to other packages.

export type { AllOf } from './AllOf.ts';
export type { AnyOf } from './AnyOf.ts';
export type { Band } from './Band.ts';
export type { Calendar } from './Calendar.ts';
export type { Cooldown } from './Cooldown.ts';
export type { Keep } from './Finding.ts';
export type { Hysteresis } from './Hysteresis.ts';
export type { Not } from './Not.ts';
export type { Spread } from './Spread.ts';
export type { Cron } from './Cron.ts';
