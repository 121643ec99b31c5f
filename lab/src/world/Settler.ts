// The settler's rules, in the words of its contract: one live plan, a price floor from the oracle, bands per share,
// and two buckets that leak. What the contract refuses, this refuses, so that a plan proved here is a plan that lands.

import { Amount, Bps, FixedPoint } from '@trimtab/core';
import type { Asset, AssetId, Authorise, Custody, Price, Time, Usd } from '@trimtab/core';
import type { Fill } from '@trimtab/engine';
import type { Bounds } from './Spec.ts';

/** Hold what the settler stores for one vault. Levels are D18{1} of NAV and were true at `updatedAt`. */
export type Settler = {
  readonly nonce: number;
  readonly live?: Live;
  readonly loss: bigint;
  readonly turnover: bigint;
  readonly updatedAt: Time;
  readonly proposedAt: Time;
};

/** Hold the live plan. Bands are {atom per 1e18 shares}; the value of a share is what it was when proposed. */
export type Live = {
  readonly deadline: Time;
  readonly floorDiscount: Bps;
  readonly navPerShare: Usd;
  readonly bands: ReadonlyMap<AssetId, Band>;
};

export type Band = { readonly sellDownTo: bigint; readonly buyUpTo: bigint };

/** Show the settler the vault: one position for each asset, in its order. An asset without a usable price has none. */
export type Vault = { readonly supply: bigint; readonly positions: readonly Holding[] };
export type Holding = { readonly asset: Asset; readonly atoms: bigint; readonly price: Price | undefined };

export type Settled = { readonly kind: 'settled'; readonly settler: Settler };

/** Say why a call reverts, and whether the same call may succeed later. */
export type Reverted = { readonly kind: 'reverted'; readonly why: string; readonly next: 'wait' | 'abort' };

const DAY = 86_400;
/** No floor may be further below the oracle, whatever any bound says. */
const FLOOR_CEILING: Bps = 500;

/** Start with full budgets and no plan. */
export function start(at: Time, bounds: Bounds): Settler {
  return { nonce: 0, loss: 0n, turnover: 0n, updatedAt: at, proposedAt: at - bounds.cooldown };
}

/** Make a plan the live one. */
export function propose(settler: Settler, bounds: Bounds, vault: Vault, plan: Authorise, at: Time): Settled | Reverted {
  if (plan.nonce !== settler.nonce + 1) return abort(`nonce ${plan.nonce} is not the next, ${settler.nonce + 1}`);
  const readyAt = settler.proposedAt + bounds.cooldown;
  if (at < readyAt) return { kind: 'reverted', why: `cooling down until ${readyAt}, now ${at}`, next: 'wait' };
  if (plan.deadline <= at || plan.deadline > at + bounds.maxHorizon)
    return abort(`deadline ${plan.deadline} is not within ${bounds.maxHorizon} s from ${at}`);
  const most = Math.min(bounds.maxFloorDiscount, FLOOR_CEILING);
  if (plan.floorDiscount > most) return abort(`a floor ${plan.floorDiscount} bps below the oracle exceeds ${most} bps`);
  const bands = bandsOf(plan, vault, bounds);
  if ('kind' in bands) return bands;
  const worth = navPerShareOf(vault, bands, bounds);
  if (typeof worth !== 'bigint') return worth;
  const live: Live = { deadline: plan.deadline, floorDiscount: plan.floorDiscount, navPerShare: worth, bands };
  return { kind: 'settled', settler: { ...settler, nonce: plan.nonce, live, proposedAt: at } };
}

/** Let the vault give `sold` for `received`, or say which rule forbids it. */
export function fill(
  settler: Settler,
  bounds: Bounds,
  vault: Vault,
  { sell, buy, sold, received }: Fill,
  at: Time,
): Settled | Reverted {
  const { live } = settler;
  if (live === undefined || at > live.deadline) return abort(`no plan is live at ${at}`);
  if (sold <= 0n) return abort('nothing would be sold');
  const [out, into] = [holdingOf(vault, sell), holdingOf(vault, buy)];
  if (out?.price === undefined || into?.price === undefined) return stale(sell, buy);
  const outWorth = Amount.valueUp(sold, out.asset.decimals, out.price);
  const required = requiredUp(outWorth, Math.min(live.floorDiscount, bounds.maxFloorDiscount), into.asset, into.price);
  if (received < required) return abort(`${received} of ${buy} is below the oracle floor ${required}`);
  const [give, take] = [live.bands.get(sell), live.bands.get(buy)];
  const sellable = give === undefined ? 0n : out.atoms - perVaultUp(give.sellDownTo, vault.supply);
  if (sold > sellable) return abort(`selling ${sold} of ${sell} passes its band: at most ${sellable}`);
  const buyable = take === undefined ? 0n : perVaultDown(take.buyUpTo, vault.supply) - into.atoms;
  if (received > buyable) return abort(`buying ${received} of ${buy} passes its band: at most ${buyable}`);
  const loss = outWorth - Amount.valueDown(received, into.asset.decimals, into.price);
  return charge(settler, bounds, perVaultDown(live.navPerShare, vault.supply), FixedPoint.max(loss, 0n), outWorth, at);
}

/** Say what the settler permits now of a vault worth `worth`. Rooms are rounded down: the planner stays inside. */
export function permits(settler: Settler, bounds: Bounds, supply: bigint, worth: Usd, at: Time): Custody {
  const { loss, turnover } = leaked(settler, bounds, at);
  const room = (cap: Bps, level: bigint): Usd =>
    FixedPoint.mulDivDown(worth, FixedPoint.max(sizeOf(cap) - level, 0n), FixedPoint.ONE);
  return {
    supply,
    nonce: settler.nonce,
    maxFloorDiscount: Math.min(bounds.maxFloorDiscount, FLOOR_CEILING),
    maxBand: bounds.maxBand,
    lossRoom: room(bounds.lossCapPerDay, loss),
    turnoverRoom: room(bounds.turnoverCapPerDay, turnover),
    readyAt: settler.proposedAt + bounds.cooldown,
  };
}

