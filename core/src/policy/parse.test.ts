import { describe, expect, test } from 'vitest';
import * as Sample from '../Sample.ts';
import { StrategyError } from './Field.ts';
import { parse } from './parse.ts';

const good = Sample.STRATEGY;
const band = { kind: 'band', absolute: 200, relative: 1_000, perAsset: { weth: { absolute: 100 } } };
const calendar = { kind: 'calendar', every: 86_400, from: 0 };

describe('a strategy', () => {
  test('that can be followed comes back as it was', () => {
    expect(parse(good)).toEqual(good);
    const other = { ...good, when: { kind: 'any', of: [band, calendar] }, landing: 'edge' };
    expect(parse(other)).toEqual(other);
  });

  const weights = (own: unknown) => ({ ...good, toward: { kind: 'fixed', weights: own } });
  const when = (own: unknown) => ({ ...good, when: own });
  const trading = (own: object) => ({ ...good, trading: { ...good.trading, ...own } });
  const within = (...own: unknown[]) => ({ ...good, within: own });
  let deep: unknown = calendar;
  for (let level = 0; level < 20; level++) deep = { kind: 'any', of: [deep] };

  test.each([
    ['', null],
    ['', 'a strategy'],
    ['', [good]],
    ['', new Map()],
    ['speed', { ...good, speed: 1 }],
    ['when', { ...good, when: undefined }],
    ['when.kind', when({ kind: 'moon' })],
    ['when.kind', when({ kind: 'toString' })],
    ['when.absolute', when({ kind: 'band', absolute: 0 })],
    ['when.absolute', when({ kind: 'band', absolute: 1.5 })],
    ['when.relative', when({ kind: 'band', relative: Number.NaN })],
    ['when.width', when({ kind: 'band', width: 200 })],
    ['when.perAsset.weth.absolute', when({ kind: 'band', perAsset: { weth: { absolute: -1 } } })],
    ['when.perAsset.__proto__', when({ kind: 'band', perAsset: JSON.parse('{"__proto__": {"absolute": 1}}') })],
    ['when.every', when({ ...calendar, every: 0 })],
    ['when.from', when({ ...calendar, from: Infinity })],
    ['when.of', when({ kind: 'any', of: [] })],
    ['when.of[1].kind', when({ kind: 'any', of: [band, {}] })],
    ['when.of[0].of[0].of[0].of[0].of[0].of[0].of[0].of[0]', when(deep)],
    ['toward.kind', { ...good, toward: { kind: 'best' } }],
    ['toward.weights', weights({})],
    ['toward.weights', weights({ a: 0.5, b: 0.6 })],
    ['toward.weights', weights([0.5, 0.5])],
    ['toward.weights.a', weights({ a: Number.NaN, b: 1 })],
    ['toward.weights.a', weights({ a: -0.5, b: 1.5 })],
    ['toward.weights.a', weights({ a: '0.5', b: 0.5 })],
    ['toward.weights.constructor', weights({ constructor: 1 })],
    ['toward.weights.toString', weights({ toString: 1 })],
    ['toward.weights.valueOf', weights({ weth: 0.5, valueOf: 0.5 })],
    ['toward.weights.__proto__', weights(JSON.parse('{"__proto__": 1}'))],
    ['landing', { ...good, landing: 'softly' }],
    ['landing', { ...good, landing: 'edge', when: calendar }],
    ['trading.minNotional', trading({ minNotional: 50 })],
    ['trading.minNotional', trading({ minNotional: -1n })],
    ['trading.slippage', trading({ slippage: 5_001 })],
    ['trading.lifetime', trading({ lifetime: 0 })],
    ['within', { ...good, within: {} }],
    ['within[0].kind', within({ kind: 'hope', max: 1 })],
    ['within[0].max', within({ kind: 'turnover' })],
    ['within[1].grace', within({ kind: 'turnover', max: 1 }, { kind: 'staleness', grace: -1 })],
    ['within[0].maxCost', within({ kind: 'worthwhile', maxCost: 20_000 })],
    ['within[0].max', within({ kind: 'worthwhile', max: 1, maxCost: 1 })],
  ])('is refused at "%s"', (path, raw) => {
    let caught: unknown;
    try {
      parse(raw);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(StrategyError);
    expect((caught as StrategyError).path).toBe(path);
    expect((caught as StrategyError).message).toMatch(/found; wanted/);
  });

  test('says what stands there and what should', () => {
    expect(() => parse(weights({ a: 0.5, b: 0.6 }))).toThrow(
      'strategy at toward.weights: 1.1 found; wanted weights that sum to one',
    );
  });
});
