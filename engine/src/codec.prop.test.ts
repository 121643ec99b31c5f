import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decode, encode } from './codec.ts';
import type { Event } from './Event.ts';

const text = fc.string({ minLength: 1, unit: 'grapheme' });
const index = fc.nat();
const atoms = fc.bigInt({ min: 0n, max: 2n ** 256n - 1n });
const belief = fc.double({ noNaN: true, noDefaultInfinity: true });
const hex = fc.bigInt({ min: 1n, max: 2n ** 512n }).map((n) => `0x${n.toString(16)}`);
const block = fc.record({ number: atoms, hash: hex });
const receipt = fc.record({ block, at: index, gasUsed: atoms, gasPrice: atoms });
const fill = fc.record({ sell: text, buy: text, sold: atoms, received: atoms });
// Keys that begin with $ are the codec's own and refused, which has a test of its own.
const weights = fc.dictionary(
  text.filter((id) => !id.startsWith('$')),
  belief,
);

const strategy = fc.record({
  when: fc.record({ kind: fc.constant('band'), absolute: index }, { requiredKeys: ['kind'] }),
  toward: fc.record({ kind: fc.constant('fixed'), weights }),
  landing: fc.constantFrom('target', 'edge'),
  trading: fc.record({ minNotional: atoms, slippage: index, lifetime: index }),
  within: fc.array(fc.record({ kind: fc.constant('turnover'), max: index })),
});
const snapshot = fc.record({
  portfolio: text,
  at: index,
  block,
  assets: fc.array(fc.record({ id: text, symbol: text, decimals: fc.nat(36) })),
  holdings: fc.array(fc.record({ asset: text, atoms: fc.bigInt() })),
  prices: fc.array(fc.record({ asset: text, source: text, price: atoms, at: index, heartbeat: index })),
  markets: fc.array(fc.record({ kind: fc.constant('constant-product'), reserves: fc.tuple(atoms, atoms) })),
});
const swap = fc.record({ kind: fc.constant('swap'), sell: text, buy: text, sold: atoms, floor: atoms });
const decision = fc.oneof(
  fc.record({ kind: fc.constant('hold'), why: fc.string(), drift: fc.array(fc.record({ weight: belief })) }),
  fc.record({ kind: fc.constant('act'), why: text, plan: fc.record({ why: text, steps: fc.array(swap) }) }),
);

/** Draw an event of any kind. Core's own values are drawn in part, so the type is asserted. */
const event = fc.oneof(
  fc.record({ kind: fc.constant('Started'), mode: fc.constantFrom('DRY RUN', 'LIVE'), strategy, version: text }),
  fc.record({ kind: fc.constant('Observed'), cycle: index, snapshot }),
  fc.record(
    { kind: fc.constant('Decided'), cycle: index, run: text, decision },
    { requiredKeys: ['kind', 'cycle', 'decision'] },
  ),
  fc.record({ kind: fc.constant('StepIntended'), run: text, step: index, key: text }),
  fc.record({
    kind: fc.constant('StepSigned'),
    run: text,
    step: index,
    attempt: index,
    signed: fc.record({ raw: hex, hash: hex, from: text, nonce: index }),
    receives: atoms,
  }),
  fc.record({ kind: fc.constant('StepSent'), run: text, step: index, attempt: index }),
  fc.record(
    { kind: fc.constant('StepSettled'), run: text, step: index, attempt: index, receipt, fill },
    { requiredKeys: ['kind', 'run', 'step', 'attempt', 'receipt'] },
  ),
  fc.record(
    { kind: fc.constant('StepFailed'), run: text, step: index, why: fc.string(), receipt },
    { requiredKeys: ['kind', 'run', 'step', 'why'] },
  ),
  fc.record({ kind: fc.constant('RunClosed'), run: text, outcome: fc.constantFrom('done', 'abandoned'), why: text }),
  fc.record({ kind: fc.constantFrom('Halted', 'Resumed'), by: text, why: fc.string() }),
) as fc.Arbitrary<Event>;

/** Write every object's keys in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, field]) => [key, reversed(field)] as const);
  return Object.fromEntries(entries.toReversed());
}

describe('codec', () => {
  test('gives back every event bit for bit', () => {
    const check = (e: Event) => {
      expect(decode(encode(e))).toEqual(e);
    };
    fc.assert(fc.property(event, check), { numRuns: 500 });
  });

  test('has one text for one event, whatever the order of its keys', () => {
    const check = (e: Event) => {
      expect(encode(reversed(e) as Event)).toBe(encode(e));
      expect(encode(decode(encode(e)))).toBe(encode(e));
    };
    fc.assert(fc.property(event, check));
  });

  test('refuses a text that was cut short at any place', () => {
    const cut = fc.tuple(event, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }));
    const check = ([e, at]: readonly [Event, number]) => {
      const whole = encode(e);
      expect(() => decode(whole.slice(0, Math.floor(whole.length * at)))).toThrow('cannot be understood');
    };
    fc.assert(fc.property(cut, check));
  });

  test('refuses unknown kinds, unknown keys and missing fields', () => {
    const refused = [
      '{"kind":"Exploded"}',
      '{"kind":"StepSent","run":"c1","step":0,"attempt":0,"extra":1}',
      '{"kind":"StepSent","run":"c1","step":0}',
      '{"kind":"StepSent","run":"c1","step":-1,"attempt":0}',
      '{"kind":"StepSent","run":"c1","step":0.5,"attempt":0}',
      'null',
      '[]',
    ];
    for (const one of refused) expect(() => decode(one)).toThrow('cannot be understood');
  });

  test('refuses a bigint that is not spelled as it would be written', () => {
    const fields = '"attempt":0,"kind":"StepSigned","run":"r","signed":{"from":"a","hash":"0x1","nonce":0,"raw":"0x1"}';
    const spelled = (receives: string) => decode(`{${fields},"receives":${receives},"step":0}`);
    expect(spelled('{"$bigint":"12"}')).toMatchObject({ receives: 12n });
    for (const bad of ['12', '"12"', '{"$bigint":12}', '{"$bigint":"012"}', '{"$bigint":"-0"}', '{"$bigint":"0x1"}'])
      expect(() => spelled(bad)).toThrow('cannot be understood');
    expect(() => spelled('{"$bigint":"1","other":1}')).toThrow('cannot be understood');
  });

  test('refuses to write what would not read back the same', () => {
    const decided = (drift: unknown) =>
      ({ kind: 'Decided', cycle: 0, decision: { kind: 'hold', why: '', drift } }) as unknown as Event;
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, [undefined], new Map(), { $bigint: '1' }, () => 1])
      expect(() => encode(decided(bad))).toThrow('cannot be journalled');
    expect(decode(encode(decided([-0])))).toStrictEqual(decided([-0]));
  });
});
