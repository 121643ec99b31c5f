// The bands of a configuration in numbers, both ways of writing them side by side. Core applies only the narrower; a
// person has to see the two to know which one it is.

import type { Config } from '@trimtab/engine';

/** Give the lowest and highest weight {1} inside a band. */
export type Bounds = readonly [number, number];

/** Hold what each way of writing its band allows an asset, and the band that counts. */
export type Banded = {
  readonly symbol: string;
  readonly target: number;
  readonly absolute?: Bounds;
  readonly relative?: Bounds;
  readonly band?: Bounds;
};

/** Find the bands of every asset of a strategy, in its order. */
export function of({ targets, band }: Config.Wanted): readonly Banded[] {
  return Object.entries(targets).map(([symbol, target]) => {
    const own = band !== undefined && Object.hasOwn(band.perAsset, symbol) ? band.perAsset[symbol] : band;
    const absolute = own?.absolute === undefined ? undefined : around(target, own.absolute / 10_000);
    // A share of nothing is no width: core leaves such an asset without a band.
    const relative =
      own?.relative === undefined || target === 0 ? undefined : around(target, (own.relative / 10_000) * target);
    const narrower =
      absolute !== undefined && relative !== undefined ? narrow(absolute, relative) : (absolute ?? relative);
    return {
      symbol,
      target,
      ...(absolute === undefined ? {} : { absolute }),
      ...(relative === undefined ? {} : { relative }),
      ...(narrower === undefined ? {} : { band: narrower }),
    };
  });
}

function around(target: number, width: number): Bounds {
  return [Math.max(0, target - width), Math.min(1, target + width)];
}

function narrow(one: Bounds, other: Bounds): Bounds {
  return [Math.max(one[0], other[0]), Math.min(one[1], other[1])];
}
