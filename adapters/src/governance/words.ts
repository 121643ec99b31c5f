// Numbers and structures of proposals as a person reads them.

import { formatUnits } from 'viem';

/** Take a decoded struct as its fields. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** Show a field by the unit that its name says: `50 bps (0.5 %)`, `10 m`, or as it is. */
export function figure(name: string, value: unknown, show: (address: unknown) => string): string {
  if (typeof value === 'string') return /^0x[0-9a-fA-F]{40}$/.test(value) ? show(value) : value;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return `[${value.map((part: unknown) => figure(name, part, show)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const parts = Object.entries(value).map(([key, part]) => `${key} ${figure(key, part, show)}`);
    return `{ ${parts.join(', ')} }`;
  }
  const text = String(value);
  if (/bps/i.test(name)) return `${text} bps (${Number(text) / 100} %)`;
  if (isTime(name)) return `${text} s${span(Number(text))}`;
  return name.endsWith('D18') ? formatUnits(BigInt(text), 18) : text;
}

function isTime(name: string): boolean {
  return /^(cooldown|decay|horizon|window|fade|every|period)$|delay|heartbeat|horizon$|life$/i.test(name);
}

function span(seconds: number): string {
  const units = [
    ['d', 86_400],
    ['h', 3_600],
    ['m', 60],
  ] as const;
  const unit = units.find(([, size]) => seconds >= size);
  return unit === undefined ? '' : ` (${Number((seconds / unit[1]).toFixed(2))} ${unit[0]})`;
}

/** Say a change of one field: from what it is, where that is known. */
export function change(name: string, from: unknown, to: unknown, show: (address: unknown) => string): string {
  const wanted = figure(name, to, show);
  return from === undefined ? `${name}: ${wanted}` : `${name}: ${figure(name, from, show)} → ${wanted}`;
}

/** Say whether two values are the same, addresses in any case. */
export function same(a: unknown, b: unknown): boolean {
  const spell = (value: unknown): string =>
    JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part)).toLowerCase();
  return a !== undefined && b !== undefined && spell(a) === spell(b);
}
