// What a deployment consists of, known before anything is sent: every contract goes through the deterministic
// deployment proxy, so its address follows from its code and its constructor's arguments, on every chain alike, and
// whoever sends the transaction. There is nothing to initialise afterwards, hence nothing to front-run.

import {
  AggregatorFiller,
  Allocator,
  BasketVault,
  Breaker,
  CalendarRule,
  ConstantMixRule,
  CppiRule,
  Factory,
  IndexRule,
  Lens,
  LeverageFactory,
  LeverageRule,
} from '@trimtab/contracts';
import { OptimisticProposer, OracleHub, Policy, RouterFiller, Settler, SignalRule } from '@trimtab/contracts';
import { SignalVerifier, ThresholdRule, VolatilityBandRule, ZapIn, ZapOut } from '@trimtab/contracts';
import { type Abi, type Address, type ContractConstructorArgs, encodeDeployData, getCreate2Address } from 'viem';
import { concatHex, zeroAddress, zeroHash } from 'viem';
import type { Hex } from 'viem';

/** State what a deployment can choose. */
export type Parameters = {
  /** Who lists prices; a timelock, once there is more than a test to lose. */
  readonly owner: Address;
  /** {s} that every loosening waits, at the policy and at the hub. */
  readonly delay: bigint;
  /** Feed that says whether the chain's sequencer is up; zero on a chain without one. */
  readonly sequencerFeed: Address;
  /** Uniswap v3's factory on this chain. */
  readonly uniswapFactory: Address;
  /** Uniswap v2's factory on this chain; zero where there is none. */
  readonly pairFactory: Address;
  /** Settlement contract of the batch auction on this chain; zero where there is none. */
  readonly batchSettlement: Address;
  /** Aggregator that sells by calldata of its own, and nothing else; zero for none. */
  readonly aggregator: Address;
};

/** State one contract to be placed. */
export type Step = {
  readonly name: string;
  readonly address: Address;
  readonly initCode: Hex;
  readonly args: readonly unknown[];
};

/** The deterministic deployment proxy, at the same address on every chain that has it. */
export const PROXY: Address = '0x4e59b44847b379578588920cA78FbF26c0B4956C';

type Artefact<abi extends Abi> = { readonly abi: abi; readonly bytecode: string };

/**
 * Plan a deployment: its contracts, each after those it is built on. What belongs to one vault, one reserve or one pool
 * (desks, sleeves, adapters, feeds of positions, governors) is deployed with that, not here.
 */
export function plan({ owner, delay, sequencerFeed, ...others }: Parameters): readonly Step[] {
  const steps: Step[] = [];
  const place = <const abi extends Abi>(name: string, artefact: Artefact<abi>, args: ContractConstructorArgs<abi>) => {
    const step = stepOf(name, artefact, args as readonly unknown[]);
    steps.push(step);
    return step.address;
  };
  const pools = [others.uniswapFactory, others.pairFactory] as const;
  const policy = place('Policy', Policy, [delay]);
  const hub = place('OracleHub', OracleHub, [owner, delay, sequencerFeed]);
  const settler = place('Settler', Settler, [policy, hub, others.batchSettlement]);
  const allocator = place('Allocator', Allocator, [policy, hub, settler]);
  const implementation = place('BasketVault', BasketVault, [settler, allocator]);
  place('Factory', Factory, [implementation, policy]);
  place('Lens', Lens, [policy, hub, settler, allocator]);
  place('Breaker', Breaker, [policy, settler, hub]);
  place('ThresholdRule', ThresholdRule, [policy, hub]);
  place('CalendarRule', CalendarRule, [policy, hub]);
  place('ConstantMixRule', ConstantMixRule, [policy, hub]);
  place('VolatilityBandRule', VolatilityBandRule, [policy, hub]);
  place('IndexRule', IndexRule, [policy, hub]);
  place('CppiRule', CppiRule, [policy, hub]);
  place('LeverageRule', LeverageRule, [policy, hub]);
  place('LeverageFactory', LeverageFactory, [settler, policy]);
  const verifier = place('SignalVerifier', SignalVerifier, [policy]);
  place('SignalRule', SignalRule, [policy, hub, verifier]);
  place('OptimisticProposer', OptimisticProposer, [policy, settler]);
  place('RouterFiller', RouterFiller, [settler, ...pools]);
  if (others.aggregator !== zeroAddress) place('AggregatorFiller', AggregatorFiller, [settler, others.aggregator]);
  place('ZapIn', ZapIn, pools);
  place('ZapOut', ZapOut, pools);
  return steps;
}

/** What to send to the proxy so that it places `initCode`. */
export function callOf({ initCode }: Step): Hex {
  return concatHex([zeroHash, initCode]);
}

function stepOf(name: string, { abi, bytecode }: Artefact<Abi>, args: readonly unknown[]): Step {
  const initCode = encodeDeployData<Abi>({ abi, bytecode: bytecode as Hex, args });
  return { name, address: getCreate2Address({ from: PROXY, salt: zeroHash, bytecode: initCode }), initCode, args };
}
