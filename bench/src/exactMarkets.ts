// The markets of a random network as the contracts hold them: whole atoms, ticks and fixed-point weights.

import { Market, SqrtPrice } from '@trimtab/core';
import type { Model } from '@trimtab/core';

/** Give every token 18 decimals and the name `t<number>`. Throws RangeError on a kind that networks are not drawn with. */
export function exactMarkets(models: readonly Model[]): readonly Market[] {
  return models.map((model, index) => exact(model, `m${index}`));
}

/** Name a token. */
export function nameOf(token: number): string {
  return `t${token}`;
}

const atoms = (amount: number): bigint => BigInt(Math.round(amount * 1e6)) * 10n ** 12n;
const share = (part: number): bigint => BigInt(Math.round(part * 1e9)) * 10n ** 9n;

function exact(model: Model, id: string): Market {
  const assets = model.tokens.map(nameOf);
  const two = [assets[0] ?? '', assets[1] ?? ''] as const;
  switch (model.kind) {
    case 'constant-product': {
      const reserves = [atoms(model.reserves[0]), atoms(model.reserves[1])] as const;
      return { kind: 'constant-product', id, assets: two, reserves, feePpm: Math.round(model.fee * 1e6) };
    }
    case 'weighted': {
      const { weights, reserves, fee } = model;
      const scales = weights.map(() => 1n);
      const whole = weights.reduce((sum, weight) => sum + weight, 0);
      const shares = weights.map((weight) => share(weight / whole));
      return { kind: 'weighted', id, assets, reserves: reserves.map(atoms), weights: shares, scales, fee: share(fee) };
    }
    case 'stable':
      return {
        kind: 'stable-swap',
        id,
        rounding: 'curve',
        assets,
        reserves: model.reserves.map(atoms),
        rates: model.rates.map(atoms),
        amp: BigInt(Math.round(model.ann / 2)),
        ampPrecision: 1n,
        fee: share(model.fee),
        adminFee: 0n,
      };
    case 'concentrated':
      return ranged(model, id, two);
    default:
      throw new RangeError(`networks are not drawn with ${model.kind}`);
  }
}

/** Put the ends of ranges on ticks 60 apart, the nearest ones. */
function ranged(
  model: Extract<Model, { readonly kind: 'concentrated' }>,
  id: string,
  assets: readonly [string, string],
): Market {
  const sqrtPriceX96 = BigInt(Math.round(model.sqrtPrice * 2 ** 64)) << 32n;
  const net = new Map<number, bigint>();
  let liquidity = 0n;
  const tick = SqrtPrice.tickAt(sqrtPriceX96);
  for (const { low, high, liquidity: depth } of model.segments) {
    const [from, to] = [low, high].map((root) => 60 * Math.round((2 * Math.log(root)) / Math.log(1.0001) / 60)) as [
      number,
      number,
    ];
    if (from === to) continue;
    const amount = atoms(depth);
    net.set(from, (net.get(from) ?? 0n) + amount);
    net.set(to, (net.get(to) ?? 0n) - amount);
    if (from <= tick && tick < to) liquidity += amount;
  }
  const ticks = [...net]
    .filter(([, change]) => change !== 0n)
    .toSorted(([a], [b]) => a - b)
    .map(([index, liquidityNet]) => ({ index, liquidityNet }));
  const known = [ticks[0]?.index ?? -60, ticks.at(-1)?.index ?? 60] as const;
  return {
    kind: 'concentrated',
    id,
    assets,
    sqrtPriceX96,
    tick,
    liquidity,
    feePpm: Math.round(model.fee * 1e6),
    tickSpacing: 60,
    ticks,
    known,
  };
}
