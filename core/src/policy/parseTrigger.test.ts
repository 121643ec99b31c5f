import { describe, expect, test } from 'vitest';
import { StrategyError } from './Field.ts';
import { parseLanding } from './parseLanding.ts';
import { parseTrigger } from './parseTrigger.ts';

const band = { kind: 'band', absolute: 200 };
const maxAge = 86_400;
const volatility = { kind: 'volatility-band', absolute: 300, reference: 0.6, exponent: 1, floor: 50, cap: 900, maxAge };
const optimal = { kind: 'cost-optimal', riskAversion: 3, proportional: 30, maxAge };
const skewed = { kind: 'skewed', riskAversion: 3, proportional: 30, cash: 'usdc', maxAge };
const hysteresis = { kind: 'hysteresis', outer: { kind: 'band', absolute: 500 }, inner: band };
const spread = { kind: 'spread', when: band, window: 3_600, slices: 6 };
const depth = { kind: 'depth', asset: 'weth', within: 50, min: 10n ** 18n };
const signal = { kind: 'signal', id: 'fear', above: 10, below: 20, maxAge };
const utilisation = { kind: 'utilisation', market: 'pool', min: 0, max: 9_000 };
const impact = { kind: 'impact', riskAversion: 3, depth: 10n ** 24n, every: 3_600, maxAge };
const pace = { kind: 'garleanu-pedersen', aversion: 1, impact: 2, discount: 0.01 };

const read = (value: unknown) => parseTrigger({ path: 'when', value });
const readLanding = (value: unknown) => parseLanding({ path: 'landing', value });

function pathOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof StrategyError) return error.path;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('a trigger', () => {
  test.each([
    [band],
    [{ kind: 'band', relative: 1_000, perAsset: { weth: { absolute: 100 } } }],
    [{ kind: 'calendar', every: 86_400, from: 0 }],
    [{ kind: 'cron', expression: '0 9 * * mon-fri' }],
    [{ kind: 'cron', expression: '*/5 * * * *', offset: -18_000, from: 1_700_000_000 }],
    [{ kind: 'cooldown', seconds: 60 }],
    [{ kind: 'norm', measure: 'l1', max: 600 }],
    [{ kind: 'norm', measure: 'tracking-error', max: 600, maxAge }],
    [volatility],
    [optimal],
    [{ kind: 'cost-optimal', riskAversion: 3, maxAge }],
    [skewed],
    [{ kind: 'drawdown', min: 2_000 }],
    [{ kind: 'flow', direction: 'either', min: 100 }],
    [{ kind: 'claims', min: 0n }],
    [signal],
    [{ kind: 'signal', id: 'fear', below: -1.5, maxAge }],
    [utilisation],
    [depth],
    [{ kind: 'all', of: [spread, { kind: 'not', of: depth }, { kind: 'any', of: [hysteresis, signal] }] }],
  ])('that can be followed comes back as it was (%#)', (trigger) => {
    expect(read(trigger)).toEqual(trigger);
  });

  const proto = JSON.parse('{"kind": "band", "__proto__": {"absolute": 1}}') as unknown;
  test.each([
    ['when', null],
    ['when', 'band'],
    ['when.kind', {}],
    ['when.kind', { kind: 'constructor' }],
    ['when.kind', { kind: '__proto__' }],
    ['when.__proto__', proto],
    ['when.expression', { kind: 'cron' }],
    ['when.expression', { kind: 'cron', expression: '' }],
    ['when.expression.hour', { kind: 'cron', expression: '0 25 * * *' }],
    ['when.offset', { kind: 'cron', expression: '0 9 * * *', offset: 60_000 }],
    ['when.from', { kind: 'cron', expression: '0 9 * * *', from: -1 }],
    ['when.zone', { kind: 'cron', expression: '0 9 * * *', zone: 'Europe/Paris' }],
    ['when.seconds', { kind: 'cooldown', seconds: 0 }],
    ['when.seconds', { kind: 'cooldown', seconds: 4e9 }],
    ['when.measure', { kind: 'norm', measure: 'l3', max: 1 }],
    ['when.max', { kind: 'norm', measure: 'l2', max: NaN }],
    ['when.maxAge', { kind: 'norm', measure: 'tracking-error', max: 600 }],
    ['when.maxAge', { kind: 'norm', measure: 'l2', max: 600, maxAge }],
    ['when.absolute', { ...volatility, absolute: undefined }],
    ['when.reference', { ...volatility, reference: 0 }],
    ['when.exponent', { ...volatility, exponent: Infinity }],
    ['when.floor', { ...volatility, floor: 0 }],
    ['when.cap', { ...volatility, cap: 49 }],
    ['when.maxAge', { ...volatility, maxAge: 0.5 }],
    ['when.riskAversion', { ...optimal, riskAversion: 0 }],
    ['when.riskAversion', { ...optimal, riskAversion: NaN }],
    ['when.proportional', { ...optimal, proportional: -1 }],
    ['when.gas', { ...optimal, gas: 1 }],
    ['when.proportional', { ...skewed, proportional: 0 }],
    ['when.cash', { ...skewed, cash: '' }],
    ['when.riskAversion', { ...skewed, riskAversion: Infinity }],
    ['when.min', { kind: 'drawdown', min: 10_001 }],
    ['when.direction', { kind: 'flow', direction: 'up', min: 1 }],
    ['when.min', { kind: 'flow', direction: 'in', min: 0 }],
    ['when.min', { kind: 'claims', min: 5 }],
    ['when.id', { ...signal, id: '' }],
    ['when.above', { kind: 'signal', id: 'fear', maxAge }],
    ['when.above', { ...signal, above: NaN }],
    ['when.below', { ...signal, below: 9 }],
    ['when.market', { ...utilisation, market: 7 }],
    ['when.max', { ...utilisation, min: 9_001 }],
    ['when.asset', { ...depth, asset: '__proto__' }],
    ['when.cash', { ...skewed, cash: 'hasOwnProperty' }],
    ['when.within', { ...depth, within: 0 }],
    ['when.min', { ...depth, min: -1n }],
    ['when.of', { kind: 'all', of: [] }],
    ['when.of', { kind: 'all', of: band }],
    ['when.of[1].absolute', { kind: 'all', of: [band, { kind: 'band', absolute: -1 }] }],
    ['when.of', { kind: 'not' }],
    ['when.of.kind', { kind: 'not', of: { kind: 'maybe' } }],
    ['when.outer', { kind: 'hysteresis', inner: band }],
    ['when.outer', { ...hysteresis, outer: { kind: 'any', of: [spread, band] } }],
    ['when.inner', { ...hysteresis, inner: spread }],
    ['when.inner.absolute', { ...hysteresis, inner: { kind: 'band', absolute: 0 } }],
    ['when', { kind: 'any', of: [hysteresis, hysteresis] }],
    ['when', { kind: 'spread', when: { kind: 'not', of: spread }, window: 60, slices: 2 }],
    ['when.when', { ...spread, when: undefined }],
    ['when.slices', { ...spread, slices: 1 }],
    ['when.window', { ...spread, window: 5 }],
  ])('is refused at "%s"', (path, trigger) => {
    expect(pathOf(() => read(trigger))).toBe(path);
  });
});

describe('a landing', () => {
  test.each([['target'], ['edge'], ['inner'], ['flow-first'], [{ kind: 'partial', rate: 2_500 }], [impact], [pace]])(
    'that can be followed comes back as it was (%#)',
    (landing) => {
      expect(readLanding(landing)).toEqual(landing);
    },
  );

  test.each([
    ['landing', null],
    ['landing', undefined],
    ['landing', 7],
    ['landing', 'softly'],
    ['landing', ['target']],
    ['landing.kind', { kind: 'target' }],
    ['landing.rate', { kind: 'partial', rate: 0 }],
    ['landing.rate', { kind: 'partial', rate: 10_001 }],
    ['landing.rate', { kind: 'partial', rate: NaN }],
    ['landing.step', { kind: 'partial', rate: 1, step: 2 }],
    ['landing.depth', { ...impact, depth: 0n }],
    ['landing.riskAversion', { ...impact, riskAversion: NaN }],
    ['landing.every', { ...impact, every: 0 }],
    ['landing.maxAge', { ...impact, maxAge: -1 }],
    ['landing.aversion', { ...pace, aversion: 0 }],
    ['landing.impact', { ...pace, impact: Infinity }],
    ['landing.discount', { ...pace, discount: 1 }],
  ])('is refused at "%s"', (path, landing) => {
    expect(pathOf(() => readLanding(landing))).toBe(path);
  });
});
