// How a plan is said to the settler, and what is bid for it: laws of the rounding and of the bidding.

import { Settler } from '@trimtab/contracts';
import fc from 'fast-check';
import { decodeFunctionData, parseTransaction } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { describe, expect, test } from 'vitest';
import * as Fees from './Fees.ts';
import * as Proposal from './Proposal.ts';

const SHARE = 10n ** 18n;
const asset = 'eip155:1/0x00000000000000000000000000000000000000aa';
const supply = fc.bigInt({ min: 10n ** 6n, max: 10n ** 30n });
const atoms = fc.bigInt({ min: 0n, max: 10n ** 33n });

describe('a leg in atoms per share', () => {
  // The settler's own arithmetic: it rounds a sale's limit up and a purchase's limit down.
  const soldDownTo = (units: bigint, shares: bigint): bigint => (units * shares + SHARE - 1n) / SHARE;
  const boughtUpTo = (units: bigint, shares: bigint): bigint => (units * shares) / SHARE;
  const fits = (units: bigint): boolean => units < 1n << 112n;

  test('leaves room for a sale down to its last atom, and for less than an atom per share beyond', () => {
    fc.assert(
      fc.property(atoms, supply, (bound, shares) => {
        fc.pre(fits((bound * SHARE) / shares));
        const { sellDownTo } = Proposal.unitsOf({ asset, sellDownTo: bound, buyUpTo: 0n }, shares);
        expect(soldDownTo(sellDownTo, shares)).toBeLessThanOrEqual(bound);
        expect(bound - soldDownTo(sellDownTo, shares)).toBeLessThanOrEqual(shares / SHARE + 1n);
      }),
    );
  });

  test('leaves room for a purchase up to its last atom, wherever a band is left', () => {
    fc.assert(
      fc.property(atoms, atoms, supply, (bound, width, shares) => {
        fc.pre(fits(((bound + width) * SHARE) / shares));
        const { sellDownTo, buyUpTo } = Proposal.unitsOf({ asset, sellDownTo: bound + width, buyUpTo: bound }, shares);
        expect(buyUpTo).toBeLessThanOrEqual(sellDownTo);
        fc.pre(width * SHARE >= shares);
        expect(boughtUpTo(buyUpTo, shares)).toBeGreaterThanOrEqual(bound);
      }),
    );
  });

  test('stays one target where it was one', () => {
    fc.assert(
      fc.property(atoms, supply, (bound, shares) => {
        fc.pre(fits((bound * SHARE) / shares));
        const { sellDownTo, buyUpTo } = Proposal.unitsOf({ asset, sellDownTo: bound, buyUpTo: bound }, shares);
        expect(buyUpTo).toBe(sellDownTo);
      }),
    );
  });

  test('is refused where it does not fit', () => {
    const leg = { asset, sellDownTo: 1n << 112n, buyUpTo: 0n };
    expect(() => Proposal.unitsOf(leg, SHARE)).toThrow(RangeError);
    expect(() => Proposal.unitsOf({ asset, sellDownTo: 1n, buyUpTo: -1n }, 1n)).toThrow(RangeError);
  });
});

describe('a proposal', () => {
  const vault = {
    portfolio: '',
    address: '0x00000000000000000000000000000000000000bb',
    settler: '0x00000000000000000000000000000000000000cc',
    policy: '0x00000000000000000000000000000000000000dd',
    hub: '0x00000000000000000000000000000000000000ee',
    assets: [],
    tokens: [],
  } as const;
  const leg = { asset, sellDownTo: 5n, buyUpTo: 4n };
  const step = {
    kind: 'authorise',
    nonce: 7,
    deadline: 200,
    floorDiscount: 50,
    supply: SHARE,
    legs: [leg],
    why: '',
  } as const;

  test('says every field of the step, and starts at the oracle price', () => {
    const { to, data } = Proposal.write(vault, 1, step, 100, 24);
    expect(to).toBe(vault.settler);
    const { args } = decodeFunctionData({ abi: Settler.abi, data });
    expect(args?.[0]).toMatchObject({
      chainId: 1n,
      nonce: 7,
      notBefore: 100,
      deadline: 200,
      startPremBps: 0,
      floorDiscBps: 50,
      decay: 24,
      legs: [{ sellDownTo: 5n, buyUpTo: 4n }],
    });
  });

  test.each(['eip155:2/0x00000000000000000000000000000000000000aa', 'eip155:1/0xaa', 'WETH'])(
    'is refused for %s, which is no token of this chain',
    (other) =>
      expect(() => Proposal.write(vault, 1, { ...step, legs: [{ ...leg, asset: other }] }, 100, 24)).toThrow(
        RangeError,
      ),
  );
});

describe('a bid', () => {
  const LIMIT = 10n ** 15n;

  test('never exceeds its limit, and is none where the limit is below the market', () => {
    const fee = fc.bigInt({ min: 0n, max: 10n ** 6n });
    fc.assert(
      fc.property(fee, fee, fee, (baseFee, tip, limit) => {
        const fees = Fees.bid(baseFee, tip, limit);
        expect(fees === undefined).toBe(baseFee + tip > limit);
        if (fees === undefined) return;
        expect(fees.maxFee).toBeLessThanOrEqual(limit);
        expect(fees.maxFee).toBeGreaterThanOrEqual(baseFee + tip);
      }),
    );
  });

  test('that replaces another raises both of its fees by an eighth at least, and follows the market if that is more', async () => {
    const account = privateKeyToAccount(generatePrivateKey());
    const fee = fc.bigInt({ min: 0n, max: 10n ** 13n });
    await fc.assert(
      fc.asyncProperty(fee, fee, fee, async (baseFee, tip, later) => {
        const before = Fees.bid(baseFee, tip, LIMIT)!;
        const raw = await account.signTransaction({
          type: 'eip1559',
          chainId: 1,
          nonce: 0,
          gas: 21_000n,
          maxFeePerGas: before.maxFee,
          maxPriorityFeePerGas: before.maxTip,
        });
        expect(parseTransaction(raw).maxFeePerGas ?? 0n).toBe(before.maxFee);
        const after = Fees.outbid(Fees.bid(later, tip, LIMIT)!, { raw, hash: '0x', from: account.address, nonce: 0 });
        expect(after.maxFee * 8n).toBeGreaterThanOrEqual(before.maxFee * 9n);
        expect(after.maxTip * 8n).toBeGreaterThanOrEqual(before.maxTip * 9n);
        expect(after.maxFee).toBeGreaterThanOrEqual(2n * later + tip);
        expect(after.maxFee).toBeGreaterThanOrEqual(after.maxTip);
      }),
      { numRuns: 30 },
    );
  });
});
