// Which schedule of slices fits what is known of a market, and the whole atoms that follow from it.

import { checkPositive, ForecastError } from '../../forecast/Numbers.ts';
import * as AlmgrenChriss from './AlmgrenChriss.ts';
import * as ObizhaevaWang from './ObizhaevaWang.ts';
import * as Slices from './Slices.ts';

/** Choose how an order is spread over time. */
export type Schedule =
  /** Equal slices: a time-weighted average. */
  | { readonly kind: 'equal'; readonly slices: number }
  /** Equal slices, as many as cost least in a pool that arbitrage refills between them, `most` at most. */
  | {
      readonly kind: 'refilled';
      readonly size: number;
      readonly reserve: number;
      readonly gas: number;
      readonly most: number;
    }
  /** Faster than equal, because waiting has a risk. */
  | { readonly kind: 'almgren-chriss'; readonly order: AlmgrenChriss.Order }
  /** Large first and last, because the market refills gradually. */
  | { readonly kind: 'obizhaeva-wang'; readonly order: ObizhaevaWang.Order };

/** State what is known of an order and its pool. Amounts in tokens sold; money is in tokens sold, too. */
export type Known = {
  readonly size: number;
  /** What the pool has of the asset sold, or would have if it were a constant product of that depth. */
  readonly reserve: number;
  /** Gas of a slice. */
  readonly gas: number;
  /** Slices at most, and the time from one to the next {s}. */
  readonly most: number;
  readonly interval: number;
  /** Standard deviation of the relative price {1/√s}, and the owner's aversion to variance of money {1/tok}. */
  readonly risk?: { readonly volatility: number; readonly aversion: number };
  /** What is left of an impact at the next slice {1}, [0, 1), where it has been measured. */
  readonly remaining?: number;
};

/**
 * Choose a schedule. An owner who is averse to risk, of which there is an estimate, sells by Almgren and Chriss; where it is
 * known how fast the pool refills, by Obizhaeva and Wang; otherwise the pool is taken to be full again at each slice. In a
 * pool of reserve X a slice of n costs n²/X, which makes the temporary impact interval/X and the lasting one 2/X.
 * Throws ForecastError on figures that are none.
 */
export function of(known: Known): Schedule {
  const { size, reserve, gas, most, interval, risk, remaining } = known;
  checkPositive([size, reserve, gas, interval], 'size, reserve, gas, interval', 4);
  if (!Number.isSafeInteger(most) || most < 1) {
    throw new ForecastError('most', String(most), 'give a whole number of at least 1');
  }
  if (most === 1) return { kind: 'equal', slices: 1 };
  if (risk !== undefined && risk.aversion > 0) {
    const impact = { permanent: 0, temporary: interval / reserve, spread: 0 };
    return {
      kind: 'almgren-chriss',
      order: { size, horizon: most * interval, intervals: most, ...risk, ...impact },
    };
  }
  if (remaining !== undefined) {
    return { kind: 'obizhaeva-wang', order: { size, trades: most, remaining, impact: 2 / reserve } };
  }
  return { kind: 'refilled', size, reserve, gas, most };
}

/** Cut atoms by a schedule; they add up exactly. Throws ForecastError on a schedule that is none. */
export function cut(atoms: bigint, how: Schedule): readonly bigint[] {
  switch (how.kind) {
    case 'equal':
      return Slices.equal(atoms, how.slices);
    case 'refilled':
      return Slices.equal(atoms, Math.min(how.most, Slices.best(how.size, how.reserve, how.gas).slices));
    case 'almgren-chriss': {
      const { holdings } = AlmgrenChriss.of(how.order);
      return Slices.weighted(
        atoms,
        holdings.slice(1).map((left, index) => Math.max(0, (holdings[index] ?? left) - left)),
      );
    }
    case 'obizhaeva-wang':
      return Slices.weighted(atoms, ObizhaevaWang.slices(how.order));
  }
}
