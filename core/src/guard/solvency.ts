// A portfolio that owes what it has, or more, is not an empty one: it has no weights to judge, and somebody must look.

import { dollars, type Usd } from '../money/Price.ts';
import type { Portfolio } from '../portfolio/Portfolio.ts';
import type { Refusal } from './Verdict.ts';

/** Refuse where debts are worth as much as all that is held, or more. What holds nothing and owes nothing passes. */
export function solvency({ positions, value }: Portfolio): readonly Refusal[] {
  const owes = positions.some((position) => position.value < 0n);
  if (value > 0n || (value === 0n && !owes)) return [];
  const debt = positions.reduce<Usd>((sum, position) => (position.value < 0n ? sum - position.value : sum), 0n);
  const fix = 'repay from outside, or check the balances and prices of what is owed';
  return [
    {
      limit: 'solvency',
      was: `${dollars(debt)} owed by what holds ${dollars(value + debt)}`,
      allowed: 'assets worth more than debts',
      fix,
    },
  ];
}
