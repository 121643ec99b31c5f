import { describe, expect, test } from 'vitest';
import * as Concentrated from './Concentrated.ts';
import * as ConstantProduct from './ConstantProduct.ts';
import * as SqrtPrice from './SqrtPrice.ts';

const E18 = 10n ** 18n;

describe('constant product, against the deployed contract', () => {
  // Uniswap/v2-core, test/UniswapV2Pair.spec.ts, swapTestCases: input, both reserves, output.
  test.each([
    [1n, 5n, 10n, 1_662_497_915_624_478_906n],
    [1n, 10n, 5n, 453_305_446_940_074_565n],
    [2n, 5n, 10n, 2_851_015_155_847_869_602n],
    [2n, 10n, 5n, 831_248_957_812_239_453n],
    [1n, 10n, 10n, 906_610_893_880_149_131n],
    [1n, 100n, 100n, 987_158_034_397_061_298n],
    [1n, 1_000n, 1_000n, 996_006_981_039_903_216n],
  ])('%d in on %d/%d brings %d', (input, x, y, output) => {
    const pool = { ...PAIR, kind: 'constant-product', reserves: [x * E18, y * E18], feePpm: 3_000 } as const;
    expect(ConstantProduct.swap(pool, 'A', input * E18).bought).toBe(output);
    const mirrored = { ...pool, reserves: [y * E18, x * E18] } as const;
    expect(ConstantProduct.swap(mirrored, 'B', input * E18).bought).toBe(output);
  });

  test('the input that getAmountIn asks for brings exactly that output', () => {
    // Uniswap/v2-periphery, UniswapV2Library.getAmountIn: 1e18 out of 5e18/10e18.
    const pool = { ...PAIR, kind: 'constant-product', reserves: [5n * E18, 10n * E18], feePpm: 3_000 } as const;
    expect(ConstantProduct.swap(pool, 'A', 557_227_237_267_357_629n).bought).toBe(E18);
  });
});

describe('ticks, against the deployed contract', () => {
  // Uniswap/v3-core, test/__snapshots__/TickMath.spec.ts.snap, and the bounds of TickMath.sol.
  test.each([
    [-887_272, 4_295_128_739n],
    [-100, 78_833_030_112_140_176_575_862_854_579n],
    [-50, 79_030_349_367_926_598_376_800_521_322n],
    [0, 1n << 96n],
    [50, 79_426_470_787_362_580_746_886_972_461n],
    [100, 79_625_275_426_524_748_796_330_556_128n],
    [250, 80_224_679_980_005_306_637_834_519_095n],
    [500, 81_233_731_461_783_161_732_293_370_115n],
    [1_000, 83_290_069_058_676_223_003_182_343_270n],
    [887_272, 1_461_446_703_485_210_103_287_273_052_203_988_822_378_723_970_342n],
  ])('tick %d', (tick, sqrtPriceX96) => {
    expect(SqrtPrice.atTick(tick)).toBe(sqrtPriceX96);
  });

  test.each([-887_271, -50, 0, 1, 1_000, 887_271])('the price of tick %d is the first that lies in it', (tick) => {
    expect(SqrtPrice.tickAt(SqrtPrice.atTick(tick))).toBe(tick);
    expect(SqrtPrice.tickAt(SqrtPrice.atTick(tick) - 1n)).toBe(tick - 1);
  });

  test('no price lies outside them', () => {
    expect(() => SqrtPrice.atTick(887_273)).toThrow(RangeError);
    expect(() => SqrtPrice.atTick(Number.NaN)).toThrow(RangeError);
  });
});

describe('the next price, against the deployed contract', () => {
  const max = (bits: bigint): bigint => (1n << bits) - 1n;

  // Uniswap/v3-core, test/SqrtPriceMath.spec.ts, getNextSqrtPriceFromInput.
  test.each([
    ['any input amount cannot underflow the price', 1n, 1n, 1n << 255n, 1n],
    ['returns the minimum price for max inputs', max(160n), max(128n), max(256n) - (max(128n) << 96n) / max(160n), 1n],
    ['can return 1 with enough amountIn', 1n << 96n, 1n, max(256n) / 2n, 1n],
  ])('%s', (_, price, liquidity, input, expected) => {
    expect(SqrtPrice.afterInput0Up(price, liquidity, input)).toBe(expected);
  });

  test('where input times price exceeds 256 bits, by the contract’s coarser formula', () => {
    const [price, liquidity, input] = [(1n << 159n) + 12_345_678_901_234_567n, (1n << 127n) + 7n, (1n << 97n) + 11n];
    const coarse = SqrtPrice.afterInput0Up(price, liquidity, input);
    expect(coarse).toBe(85070591720331095552713531157852979205n);
    expect(coarse).not.toBe(85070591720331095552713531157316108293n);
  });
});

describe('one step of a swap, against the deployed contract', () => {
  // Uniswap/v3-core, test/SwapMath.spec.ts, computeSwapStep: liquidity 2e18, price 1, fee 600.
  const price = 1n << 96n;
  const liquidity = 2n * E18;

  test('stops at a price of 101/100', () => {
    const target = 79_623_317_895_830_914_510_639_640_423n; // encodePriceSqrt(101, 100)
    expect(Concentrated.stepTowards(price, target, liquidity, E18, 600)).toEqual({
      price: target,
      input: 9_975_124_224_178_055n,
      fee: 5_988_667_735_148n,
      output: 9_925_619_580_021_728n,
    });
  });

  test('spends its whole input on the way to a price of 10', () => {
    const target = 250_541_448_375_047_931_186_413_801_569n; // encodePriceSqrt(1000, 100)
    const step = Concentrated.stepTowards(price, target, liquidity, E18, 600);
    expect(step).toMatchObject({
      input: 999_400_000_000_000_000n,
      fee: 600_000_000_000_000n,
      output: 666_399_946_655_997_866n,
    });
    expect(step.price).toBeLessThan(target);
  });
});

const PAIR = { id: 'pool', assets: ['A', 'B'] } as const;
