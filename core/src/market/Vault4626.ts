// A tokenised vault (ERC-4626) as a market: an asset on one side, shares of what it has become on the other. Rounds as
// the standard demands, always for the vault, with OpenZeppelin's virtual shares against a first depositor's trick.

import type { AssetId } from '../money/Asset.ts';
import { min, mulDivDown, mulDivUp, pow10 } from '../money/Fixed.ts';
import { checkInput, sideOf } from './amm/Pair.ts';
import { arbAtRate } from './arbAtRate.ts';
import type { MarketId, Rate, Swapped, Trade, Values } from './Market.ts';
import { checkAtLeast, checkInteger, checkPair, checkPpm } from './Terms.ts';

/** State a vault. Amounts in atoms of the asset or of the share. */
export type Vault4626 = {
  readonly kind: 'vault-4626';
  readonly id: MarketId;
  /** The asset, and the share. */
  readonly assets: readonly [AssetId, AssetId];
  readonly totalAssets: bigint;
  readonly totalShares: bigint;
  /** Virtual shares are 10^offset against one virtual atom, [0, 36]. */
  readonly offset: number;
  /** What may be deposited, and what can be withdrawn, now. */
  readonly maxDeposit: bigint;
  readonly maxWithdraw: bigint;
  /** What leaves the vault for somebody else on the way in and out, in millionths [0, 1e6) of the amount of the asset. */
  readonly entryPpm: number;
  readonly exitPpm: number;
};

const MILLION = 1_000_000n;

/** Convert without fees, rounded down: whoever relies on it is promised no more than there is. */
export function convertToSharesDown(vault: Vault4626, atoms: bigint): bigint {
  const [assets, shares] = parity(vault);
  return mulDivDown(atoms, shares, assets);
}

/** Convert without fees, rounded down. */
export function convertToAssetsDown(vault: Vault4626, shares: bigint): bigint {
  const [assets, all] = parity(vault);
  return mulDivDown(shares, assets, all);
}

/** Count the atoms to pay for exactly `shares`, fee included, rounded up. Limits are not looked at. */
export function previewMintUp(vault: Vault4626, shares: bigint): bigint {
  const [assets, all] = parity(vault);
  return withFeeUp(mulDivUp(shares, assets, all), vault.entryPpm);
}

/** Count the shares to give for exactly `atoms` in hand, fee included, rounded up. Limits are not looked at. */
export function previewWithdrawUp(vault: Vault4626, atoms: bigint): bigint {
  const [assets, all] = parity(vault);
  return mulDivUp(withFeeUp(atoms, vault.exitPpm), all, assets);
}

/** Give the exact price before fees. Throws NotTraded, MarketError. */
export function spot(vault: Vault4626, sell: AssetId): Rate {
  const [assets, shares] = parity(vault);
  return sideOf(vault, sell) === 0 ? { bought: shares, sold: assets } : { bought: assets, sold: shares };
}

/**
 * Deposit up to `sold` atoms, or redeem up to `sold` shares, as far as the vault's limits reach. Both are rounded down
 * and fees up, for the vault. Throws NotTraded, BadInput, MarketError.
 */
export function swap(vault: Vault4626, sell: AssetId, sold: bigint): Swapped & { readonly after: Vault4626 } {
  checkInput(vault, sold);
  const [assets, shares] = parity(vault);
  const [asset, share] = vault.assets;
  if (sideOf(vault, sell) === 0) {
    const taken = min(sold, vault.maxDeposit);
    const fee = feeUp(taken, vault.entryPpm);
    const bought = mulDivDown(taken - fee, shares, assets);
    const after = moved(vault, taken - fee, bought, { maxDeposit: vault.maxDeposit - taken });
    return { sell, buy: share, sold: taken, bought, fee, feeIn: asset, after };
  }
  const taken = min(min(sold, vault.totalShares), mulDivDown(vault.maxWithdraw, shares, assets));
  const gross = mulDivDown(taken, assets, shares);
  const fee = feeUp(gross, vault.exitPpm);
  const after = moved(vault, -gross, -taken, { maxWithdraw: vault.maxWithdraw - gross });
  return { sell, buy: asset, sold: taken, bought: gross - fee, fee, feeIn: asset, after };
}

/** Find the deposit or redemption that gains at `values`: all that the limits permit, or nothing. */
export function arb(vault: Vault4626, values: Values): Trade | undefined {
  const most = (sell: AssetId) => (sell === vault.assets[0] ? vault.maxDeposit : vault.totalShares);
  return arbAtRate(vault.assets, (sell) => swap(vault, sell, most(sell)), values);
}

function feeUp(atoms: bigint, ppm: number): bigint {
  return mulDivUp(atoms, BigInt(ppm), MILLION);
}

/** The least amount that leaves `atoms` once its fee has been taken. */
function withFeeUp(atoms: bigint, ppm: number): bigint {
  return mulDivUp(atoms, MILLION, MILLION - BigInt(ppm));
}

/** How many atoms how many shares are worth, virtual ones included. */
function parity(vault: Vault4626): readonly [bigint, bigint] {
  check(vault);
  return [vault.totalAssets + 1n, vault.totalShares + pow10(vault.offset)];
}

/** Refuse a state that no vault can be in. Throws MarketError. */
export function check(vault: Vault4626): void {
  const { assets, totalAssets, totalShares, offset, maxDeposit, maxWithdraw, entryPpm, exitPpm } = vault;
  checkPair(assets);
  checkInteger(offset, 0, 36, 'offset');
  for (const [path, value] of Object.entries({ totalAssets, totalShares, maxDeposit, maxWithdraw }))
    checkAtLeast(value, 0n, path);
  checkPpm(entryPpm, 'entryPpm');
  checkPpm(exitPpm, 'exitPpm');
}

function moved(vault: Vault4626, atoms: bigint, shares: bigint, limits: Partial<Vault4626>): Vault4626 {
  return { ...vault, totalAssets: vault.totalAssets + atoms, totalShares: vault.totalShares + shares, ...limits };
}
