import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Amount } from '@trimtab/core';
import type { Asset, Authorise } from '@trimtab/core';
import * as Settler from './Settler.ts';
import type { Bounds } from './Spec.ts';

const WAD = 10n ** 18n;
const weth: Asset = { id: 'weth', symbol: 'WETH', decimals: 18 };
const usdc: Asset = { id: 'usdc', symbol: 'USDC', decimals: 6 };
const bounds: Bounds = {
  maxFloorDiscount: 100,
  maxBand: 500,
  navTolerance: 100,
  lossCapPerDay: 50,
  turnoverCapPerDay: 2_000,
  cooldown: 60,
  maxHorizon: 3_600,
};
const NOW = 1_700_000_000;

/** 60 WETH at $1,000 and 40,000 USDC: a vault of $100,000 in 1,000 shares. */
const vault = (ether = 60n * WAD, dollars = 40_000_000_000n): Settler.Vault => ({
  supply: 1_000n * WAD,
  positions: [
    { asset: weth, atoms: ether, price: 1_000n * WAD },
    { asset: usdc, atoms: dollars, price: WAD },
  ],
});
/** Sell 10 WETH. */
const plan: Authorise = {
  kind: 'authorise',
  nonce: 1,
  deadline: NOW + 600,
  floorDiscount: 50,
  supply: 1_000n * WAD,
  legs: [
    { asset: 'weth', sellDownTo: 50n * WAD, buyUpTo: 50n * WAD },
    { asset: 'usdc', sellDownTo: 50_100_000_000n, buyUpTo: 50_100_000_000n },
  ],
  why: '',
};
const fill = { sell: 'weth', buy: 'usdc', sold: 10n * WAD, received: 9_980_000_000n };

const fresh = Settler.start(NOW - 86_400, bounds);
const settled = (outcome: Settler.Settled | Settler.Reverted): Settler.Settler => {
  if (outcome.kind === 'reverted') throw new Error(outcome.why);
  return outcome.settler;
};
const live = settled(Settler.propose(fresh, bounds, vault(), plan, NOW));

describe('the settler takes a plan', () => {
  test('that keeps every rule', () => {
    const taken = Settler.propose(fresh, bounds, vault(), plan, NOW);
    expect(taken).toMatchObject({ kind: 'settled', settler: { nonce: 1, live: { navPerShare: 100n * WAD } } });
  });

  test.each([
    ['a nonce ahead', { nonce: 2 }, /nonce 2 is not the next, 1/],
    ['a deadline now', { deadline: NOW }, /deadline/],
    ['a deadline too far', { deadline: NOW + 3_601 }, /deadline/],
    ['too low a floor', { floorDiscount: 101 }, /101 bps below/],
    ['a missing leg', { legs: plan.legs.slice(1) }, /1 legs for 2 assets/],
    ['legs out of order', { legs: plan.legs.toReversed() }, /leg 0 is usdc/],
    [
      'a band upside down',
      { legs: [{ asset: 'weth', sellDownTo: 49n * WAD, buyUpTo: 50n * WAD }, plan.legs[1]] },
      /upside down/,
    ],
    [
      'too wide a band',
      { legs: [{ asset: 'weth', sellDownTo: 53n * WAD, buyUpTo: 49n * WAD }, plan.legs[1]] },
      /wider/,
    ],
    [
      'targets worth too little',
      { legs: [{ asset: 'weth', sellDownTo: 40n * WAD, buyUpTo: 40n * WAD }, plan.legs[1]] },
      /targets worth/,
    ],
  ] as [string, Partial<Authorise>, RegExp][])('not %s', (_, change, why) => {
    const refused = Settler.propose(fresh, bounds, vault(), { ...plan, ...change }, NOW);
    expect(refused).toMatchObject({ kind: 'reverted', next: 'abort', why: expect.stringMatching(why) as string });
  });

  test('not while cooling down, and not without a price; both may pass later', () => {
    const next = { ...plan, nonce: 2 };
    expect(Settler.propose(live, bounds, vault(), next, NOW + 59)).toMatchObject({ kind: 'reverted', next: 'wait' });
    expect(Settler.propose(live, bounds, vault(), next, NOW + 60)).toMatchObject({ kind: 'settled' });
    const blind = { ...vault(), positions: vault().positions.map((p) => ({ ...p, price: undefined })) };
    expect(Settler.propose(fresh, bounds, blind, plan, NOW)).toMatchObject({ kind: 'reverted', next: 'wait' });
  });
});

