// Chainlink-shaped feeds, as the vault's oracle hub lists them, read at the head's block. The hub's own judgement is
// not taken over: core's guard judges freshness and divergence itself, from the same dated answers.

import type { Price, PriceReading, Seconds } from '@trimtab/core';
import { FixedPoint } from '@trimtab/core';
import { OracleHub } from '@trimtab/contracts';
import type { Prices } from '@trimtab/engine';
import { type Address, encodeFunctionData, type Hex, parseAbi, zeroAddress } from 'viem';
import * as Block from '../chain/Block.ts';
import * as Multicall from '../chain/Multicall.ts';
import { ProviderFailure, type Rpc } from '../chain/Rpc.ts';
import { assetId } from '../chain/Vault.ts';

/** Say which tokens' feeds to read, at the hub that lists them. */
export type ChainlinkOptions = { readonly rpc: Rpc; readonly hub: Address; readonly assets: readonly Address[] };

const aggregatorAbi = parseAbi([
  'function decimals() view returns (uint8)',
  'function latestRoundData() view returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80)',
]);

/** Hold the hub's listings as they were answered, and the feeds they name. */
type Listed = { readonly listings: readonly (Hex | undefined)[]; readonly feeds: readonly Feed[] };

/** Say where one reading comes from. */
type Feed = {
  readonly asset: string;
  readonly address: Address;
  readonly decimals: number;
  readonly heartbeat: Seconds;
};

/**
 * Open the feeds of these assets, primaries before secondaries. A malformed, missing or non-positive answer is left
 * out of a reading, never guessed. Throws ProviderFailure where the hub lists no feed.
 */
export async function chainlink({ rpc, hub, assets }: ChainlinkOptions): Promise<Prices> {
  const list = assets.map((token) => ({
    to: hub,
    data: encodeFunctionData({ abi: OracleHub.abi, functionName: 'listingOf', args: [token] }),
  }));
  const look = async (blockHash: string): Promise<Listed> => {
    const listings = await Multicall.ask(rpc, blockHash, list);
    return { listings, feeds: await describe(rpc, hub, blockHash, assets, listings) };
  };
  let known = await look((await Block.latest(rpc)).block.hash);
  return {
    read: async ({ block }) => {
      // The listings are asked for every time: the hub's owner may have replaced a feed since.
      const answers = await Multicall.ask(rpc, block.hash, [...list, ...known.feeds.map(question)]);
      const same = known.listings.every((listing, i) => listing === answers[i]);
      if (same) return known.feeds.flatMap((feed, i) => reading(rpc, feed, answers[list.length + i]));
      known = await look(block.hash);
      const again = await Multicall.ask(rpc, block.hash, known.feeds.map(question));
      return known.feeds.flatMap((feed, i) => reading(rpc, feed, again[i]));
    },
  };
}

const latestRoundData = encodeFunctionData({ abi: aggregatorAbi, functionName: 'latestRoundData' });

function question({ address }: Feed): Multicall.Call {
  return { to: address, data: latestRoundData };
}

async function describe(
  rpc: Rpc,
  hub: Address,
  blockHash: string,
  assets: readonly Address[],
  listings: readonly (Hex | undefined)[],
): Promise<readonly Feed[]> {
  const feeds = assets.flatMap((token, i) => {
    const listing = Multicall.decode(rpc, OracleHub.abi, 'listingOf', listings[i]);
    if (listing.primary === zeroAddress) {
      throw new ProviderFailure(rpc.name, 'listingOf', `the oracle hub ${hub} lists no feed for ${token}`);
    }
    const asset = assetId(rpc.chain, token);
    return [
      { asset, address: listing.primary, heartbeat: listing.heartbeat },
      { asset, address: listing.secondary, heartbeat: listing.secondaryHeartbeat },
    ].filter(({ address }) => address !== zeroAddress);
  });
  const data = encodeFunctionData({ abi: aggregatorAbi, functionName: 'decimals' });
  const answers = await Multicall.ask(
    rpc,
    blockHash,
    feeds.map(({ address }) => ({ to: address, data })),
  );
  return feeds.map((feed, i) => ({ ...feed, decimals: Multicall.decode(rpc, aggregatorAbi, 'decimals', answers[i]) }));
}

function reading(rpc: Rpc, feed: Feed, answer: Hex | undefined): readonly PriceReading[] {
  try {
    const [, value, , updatedAt] = Multicall.decode(rpc, aggregatorAbi, 'latestRoundData', answer);
    const price = scaleDown(value, feed.decimals);
    // Dates beyond any clock, and prices beyond any money, are garbage too.
    if (price <= 0n || price >= 1n << 128n || updatedAt === 0n || updatedAt >= 1n << 40n) return [];
    const source = `chainlink:${feed.address.toLowerCase()}`;
    return [{ asset: feed.asset, source, price, at: Number(updatedAt), heartbeat: feed.heartbeat }];
  } catch (error) {
    if (error instanceof ProviderFailure) return [];
    throw error;
  }
}

/** Bring a feed's answer to 18 decimals; where the feed has more, what is below is dropped. */
function scaleDown(answer: bigint, decimals: number): Price {
  return decimals <= 18 ? answer * FixedPoint.pow10(18 - decimals) : answer / FixedPoint.pow10(decimals - 18);
}
