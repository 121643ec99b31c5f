// The vault as custody: what it holds, what its settler and policy still permit, and the key that may propose to it.

import type { Asset, Bps, Custody as Permits, Holding, Usd } from '@trimtab/core';
import { Amount, FixedPoint } from '@trimtab/core';
import { BasketVault, OracleHub, Policy, Settler } from '@trimtab/contracts';
import type { Custody, Head, Held, Signed, Unsigned } from '@trimtab/engine';
import { type Address, encodeFunctionData, keccak256, type LocalAccount } from 'viem';
import * as Multicall from './Multicall.ts';
import type { Rpc } from './Rpc.ts';
import * as Vault from './Vault.ts';

/** Say which vault, and who signs for it. */
export type VaultCustodyOptions = {
  readonly rpc: Rpc;
  readonly vault: Address;
  /** The strategist's key. Without one everything can be read and nothing can be signed. */
  readonly account?: LocalAccount;
};

/** D18{1} in one basis point. */
const BPS = 10n ** 14n;
/** `OracleHub.Status.Ok` */
const USABLE = 0;

/** Open a vault: reads its assets and contracts once, then answers for any head. Throws ProviderFailure, WrongChain. */
export async function vaultCustody({ rpc, vault: address, account }: VaultCustodyOptions): Promise<Custody> {
  const vault = await Vault.read(rpc, address);
  const calls = questions(vault);
  return {
    portfolio: vault.portfolio,
    assets: vault.assets,
    holdings: async (head) => understand(rpc, vault, head, await Multicall.ask(rpc, head.block.hash, calls)),
    sign: (unsigned) => sign(account, unsigned),
  };
}

function questions({ address, settler, policy, hub, tokens }: Vault.Vault): readonly Multicall.Call[] {
  const args = [address] as const;
  return [
    { to: address, data: encodeFunctionData({ abi: BasketVault.abi, functionName: 'holdings' }) },
    { to: policy, data: encodeFunctionData({ abi: Policy.abi, functionName: 'boundsOf', args }) },
    { to: settler, data: encodeFunctionData({ abi: Settler.abi, functionName: 'headerOf', args }) },
    { to: settler, data: encodeFunctionData({ abi: Settler.abi, functionName: 'bucketsOf', args }) },
    ...tokens.map((token) => ({
      to: hub,
      data: encodeFunctionData({ abi: OracleHub.abi, functionName: 'peek', args: [token] }),
    })),
  ];
}

function understand(rpc: Rpc, vault: Vault.Vault, head: Head, answers: readonly (`0x${string}` | undefined)[]): Held {
  const [held, bounded, headed, bucketed, ...peeked] = answers;
  const [supply, , balances] = Multicall.decode(rpc, BasketVault.abi, 'holdings', held);
  const bounds = Multicall.decode(rpc, Policy.abi, 'boundsOf', bounded);
  const header = Multicall.decode(rpc, Settler.abi, 'headerOf', headed);
  const buckets = Multicall.decode(rpc, Settler.abi, 'bucketsOf', bucketed);
  const holdings = vault.assets.map(({ id }, i): Holding => ({ asset: id, atoms: balances[i] ?? 0n }));
  const prices = peeked.map((answer) => Multicall.decode(rpc, OracleHub.abi, 'peek', answer));
  const nav = navDown(vault.assets, holdings, prices);
  const permits: Permits = {
    supply,
    nonce: header.nonce,
    maxFloorDiscount: bounds.maxFloorDiscBps,
    maxBand: bounds.maxBandBps,
    lossRoom: roomDown(nav, bounds.lossCapBpsPerDay, buckets.lossD18),
    turnoverRoom: roomDown(nav, bounds.turnoverCapBpsPerDay, buckets.turnoverD18),
    readyAt: Math.max(head.at, buckets.proposedAt + bounds.cooldown),
  };
  return { holdings, inFlight: [], permits };
}

/** Value the vault as its settler will, rounded down: the owner loses the atom. Zero if one held asset has no usable price. */
function navDown(
  assets: readonly Asset[],
  holdings: readonly Holding[],
  prices: readonly (readonly [bigint, bigint, number])[],
): Usd {
  let nav = 0n;
  for (const [i, { decimals }] of assets.entries()) {
    const atoms = holdings[i]?.atoms ?? 0n;
    const [price, , status] = prices[i] ?? [0n, 0n, USABLE + 1];
    if (atoms === 0n) continue;
    if (status !== USABLE) return 0n;
    nav += Amount.valueDown(atoms, decimals, price);
  }
  return nav;
}

/** Say how many dollars more may go through a bucket, rounded down; a cap that was lowered under the level leaves none. */
function roomDown(nav: Usd, capPerDay: Bps, levelD18: bigint): Usd {
  const left = FixedPoint.max(BigInt(capPerDay) * BPS - levelD18, 0n);
  return FixedPoint.mulDivDown(nav, left, 10n ** 18n);
}

async function sign(account: LocalAccount | undefined, unsigned: Unsigned): Promise<Signed> {
  if (account === undefined) throw new NoKey();
  const raw = await account.signTransaction({
    type: 'eip1559',
    chainId: unsigned.chain,
    nonce: unsigned.nonce,
    to: unsigned.to as Address,
    data: unsigned.data as `0x${string}`,
    value: 0n,
    gas: unsigned.gas,
    maxFeePerGas: unsigned.maxFee,
    maxPriorityFeePerGas: unsigned.maxTip,
  });
  return { raw, hash: keccak256(raw), from: account.address, nonce: unsigned.nonce };
}

/** There is no key to sign with. */
export class NoKey extends Error {
  override readonly name = 'NoKey';
  readonly next = 'halt';
  readonly fix = "Name the strategist's keystore in the configuration, or stay in DRY RUN.";
  constructor() {
    super("Nothing can be signed: no key was given. Name the strategist's keystore, or stay in DRY RUN.");
  }
}