/** Turn a plan's atoms into units per share, both rounded down: what may be sold keeps its last atom. */
function bandsOf(plan: Authorise, vault: Vault, bounds: Bounds): ReadonlyMap<AssetId, Band> | Reverted {
  if (plan.legs.length !== vault.positions.length)
    return abort(`${plan.legs.length} legs for ${vault.positions.length} assets`);
  const bands = new Map<AssetId, Band>();
  for (const [i, leg] of plan.legs.entries()) {
    const expected = vault.positions[i]?.asset.id;
    if (leg.asset !== expected) return abort(`leg ${i} is ${leg.asset}, but the vault holds ${expected} there`);
    const sellDownTo = FixedPoint.mulDivDown(leg.sellDownTo, FixedPoint.ONE, plan.supply);
    const buyUpTo = FixedPoint.mulDivDown(leg.buyUpTo, FixedPoint.ONE, plan.supply);
    const width = sellDownTo - buyUpTo;
    if (width < 0n || buyUpTo < 0n || 2n * 10_000n * width > (sellDownTo + buyUpTo) * BigInt(bounds.maxBand)) {
      return abort(
        `the band of ${leg.asset}, ${buyUpTo} to ${sellDownTo}, is upside down or wider than ${bounds.maxBand} bps`,
      );
    }
    bands.set(leg.asset, { sellDownTo, buyUpTo });
  }
  return bands;
}

/** Value a share, and require that the plan's targets are worth about as much. */
function navPerShareOf(vault: Vault, bands: ReadonlyMap<AssetId, Band>, bounds: Bounds): Usd | Reverted {
  let nav = 0n;
  let twiceTarget = 0n;
  for (const { asset, atoms, price } of vault.positions) {
    const band = bands.get(asset.id);
    const twiceMiddle = band === undefined ? 0n : band.sellDownTo + band.buyUpTo;
    if (atoms === 0n && twiceMiddle === 0n) continue;
    if (price === undefined) return stale(asset.id, asset.id);
    nav += Amount.valueDown(atoms, asset.decimals, price);
    twiceTarget += Amount.valueDown(twiceMiddle, asset.decimals, price);
  }
  const perShare = FixedPoint.mulDivDown(nav, FixedPoint.ONE, vault.supply);
  const gap = twiceTarget / 2n > perShare ? twiceTarget / 2n - perShare : perShare - twiceTarget / 2n;
  if (perShare === 0n || gap * 10_000n > perShare * BigInt(bounds.navTolerance)) {
    return abort(`targets worth ${twiceTarget / 2n} a share are more than ${bounds.navTolerance} bps from ${perShare}`);
  }
  return perShare;
}

function charge(settler: Settler, bounds: Bounds, nav: Usd, lost: Usd, sold: Usd, at: Time): Settled | Reverted {
  const level = leaked(settler, bounds, at);
  const loss = level.loss + FixedPoint.mulDivUp(lost, FixedPoint.ONE, nav);
  const turnover = level.turnover + FixedPoint.mulDivUp(sold, FixedPoint.ONE, nav);
  if (loss > sizeOf(bounds.lossCapPerDay))
    return abort(`the loss bucket would hold ${loss}, over ${sizeOf(bounds.lossCapPerDay)}`);
  if (turnover > sizeOf(bounds.turnoverCapPerDay))
    return abort(`the turnover bucket would hold ${turnover}, over ${sizeOf(bounds.turnoverCapPerDay)}`);
  return { kind: 'settled', settler: { ...settler, loss, turnover, updatedAt: at } };
}

/** Lower both levels by what leaked since; the leak is rounded down, against the filler. */
function leaked(settler: Settler, bounds: Bounds, at: Time): { readonly loss: bigint; readonly turnover: bigint } {
  const elapsed = BigInt(at - settler.updatedAt);
  const after = (level: bigint, cap: Bps): bigint => FixedPoint.max(level - (sizeOf(cap) * elapsed) / BigInt(DAY), 0n);
  return {
    loss: after(settler.loss, bounds.lossCapPerDay),
    turnover: after(settler.turnover, bounds.turnoverCapPerDay),
  };
}

/** Count the atoms of `asset` that make up a worth less the discount; every rounding is for the vault. */
function requiredUp(worth: Usd, discount: Bps, asset: Asset, price: Price): bigint {
  return Amount.atomsUp(Bps.shareUp(worth, Bps.ONE - discount), asset.decimals, price);
}

const sizeOf = (cap: Bps): bigint => BigInt(cap) * 10n ** 14n;
const perVaultUp = (perShare: bigint, supply: bigint): bigint => FixedPoint.mulDivUp(perShare, supply, FixedPoint.ONE);
const perVaultDown = (perShare: bigint, supply: bigint): bigint =>
  FixedPoint.mulDivDown(perShare, supply, FixedPoint.ONE);
const holdingOf = (vault: Vault, asset: AssetId): Holding | undefined =>
  vault.positions.find((p) => p.asset.id === asset);

function abort(why: string): Reverted {
  return { kind: 'reverted', why, next: 'abort' };
}

function stale(...assets: readonly AssetId[]): Reverted {
  return { kind: 'reverted', why: `no fresh price for ${assets.join(' or ')}`, next: 'wait' };
}
