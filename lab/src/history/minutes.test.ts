import { describe, expect, test } from 'vitest';
import { BadHistory } from './BadHistory.ts';
import * as GasMinutes from './GasMinutes.ts';
import { parseGasMinutes } from './parseGasMinutes.ts';
import { parsePoolMinutes } from './parsePoolMinutes.ts';

// Invented rows in the recorded files' shape: tick 200,000 is a price of 1e12 / 1.0001^200000 = 2,063.215…
const price = (tick: number): string => (1e12 / 1.0001 ** tick).toFixed(6);
const minute = (
  chain: string,
  pool: string,
  time: string,
  tick: number,
  liquidity: string,
  usdc = price(tick),
): string => `${chain},${pool},${time},0,${tick},0,0,1,2,3,4,${liquidity},${usdc}`;
const header =
  'chain,pool,time,openTick,closeTick,lowestTick,highestTick,netAmount0,netAmount1,inAmount0,inAmount1,currentLiquidity,price_usdc_per_weth';
const pools = [
  header,
  minute('ethereum', '0xaa', '2024-05-01T00:00:00Z', 5, '9', ''),
  minute('polygon', '0xbb', '2024-04-30T23:59:00Z', 200_100, '7'),
  minute('polygon', '0xbb', '2024-05-01T00:00:00Z', 200_000, '800'),
  minute('polygon', '0xbb', '2024-05-01T00:01:00Z', 200_010, '700'),
  minute('polygon', '0xbb', '2024-05-02T00:00:00Z', 200_100, '7'),
];
const choice = { file: 'pools.csv', chain: 'polygon', pool: '0xBB', day: '2024-05-01', maxGap: 60 };

describe('pool minutes', () => {
  test('are the chosen chain, pool and day, with the pool’s own depth', () => {
    const { history, liquidity } = parsePoolMinutes(pools.join('\n'), choice);
    expect(history.symbols).toEqual(['WETH']);
    expect(history.times).toEqual([1_714_521_600, 1_714_521_660]);
    expect(liquidity).toEqual([800n, 700n]);
    expect(history.prices[0]).toEqual([2_063_215_669n, 2_061_153_588n].map((micros) => micros * 10n ** 12n));
  });

  test('a price that is not its tick’s is refused', () => {
    const text = [
      ...pools.slice(0, 4),
      minute('polygon', '0xbb', '2024-05-01T00:01:00Z', 200_010, '700', price(200_011)),
    ];
    expect(() => parsePoolMinutes(text.join('\n'), choice)).toThrow(/pools.csv:5: .*tick 200010/);
  });

  test('a missing minute, no liquidity and an absent day are refused', () => {
    const late = [...pools.slice(0, 4), minute('polygon', '0xbb', '2024-05-01T00:02:00Z', 200_010, '700')];
    const dry = [...pools.slice(0, 4), minute('polygon', '0xbb', '2024-05-01T00:01:00Z', 200_010, '0')];
    expect(() => parsePoolMinutes(late.join('\n'), choice)).toThrow(/gap of 120 s/);
    expect(() => parsePoolMinutes(dry.join('\n'), choice)).toThrow(/no liquidity/);
    expect(() => parsePoolMinutes(pools.join('\n'), { ...choice, day: '2024-06-01' })).toThrow(/matches no row/);
    expect(() => parsePoolMinutes('a,b\n1,2', choice)).toThrow(BadHistory);
  });
});

describe('gas minutes', () => {
  const text =
    'chain,time,gas_price_gwei\npolygon,2024-05-01T00:00:00Z,53.0892\npolygon,2024-05-01T00:01:00Z,9557.9209\n';

  test('are exact in wei and looked up by the newest at or before', () => {
    const gas = parseGasMinutes(text, choice);
    expect(gas.prices).toEqual([53_089_200_000n, 9_557_920_900_000n]);
    expect([0, 59, 60, 600].map((s) => GasMinutes.at(gas, 1_714_521_600 + s))).toEqual([
      53_089_200_000n,
      53_089_200_000n,
      9_557_920_900_000n,
      9_557_920_900_000n,
    ]);
  });

  test('refuse zero, absurd prices and another chain', () => {
    expect(() => parseGasMinutes(text.replace('53.0892', '0'), choice)).toThrow(/:2: "0" is not a gas price/);
    expect(() => parseGasMinutes(text.replace('53.0892', '2e6'), choice)).toThrow(/not a gas price/);
    expect(() => parseGasMinutes(text, { ...choice, chain: 'base' })).toThrow(/matches no row/);
  });
});
