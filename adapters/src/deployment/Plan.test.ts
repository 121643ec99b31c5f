import { readFile } from 'node:fs/promises';
import { zeroAddress } from 'viem';
import { expect, test } from 'vitest';
import { plan } from './Plan.ts';

const choices = {
  owner: zeroAddress,
  delay: 86_400n,
  sequencerFeed: zeroAddress,
  uniswapFactory: zeroAddress,
  pairFactory: zeroAddress,
  batchSettlement: zeroAddress,
} as const;

/** Deployed with one vault, one reserve, one pool or one price, inside others, or for tests and demonstrations. */
const EACH = new Set(
  (
    'AsyncDesk ShareVotes VaultGovernor AaveLeverage AaveSleeve Erc4626Adapter UniswapV3Position PositionFeed ' +
    'PythSource RedStoneSource TwapSource SqrtPrice FeedAggregator FeedProxy PoolActor TestFeed TestSleeve TestToken'
  ).split(' '),
);

test('no contract of the system is left out of a deployment', async () => {
  const signatures = await readFile(new URL('../../../contracts/artifacts/abi.txt', import.meta.url), 'utf8');
  const all = new Set(
    signatures
      .trim()
      .split('\n')
      .map((line) => line.split(' ')[0] ?? ''),
  );
  const placed = plan({ ...choices, aggregator: '0x00000000000000000000000000000000000a11ce' }).map(({ name }) => name);
  expect(placed.toSorted()).toEqual([...all].filter((name) => !EACH.has(name)).toSorted());
});

test('a chain without an aggregator gets no filler for one', () => {
  expect(plan({ ...choices, aggregator: zeroAddress }).map(({ name }) => name)).not.toContain('AggregatorFiller');
});
