// What a step cost. Gas comes from its receipt and the loss between proof and fill from balances; fee and impact are
// those it was planned with. Each part rounds up: a cost is never understated.

import { Amount as Exact, Gas } from '@trimtab/core';
import type { Snapshot } from '@trimtab/core';
import type { Fill, Receipt } from '@trimtab/engine';
import type { Amount, Spent, Step } from './contract.ts';

export const ZERO: Spent = { fee: '0', impact: '0', gas: '0', bridge: '0', mev: '0', total: '0', turnover: '0' };

/** Add two lots of spending. */
export function add(a: Spent, b: Spent): Spent {
  return combine(a, b, (x, y) => x + y);
}

/** Find what `a` has that `b` has not. */
export function sub(a: Spent, b: Spent): Spent {
  return combine(a, b, (x, y) => x - y);
}

/** Add up the spending of many steps. */
export function sum(parts: readonly (Spent | undefined)[]): Spent {
  return parts.reduce<Spent>((all, part) => (part === undefined ? all : add(all, part)), ZERO);
}

/** Value the gas of a receipt at the native coin's price in the snapshot: all that a failed step costs. */
export function ofGas(receipt: Receipt, snapshot: Snapshot): Spent {
  const gas = Gas.costUp({ ...snapshot.gas, price: receipt.gasPrice }, receipt.gasUsed);
  return total({ ...ZERO, gas: gas.toString() });
}

/** Value a fill: `proved` is what the same bytes would have brought when they were signed. */
export function ofFill(step: Step, fill: Fill, proved: Amount | undefined, snapshot: Snapshot): Spent {
  if (step.kind === 'authorise') return ZERO;
  const lost = proved === undefined ? 0n : BigInt(proved.atoms) - fill.received;
  return total({
    ...ZERO,
    fee: step.cost.fee,
    impact: step.cost.impact,
    bridge: step.cost.bridge,
    mev: valueUp(lost > 0n ? lost : 0n, fill.buy, snapshot).toString(),
    turnover: valueUp(fill.sold, fill.sell, snapshot).toString(),
  });
}

/** Value atoms at the asset's primary price; an asset without a price is worth nothing that could be shown. */
function valueUp(atoms: bigint, id: string, snapshot: Snapshot): bigint {
  const asset = snapshot.assets.find((one) => one.id === id);
  const reading = snapshot.prices.find((one) => one.asset === id);
  if (asset === undefined || reading === undefined) return 0n;
  return Exact.valueUp(atoms, asset.decimals, reading.price);
}

function combine(a: Spent, b: Spent, op: (x: bigint, y: bigint) => bigint): Spent {
  const each = (key: keyof Spent): string => op(BigInt(a[key]), BigInt(b[key])).toString();
  return {
    fee: each('fee'),
    impact: each('impact'),
    gas: each('gas'),
    bridge: each('bridge'),
    mev: each('mev'),
    total: each('total'),
    turnover: each('turnover'),
  };
}

function total(spent: Spent): Spent {
  const { fee, impact, gas, bridge, mev } = spent;
  const all = [fee, impact, gas, bridge, mev].reduce((sum, part) => sum + BigInt(part), 0n);
  return { ...spent, total: all.toString() };
}
