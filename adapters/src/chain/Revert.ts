// Why a contract said no, in plain words, and whether waiting could change its mind.

import type { Time } from '@trimtab/core';
import { BasketVault, OracleHub, Policy, RouterFiller, Settler, ThresholdRule } from '@trimtab/contracts';
import { decodeErrorResult, type Hex } from 'viem';

/** Explain a revert. `wait`: the same step may succeed later; `abort`: it needs a new plan. */
export type Revert = { readonly why: string; readonly next: 'wait' | 'abort' };

const abi = [
  ...Settler.abi,
  ...RouterFiller.abi,
  ...BasketVault.abi,
  ...OracleHub.abi,
  ...Policy.abi,
  ...ThresholdRule.abi,
].filter((item) => item.type === 'error');

/** The last second at which the live plan's price still falls; after it, waiting brings no better price. */
export type Decay = { readonly now: Time; readonly until: Time };

/** Explain the bytes of a revert. `decay` says whether the Dutch price may still come to meet the market. */
export function explain(data: Hex | undefined, decay: Decay): Revert {
  if (data === undefined || data === '0x') return { why: 'the chain refused it without a reason', next: 'abort' };
  let error: { readonly errorName: string; readonly args: readonly unknown[] };
  try {
    const { errorName, args } = decodeErrorResult({ abi, data });
    error = { errorName, args: args ?? [] };
  } catch {
    return { why: `the chain refused it with bytes of no known error: ${data.slice(0, 74)}`, next: 'abort' };
  }
  const { errorName, args } = error;
  const words = WORDS[errorName];
  const why = words === undefined ? `${errorName}(${args.map(String).join(', ')})` : words(args);
  return { why: `${why} [${errorName}]`, next: mayPass(errorName, decay) ? 'wait' : 'abort' };
}

function mayPass(errorName: string, { now, until }: Decay): boolean {
  switch (errorName) {
    case 'Settler__CoolingDown':
    case 'OracleHub__NoPrice':
      return true;
    case 'BasketVault__Underpaid':
      return now < until;
    default:
      return false;
  }
}

type Words = (args: readonly unknown[]) => string;

const STATUS = ['ok', 'unlisted', 'feed failed', 'from the future', 'stale', 'out of bounds', 'secondary unusable'];
const statusOf = (status: unknown): string =>
  [...STATUS, 'diverged', 'sequencer down'][Number(status)] ?? String(status);

const WORDS: Readonly<Record<string, Words>> = {
  Error: ([reason]) => `a contract refused it: ${String(reason)}`,
  Panic: ([code]) => `a contract hit its own assertion ${String(code)}`,
  Settler__NotAllowed: ([vault, caller]) => `${String(caller)} is not the strategist of ${String(vault)}`,
  Settler__WrongNonce: ([given, due]) =>
    `plan ${String(given)} is not the next one, ${String(due)}: another was proposed`,
  Settler__CoolingDown: ([at]) => `the vault takes its next plan at ${String(at)} s`,
  Settler__BadWindow: ([from, to, most]) =>
    `the window ${String(from)} to ${String(to)} is over, or beyond ${String(most)} s`,
  Settler__BadPriceRange: ([, , floor, most]) =>
    `a discount of ${String(floor)} bps exceeds the policy's ${String(most)}`,
  Settler__BadBand: ([token, , , most]) =>
    `the band of ${String(token)} is wider than the policy's ${String(most)} bps`,
  Settler__TargetOffNav: ([target, nav, most]) =>
    `the plan's targets are worth ${String(target)} a share, the vault ${String(nav)}: more than ${String(most)} bps apart`,
  Settler__NotLive: ([, nonce, from, to]) =>
    `plan ${String(nonce)} may only be filled from ${String(from)} to ${String(to)} s`,
  Settler__NotInIntent: ([, token]) => `the vault's live plan does not trade ${String(token)}`,
  Settler__SellsPastBand: ([token, amount, room]) =>
    `selling ${String(amount)} of ${String(token)} exceeds the ${String(room)} that the plan still allows`,
  Settler__BuysPastBand: ([token, amount, room]) =>
    `buying ${String(amount)} of ${String(token)} exceeds the ${String(room)} that the plan still allows`,
  Settler__LossCapHit: ([level, cap]) =>
    `the loss budget is used up: ${String(level)} of ${String(cap)} parts in 1e18 of NAV`,
  Settler__TurnoverCapHit: ([level, cap]) =>
    `the turnover budget is used up: ${String(level)} of ${String(cap)} parts in 1e18 of NAV`,
  BasketVault__Underpaid: ([, required, received]) =>
    `the markets bring ${String(received)}, the vault asks ${String(required)} at the oracle's price now`,
  OracleHub__NoPrice: ([token, status]) => `the price of ${String(token)} is unusable: ${statusOf(status)}`,
  VaultFiller__Expired: ([deadline, now]) => `its deadline ${String(deadline)} s has passed: it is ${String(now)} s`,
  VaultFiller__TooLittle: ([received, floor]) =>
    `it would bring ${String(received)}, below the floor of ${String(floor)}`,
  PoolSwaps__PartialSwap: ([pool, taken, amount]) =>
    `pool ${String(pool)} runs out of liquidity: it takes ${String(taken)} of ${String(amount)}`,
  PoolSwaps__NoPool: ([pool]) => `there is no pool at ${String(pool)}`,
};
