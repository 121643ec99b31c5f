// An index: the value of a basket over a divisor that absorbs every change of the basket, so that its level moves with
// prices alone. Exact: a chain of changes is a ratio of integers, and nothing is lost in it.

import { pow10, divDown, ONE } from '../../money/Fixed.ts';
import type { AssetId } from '../../money/Asset.ts';
import type { Price } from '../../money/Price.ts';

/** Hold an index: what is in it, and the divisor in dollars per point. */
export type PriceIndex = { readonly members: readonly Member[]; readonly divisor: Ratio };

/** State how many atoms of an asset, {decimals} of them a token, an index counts; above zero. */
export type Member = { readonly asset: AssetId; readonly decimals: number; readonly atoms: bigint };

/** Hold a ratio of two integers above zero, in lowest terms. */
export type Ratio = { readonly numerator: bigint; readonly denominator: bigint };

/** Name the price of each asset. */
export type Prices = ReadonlyMap<AssetId, Price>;

/** The scale of a basket's value: 36 decimals for the atoms of any asset and 18 for the price. D54{USD}. */
const SCALE = pow10(54);

/** Start an index of these members at a level of `level` points, D18. Throws IndexError. */
export function start(members: readonly Member[], prices: Prices, level: bigint): PriceIndex {
  if (level <= 0n) throw new IndexError(`a level of ${level}`, 'start at a level above zero');
  return { members, divisor: reduce(worth(members, prices) * ONE, SCALE * level) };
}

/** Compute the level in points, D18, the fraction of the last digit left out. Throws IndexError. */
export function levelDown({ members, divisor }: PriceIndex, prices: Prices): bigint {
  return divDown(worth(members, prices) * divisor.denominator * ONE, SCALE * divisor.numerator);
}

/** Write the divisor with 18 decimals, the fraction of the last digit left out. D18{USD/point}. */
export function divisorDown({ divisor }: PriceIndex): bigint {
  return divDown(divisor.numerator * ONE, divisor.denominator);
}

/**
 * Put other members, or other amounts of them, into an index: D₁ = D₀·V_after/V_before at the same prices, so that its
 * level stays (S&P Dow Jones, Index Mathematics Methodology). Additions, removals, new supplies. Throws IndexError.
 */
export function change(index: PriceIndex, members: readonly Member[], prices: Prices): PriceIndex {
  const { numerator, denominator } = index.divisor;
  const [before, after] = [worth(index.members, prices), worth(members, prices)];
  return { members, divisor: reduce(numerator * after, denominator * before) };
}

/**
 * Follow a split, a migration or a rebase that turns `from` atoms of an asset into `into`, its price moving the other way:
 * the value of the basket stays, and so does the level. Where `into` is no multiple of `from`, the whole basket and its
 * divisor are counted in `from`ths, so that no atom is lost. Throws IndexError.
 */
export function split(index: PriceIndex, asset: AssetId, into: bigint, from: bigint): PriceIndex {
  if (into <= 0n || from <= 0n) throw new IndexError(`a split into ${into} from ${from}`, 'give two counts above zero');
  if (!index.members.some((member) => member.asset === asset)) {
    throw new IndexError(`no ${asset} in the index`, 'split one of its members');
  }
  const { numerator: up, denominator: down } = reduce(into, from);
  const { numerator, denominator } = index.divisor;
  return {
    members: index.members.map((member) => ({ ...member, atoms: member.atoms * (member.asset === asset ? up : down) })),
    divisor: reduce(numerator * down, denominator),
  };
}

/** Value a basket. D54{USD}. */
function worth(members: readonly Member[], prices: Prices): bigint {
  const seen = new Set<AssetId>();
  let total = 0n;
  for (const { asset, decimals, atoms } of members) {
    const price = prices.get(asset);
    if (seen.has(asset)) throw new IndexError(`${asset} twice in an index`, 'list each member once');
    if (price === undefined || price <= 0n) {
      throw new IndexError(`a price of ${asset} of ${price ?? 'nothing'}`, 'give every member a price above zero');
    }
    if (atoms <= 0n) throw new IndexError(`${atoms} atoms of ${asset}`, 'leave out members that an index has none of');
    seen.add(asset);
    total += atoms * price * pow10(36 - decimals);
  }
  if (total === 0n) throw new IndexError('an index without members', 'give it at least one');
  return total;
}

function reduce(numerator: bigint, denominator: bigint): Ratio {
  let [a, b] = [numerator, denominator];
  while (b > 0n) [a, b] = [b, a % b];
  return { numerator: numerator / a, denominator: denominator / a };
}

/** Report an index that has no level: what was found, and the fix. */
export class IndexError extends Error {
  override readonly name = 'IndexError';
  readonly next = 'halt';
  constructor(found: string, fix: string) {
    super(`${found} was found; ${fix}`);
  }
}
