// Figures as a person reads them: always with their unit. For display only: nothing that is decided, signed or
// stored passes through here.

import type { Asset, Seconds, Time, Usd } from '@trimtab/core';

/** Show dollars to the cent, or finer below one dollar: `$1,234.56`, `-$0.0012`. */
export function usd(value: Usd): string {
  const size = value < 0n ? -value : value;
  const digits = size === 0n || size >= 10n ** 18n ? 2 : 4;
  return `${value < 0n ? '-' : ''}$${fixed(size, 18, digits)}`;
}

/** Show dollars that are a belief, rounded up to the cent, or finer below one dollar: `$0.0013`. */
export function believed(dollars: number): string {
  return usd(BigInt(Math.ceil(dollars * 1e4)) * 10n ** 14n);
}

/** Show a weight, {1}, in percent: `60.00 %`. */
export function share(weight: number): string {
  return `${(weight * 100).toFixed(2)} %`;
}

/** Show a difference of weights, {1}, in percentage points with its sign: `+0.80 pp`. */
export function points(difference: number): string {
  return `${signed(difference * 100)} pp`;
}

/** Show a relative difference, {1}, in percent with its sign: `+1.33 %`. */
export function relative(difference: number): string {
  return `${signed(difference * 100)} %`;
}

/** Show basis points as percent, `30` → `0.3 %`. */
export function bps(value: number): string {
  return `${value / 100} %`;
}

/** Show an amount of an asset with six significant decimals at most: `1.5 WETH`. */
export function amount(atoms: bigint, asset: Pick<Asset, 'symbol' | 'decimals'>): string {
  const size = atoms < 0n ? -atoms : atoms;
  const digits = Math.min(asset.decimals, 6);
  const shown = fixed(size, asset.decimals, digits);
  return `${atoms < 0n ? '-' : ''}${trim(shown)} ${asset.symbol}`;
}

/** Show a duration in its two largest units: `7d`, `2h 5m`, `40s`. */
export function duration(span: Seconds): string {
  const units = [
    ['d', 86_400],
    ['h', 3_600],
    ['m', 60],
    ['s', 1],
  ] as const;
  let left = Math.max(0, Math.round(span));
  const parts: string[] = [];
  for (const [unit, size] of units) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(`${count}${unit}`);
  }
  return parts.length === 0 ? '0s' : parts.slice(0, 2).join(' ');
}

/** Show a moment in UTC: `2023-08-17 21:45:00Z`. */
export function moment(at: Time): string {
  return new Date(at * 1_000).toISOString().replace('T', ' ').replace('.000', '');
}

function signed(value: number): string {
  const shown = value.toFixed(2);
  return value >= 0 || Number(shown) === 0 ? `+${shown.replace('-', '')}` : shown;
}

/** Write a scaled integer with thousands separated, cutting what is finer than `digits`. */
function fixed(scaled: bigint, decimals: number, digits: number): string {
  const kept = scaled / 10n ** BigInt(decimals - Math.min(digits, decimals));
  const text = String(kept).padStart(digits + 1, '0');
  const units = text.slice(0, text.length - digits).replace(/\B(?=(\d{3})+$)/g, ',');
  return digits === 0 ? units : `${units}.${text.slice(-digits)}`;
}

function trim(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}
