// The door for landings.

import * as Field from './Field.ts';
import type { Landing } from './Landing.ts';
import * as GarleanuPedersen from './landings/GarleanuPedersen.ts';
import * as Impact from './landings/Impact.ts';
import * as Partial from './landings/Partial.ts';
import * as Penalty from './landings/Penalty.ts';
import * as Risk from './landings/Risk.ts';

const WORDS = ['target', 'edge', 'inner', 'flow-first'] as const;

/** Read a landing. Throws StrategyError with the path of the first value that will not do. */
export function parseLanding(field: Field.Field): Landing {
  if (typeof field.value !== 'object') return Field.word(field, WORDS);
  switch (Field.kind(field, ['partial', 'impact', 'garleanu-pedersen', 'penalty', 'risk'])) {
    case 'partial':
      return Partial.parse(field);
    case 'impact':
      return Impact.parse(field);
    case 'garleanu-pedersen':
      return GarleanuPedersen.parse(field);
    case 'penalty':
      return Penalty.parse(field);
    case 'risk':
      return Risk.parse(field);
  }
}
