// Whether a policy built on the program is right in the long run: what it costs against the best that is known, for one asset and for
// two that move together, and whether costs stand to penalties as they do at an optimum.

import { laws } from './loop/laws.ts';
import { oneAsset } from './loop/oneAsset.ts';
import { twoAssets } from './loop/twoAssets.ts';
import type { Row } from './main.ts';

/** Measure all. */
export async function loop(): Promise<readonly Row[]> {
  return [...oneAsset(), ...laws(), ...twoAssets()];
}
