// The real Balancer v2, deployed from the bytecode its authors published to npm: the vault, and a few weighted and stable
// pools. It is used at arm's length, to hold core's arithmetic against.

import { createRequire } from 'node:module';
import { TestToken } from '@trimtab/contracts';
import type { StableSwap, Weighted } from '@trimtab/core';
import { type Abi, type Address, type Hex as Bytes, zeroAddress } from 'viem';
import * as Deployer from './Deployer.ts';

/** Hold where the vault and its pools will be, and each pool as core sees it, without reserves that mean anything. */
export type Balancer = {
  readonly vault: Address;
  readonly weighted: readonly Pool<Weighted>[];
  readonly stable: readonly Pool<StableSwap>[];
};

/** State a pool and the decimals of its assets. */
export type Pool<M> = { readonly address: Address; readonly market: M; readonly decimals: readonly number[] };

type Token = { readonly address: Address; readonly decimals: number };
type Artefact = { readonly abi: Abi; readonly bytecode: Bytes };

const ONE = 10n ** 18n;
const DECIMALS = [18, 6, 8, 18];
/** Swap fees: the least that the contracts take, a usual one, and the most. D18{1}. */
const FEES = [ONE / 1_000_000n, 3n * 10n ** 15n, ONE / 10n];
/** Weights of the weighted pools, in hundredths. */
const WEIGHTS = [
  [50, 50],
  [80, 20],
  [2, 98],
  [40, 25, 15, 20],
];
/** How many assets the stable pools hold, and their amplification. */
const STABLES = [
  { count: 2, amp: 1n },
  { count: 2, amp: 200n },
  { count: 3, amp: 5_000n },
  { count: 4, amp: 100n },
];

/** Queue the vault, four weighted and four stable pools over tokens of 18, 6 and 8 decimals. */
export function deployBalancer(deployer: Deployer.Deployer): Balancer {
  const tokens = DECIMALS.map((decimals, i): Token => {
    const args = [`T${i}`, `T${i}`, decimals, deployer.from] as const;
    return { address: Deployer.deploy(deployer, `T${i}`, TestToken, args), decimals };
  }).toSorted((a, b) => (a.address.toLowerCase() < b.address.toLowerCase() ? -1 : 1));
  const authorizer = deploy(deployer, '20210418-authorizer/artifact/Authorizer', [deployer.from]);
  const vault = deploy(deployer, '20210418-vault/artifact/Vault', [authorizer, zeroAddress, 0n, 0n]);
  const provider = '20220725-protocol-fee-percentages-provider/artifact/ProtocolFeePercentagesProvider';
  const fees = deploy(deployer, provider, [vault, ONE / 2n, ONE / 2n]);
  return {
    vault,
    weighted: WEIGHTS.map((weights, i) => {
      const own = weights.map((weight) => (BigInt(weight) * ONE) / 100n);
      return weighted(deployer, vault, fees, tokens.slice(0, own.length), own, feeOf(i));
    }),
    stable: STABLES.map(({ count, amp }, i) => stable(deployer, vault, fees, tokens.slice(0, count), amp, feeOf(i))),
  };
}

function weighted(
  deployer: Deployer.Deployer,
  vault: Address,
  fees: Address,
  tokens: readonly Token[],
  weights: readonly bigint[],
  fee: bigint,
): Pool<Weighted> {
  const assets = tokens.map(({ address }) => address);
  const none = tokens.map(() => zeroAddress);
  const params = {
    name: 'W',
    symbol: 'W',
    tokens: assets,
    normalizedWeights: weights,
    rateProviders: none,
    assetManagers: none,
    swapFeePercentage: fee,
  };
  const args = [params, vault, fees, 0n, 0n, deployer.from, 'test'];
  const address = deploy(deployer, '20230206-weighted-pool-v3/artifact/WeightedPool', args);
  const scales = tokens.map(({ decimals }) => 10n ** BigInt(18 - decimals));
  const market: Weighted = { kind: 'weighted', id: address, assets, reserves: scales, weights, scales, fee };
  return { address, market, decimals: tokens.map(({ decimals }) => decimals) };
}

function stable(
  deployer: Deployer.Deployer,
  vault: Address,
  fees: Address,
  tokens: readonly Token[],
  amp: bigint,
  fee: bigint,
): Pool<StableSwap> {
  const assets = tokens.map(({ address }) => address);
  const params = {
    vault,
    protocolFeeProvider: fees,
    name: 'S',
    symbol: 'S',
    tokens: assets,
    rateProviders: tokens.map(() => zeroAddress),
    tokenRateCacheDurations: tokens.map(() => 0n),
    exemptFromYieldProtocolFeeFlags: tokens.map(() => false),
    amplificationParameter: amp,
    swapFeePercentage: fee,
    pauseWindowDuration: 0n,
    bufferPeriodDuration: 0n,
    owner: deployer.from,
    version: 'test',
  };
  const address = deploy(deployer, '20230206-composable-stable-pool-v3/artifact/ComposableStablePool', [params]);
  const rates = tokens.map(({ decimals }) => 10n ** BigInt(36 - decimals));
  const state = { reserves: rates, rates, amp: amp * 1_000n, ampPrecision: 1_000n, fee, adminFee: 0n };
  const market: StableSwap = { kind: 'stable-swap', id: address, rounding: 'balancer', assets, ...state };
  return { address, market, decimals: tokens.map(({ decimals }) => decimals) };
}

const load = createRequire(import.meta.url);

function deploy(deployer: Deployer.Deployer, path: string, args: readonly unknown[]): Address {
  const artefact = load(`@balancer-labs/v2-deployments/dist/tasks/${path}.json`) as Artefact;
  return Deployer.deploy<Abi>(deployer, path, artefact, args);
}

function feeOf(index: number): bigint {
  return FEES[index % FEES.length] ?? 0n;
}
