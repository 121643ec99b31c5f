import { describe, expect, test } from 'vitest';
import * as Concentrated from './Concentrated.ts';
import * as SqrtPrice from './SqrtPrice.ts';

const E18 = 10n ** 18n;

// Uniswap/v3-core, test/SwapMath.spec.ts.
describe('one step of a swap, against the deployed contract', () => {
  test.each([
    [
      'for an output capped at the target',
      SqrtPrice.Q96,
      79_623_317_895_830_914_510_639_640_423n,
      2n * E18,
      E18,
      600,
      [9_975_124_224_178_055n, 9_925_619_580_021_728n, 5_988_667_735_148n],
    ],
    [
      'for an output received in full',
      SqrtPrice.Q96,
      10n * SqrtPrice.Q96,
      2n * E18,
      E18,
      600,
      [2n * E18, E18, 1_200_720_432_259_356n],
    ],
    [
      'for an output capped at what is wanted',
      417_332_158_212_080_721_273_783_715_441_582n,
      1_452_870_262_520_218_020_823_638_996n,
      159_344_665_391_607_089_467_575_320_103n,
      1n,
      1,
      [1n, 1n, 1n],
    ],
    [
      'for more of asset 1 than there is',
      20_282_409_603_651_670_423_947_251_286_016n,
      22_310_650_564_016_837_466_341_976_414_617n,
      1_024n,
      4n,
      3_000,
      [26_215n, 0n, 79n],
    ],
    [
      'for more of asset 0 than there is',
      20_282_409_603_651_670_423_947_251_286_016n,
      18_254_168_643_286_503_381_552_526_157_414n,
      1_024n,
      263_000n,
      3_000,
      [1n, 26_214n, 1n],
    ],
  ] as const)('%s', (_, price, target, liquidity, wanted, feePpm, [input, output, fee]) => {
    const step = Concentrated.stepTowardsOut(price, target, liquidity, wanted, feePpm);
    expect([step.input, step.output, step.fee]).toEqual([input, output, fee]);
    expect(step.price === target).toBe(output < wanted);
  });

  test('of an input of which everything is fee', () => {
    expect(
      Concentrated.stepTowards(2_413n, 79_887_613_182_836_312n, 1_985_041_575_832_132_834_610_021_537_970n, 10n, 1_872),
    ).toEqual({ price: 2_413n, input: 0n, output: 0n, fee: 10n });
  });

  test('to a target price of one', () => {
    expect(Concentrated.stepTowards(2n, 1n, 1n, 3_915_081_100_057_732_413_702_495_386_755_767n, 1)).toEqual({
      price: 1n,
      input: 39_614_081_257_132_168_796_771_975_168n,
      output: 0n,
      fee: 39_614_120_871_253_040_049_813n,
    });
  });
});
