// What is owed or still on its way makes nothing safer than it is.

import { describe, expect, test } from 'vitest';
import { ONE } from '../../money/Fixed.ts';
import { compose } from '../../plan/compose.ts';
import type { Limit } from '../../policy/Limit.ts';
import * as Portfolio from '../../portfolio/Portfolio.ts';
import type { Snapshot } from '../../portfolio/Snapshot.ts';
import * as Sample from '../../Sample.ts';
import * as Case from '../Case.ts';
import { judge } from '../judge.ts';

const sample = Sample.snapshot();

/** $60,000 of WETH, $30,000 of WBTC and this many USDC, of which `sold` WETH is to go. */
function caseOf(usdc: bigint, weights: Record<string, number>, more: Partial<Snapshot> = {}): Case.Case {
  const holdings = sample.holdings.map((one) => (one.asset === 'usdc' ? { ...one, atoms: usdc * 10n ** 6n } : one));
  const snapshot = { ...sample, holdings, ...more };
  const portfolio = Portfolio.of(snapshot);
  return {
    snapshot,
    portfolio,
    targets: weights,
    plan: compose(snapshot, portfolio, weights, Sample.STRATEGY.trading),
  };
}

function told(judged: Case.Case, limit: Limit): readonly string[] {
  const verdict = judge(judged, [limit]);
  return verdict.kind === 'pass' ? [] : verdict.refusals.map(({ limit: name }) => name);
}

describe('health', () => {
  // Of $90,000 of collateral $9,000 are sold for BTC: the debt of $50,000 stays.
  const judged = (more: Partial<Snapshot> = {}) =>
    caseOf(-50_000n, { weth: 51 / 40, wbtc: 39 / 40, usdc: -50 / 40 }, more);
  const limit = (min: number): Limit => ({ kind: 'health', thresholds: { weth: 8_000, wbtc: 8_000 }, min });

  test('counts what is bought at its floor, and not as hoped', () => {
    const one = judged();
    const [hoped, floor] = [Case.after(one), Case.after(one, 'floor')];
    expect(floor.get('wbtc')).toBeLessThan(hoped.get('wbtc') ?? 0n);
    const healthAt = (values: ReadonlyMap<string, bigint>) =>
      (8_000n * ((values.get('weth') ?? 0n) + (values.get('wbtc') ?? 0n))) / (50_000n * ONE);
    const between = Number(healthAt(hoped));
    expect(healthAt(floor)).toBeLessThan(BigInt(between));
    expect(told(one, limit(between))).toEqual(['health']);
    expect(told(one, limit(Number(healthAt(floor))))).toEqual([]);
  });

  test('takes nothing for collateral that has yet to arrive', () => {
    const arriving = { inFlight: [{ id: 'a', asset: 'weth', atoms: 100n * ONE, due: sample.at + 60 }] };
    const rich = caseOf(-50_000n, { weth: 51 / 240 + 200 / 240, wbtc: 39 / 240, usdc: -50 / 240 }, arriving);
    expect(rich.plan.steps.length).toBeGreaterThan(0);
    expect(told(judged(), limit(15_000))).toEqual(['health']);
    expect(told(rich, limit(15_000))).toEqual(['health']);
  });
});

describe('exposure', () => {
  test('to an issuer is gross: a debt in one of its tokens does not make room for another', () => {
    const judged = caseOf(-20_000n, { weth: 50 / 70, wbtc: 40 / 70, usdc: -20 / 70 });
    const limit: Limit = { kind: 'exposure', name: 'one', assets: ['wbtc', 'usdc'], markets: [], max: 5_000 };
    expect(judged.plan.steps.length).toBeGreaterThan(0);
    // $40,000 of $70,000 would be its, whatever is owed of the other.
    expect(told(judged, limit)).toEqual(['exposure']);
    expect(told(judged, { ...limit, max: 5_800 })).toEqual([]);
  });
});