describe('the settler lets a fill pass', () => {
  test('exactly down to the floor and the bands', () => {
    const attempt = (change: Partial<typeof fill>, at = NOW) =>
      Settler.fill(live, bounds, vault(), { ...fill, ...change }, at).kind;
    // 10 WETH at $1,000 less 0.5 %.
    expect([attempt({ received: 9_950_000_000n }), attempt({ received: 9_949_999_999n })]).toEqual([
      'settled',
      'reverted',
    ]);
    expect([attempt({}), attempt({ sold: 10n * WAD + 1n, received: 9_980_000_001n })]).toEqual(['settled', 'reverted']);
    expect([attempt({ received: 10_100_000_000n }), attempt({ received: 10_100_000_001n })]).toEqual([
      'settled',
      'reverted',
    ]);
    expect([attempt({}, NOW + 600), attempt({}, NOW + 601)]).toEqual(['settled', 'reverted']);
    expect(attempt({ sold: 0n, received: 0n })).toBe('reverted');
    expect(attempt({ sell: 'usdc', buy: 'weth', sold: 1n, received: 1n })).toBe('reverted');
    expect(Settler.fill(fresh, bounds, vault(), fill, NOW).kind).toBe('reverted');
  });

  test('and never a tightened policy less than it asks', () => {
    const tight = { ...bounds, maxFloorDiscount: 10 };
    expect(Settler.fill(live, tight, vault(), { ...fill, received: 9_989_000_000n }, NOW).kind).toBe('reverted');
    expect(Settler.fill(live, tight, vault(), { ...fill, received: 9_990_000_000n }, NOW).kind).toBe('settled');
  });

  test('of a loss only while the bucket has room: over any time, at most the cap and what leaked', () => {
    const attempts = fc.array(
      fc.record({ wait: fc.integer({ min: 60, max: 20_000 }), paid: fc.bigInt({ min: 9_900n, max: 10_050n }) }),
      { minLength: 1, maxLength: 40 },
    );
    fc.assert(
      fc.property(attempts, (list) => {
        let settler = Settler.start(NOW, bounds);
        let at = NOW;
        let lost = 0n;
        for (const { wait, paid } of list) {
          at += wait;
          const legs = [plan.legs[0]!, { ...plan.legs[1]!, sellDownTo: 50_500_000_000n, buyUpTo: 50_500_000_000n }];
          const proposal = { ...plan, legs, nonce: settler.nonce + 1, deadline: at + 60, floorDiscount: 100 };
          settler = settled(Settler.propose(settler, bounds, vault(), proposal, at));
          const received = paid * 1_000_000n;
          const outcome = Settler.fill(settler, bounds, vault(), { ...fill, received }, at);
          if (outcome.kind === 'reverted') continue;
          settler = outcome.settler;
          const loss = 10_000n * WAD - Amount.valueDown(received, 6, WAD);
          if (loss > 0n) lost += loss;
        }
        // 0.5 % of $100,000 at once, and as much again for every day since.
        const allowed = 500n * WAD + (500n * WAD * BigInt(at - NOW)) / 86_400n;
        expect(lost <= allowed).toBe(true);
      }),
    );
  });

  test('of turnover only within its bucket, and says how much room is left', () => {
    const after = settled(Settler.fill(live, bounds, vault(), fill, NOW));
    const room = Settler.permits(after, bounds, 1_000n * WAD, 100_000n * WAD, NOW);
    // $10,000 sold out of a bucket of $20,000, $20 lost out of $500.
    expect([room.turnoverRoom, room.lossRoom, room.readyAt, room.nonce]).toEqual([
      10_000n * WAD,
      480n * WAD,
      NOW + 60,
      1,
    ]);
    const halfDay = Settler.permits(after, bounds, 1_000n * WAD, 100_000n * WAD, NOW + 43_200);
    expect([halfDay.turnoverRoom, halfDay.lossRoom]).toEqual([20_000n * WAD, 500n * WAD]);
    const spent = { ...after, turnover: (2_000n * WAD) / 10_000n };
    const more = { ...plan, nonce: 2 };
    const again = settled(Settler.propose(spent, bounds, vault(), more, NOW + 60));
    expect(Settler.fill(again, bounds, vault(), fill, NOW + 60)).toMatchObject({
      kind: 'reverted',
      why: expect.stringMatching(/turnover/) as string,
    });
  });
});
