// The keys a configuration may have, what each accepts and what it means when left out. Every limit has a default:
// leaving one out must never mean having none.

import { z } from 'zod';
import type { Limit } from '@trimtab/core';
import { address, bps, hundredths, moment, percent, points, read, seconds, unread, usd, whole } from './Quantity.ts';
import type { Bounds, Read } from './Quantity.ts';

/** The limits that a configuration can set. */
export type Limited = Extract<
  Limit,
  { readonly kind: 'staleness' | 'divergence' | 'slippage' | 'turnover' | 'worthwhile' }
>;

/** Point at a value kept outside the configuration, so that no secret is ever written into it. */
export type Reference =
  | { readonly kind: 'env'; readonly name: string }
  | { readonly kind: 'file'; readonly path: string };

/** Carry a problem through the schema library: why the value will not do and what to write instead. */
export type Told = { readonly why: string; readonly fix: string };

const WHOLE = 100_000_000;
const SHARE: Bounds = { least: 1, most: 10_000, shown: '0.01% to 100%' };
const SMALL_SHARE: Bounds = { least: 1, most: 1_000, shown: '1bps to 10%' };
const FEE: Bounds = { least: 0, most: 10_000, shown: '0 gwei to 10000 gwei' };
const POINTS: Bounds = { least: 1, most: 5_000, shown: '0.01pp to 50pp' };
const PERIOD: Bounds = { least: 60, most: 31_536_000, shown: '1m to 365d' };

const band = z.strictObject({
  absolute: field((text) => points(text, POINTS)).exactOptional(),
  relative: field((text) => bps(text, SHARE)).exactOptional(),
});

const limits = z
  .strictObject({
    staleness: field((text) => seconds(text, { least: 0, most: 86_400, shown: '0s to 1d' })).default(600),
    divergence: field((text) => bps(text, { least: 1, most: 2_000, shown: '1bps to 20%' })).default(150),
    slippage: field((text) => bps(text, SMALL_SHARE)).default(100),
    turnover: field((text) => bps(text, SHARE)).default(3_000),
    worthwhile: field((text) => bps(text, SMALL_SHARE)).default(100),
  })
  .prefault({})
  .transform((given): readonly Limited[] => [
    { kind: 'staleness', grace: given.staleness },
    { kind: 'divergence', max: given.divergence },
    { kind: 'slippage', max: given.slippage },
    { kind: 'turnover', max: given.turnover },
    { kind: 'worthwhile', maxCost: given.worthwhile },
  ]);

const targets = z
  .record(z.string(), field(percent))
  .superRefine((shares, context) => {
    const told = missum(shares);
    if (told !== undefined) context.addIssue({ code: 'custom', params: told });
  })
  .transform((shares) => fromEntries(Object.entries(shares).map(([symbol, share]) => [symbol, share / WHOLE])));

const strategy = z.strictObject({
  targets,
  band: band.extend({ 'per-asset': z.record(z.string(), band).prefault({}) }).exactOptional(),
  calendar: z
    .strictObject({ every: field((text) => seconds(text, PERIOD)), from: field(moment).default(0) })
    .exactOptional(),
  landing: choice('target', 'edge').default('target'),
  'min-trade': field(usd).default(50n * 10n ** 18n),
  slippage: field((text) => bps(text, SMALL_SHARE)).default(30),
  lifetime: field((text) => seconds(text, { least: 30, most: 86_400, shown: '30s to 1d' })).default(600),
  limits,
});

const chain = z
  .strictObject({
    id: field((text) => whole(text, { least: 1, most: 4_503_599_627_370_476, shown: '1 to 4503599627370476' })),
    rpc: field(rpc),
    native: field(address),
    confirmations: field((text) => whole(text, { least: 1, most: 100, shown: '1 to 100' })).default(2),
    tip: field((text) => gwei(text, FEE)).default(10n ** 9n),
    'max-fee': field((text) => gwei(text, FEE)).default(500n * 10n ** 9n),
  })
  .superRefine(({ tip, 'max-fee': maxFee }, context) => {
    if (tip < maxFee) return;
    const params: Told = { why: 'leaves nothing for the base fee', fix: 'raise it, or lower chain.tip below it' };
    context.addIssue({ code: 'custom', path: ['max-fee'], params });
  });

/** Parse a configuration key by key; `Config.parse` gives its problems in words. */
export const schema = z.strictObject({
  version: choice('1').transform((): 1 => 1),
  mode: choice('dry-run', 'live').default('dry-run'),
  chain,
  vault: field(address),
  filler: field(address),
  pools: z.array(field(address)).min(1).max(64),
  strategy,
  keystore: z.strictObject({ file: field(path), passphrase: field(passphrase) }).exactOptional(),
  journal: z
    .strictObject({ folder: field(path).exactOptional(), url: field(reference).exactOptional() })
    .default({ folder: '.trimtab' }),
  every: field((text) => seconds(text, { least: 1, most: 86_400, shown: '1s to 1d' })).default(60),
  api: z
    .strictObject({ port: field((text) => whole(text, { least: 0, most: 65_535, shown: '0 to 65535' })).default(4747) })
    .prefault({}),
});

/** Make a reader into a key of the schema. Numbers are taken as text: a value means nothing without its unit. */
function field<T>(reader: (text: string) => Read<T>) {
  return z.unknown().transform((raw, context): T => {
    const answer = written(raw) ? reader(String(raw).trim()) : reader('');
    if (answer.kind === 'read') return answer.value;
    const why = written(raw) ? answer.why : 'is missing';
    const told: Told = { why: raw === undefined || written(raw) ? why : 'is not a single value', fix: answer.fix };
    context.addIssue({ code: 'custom', params: told });
    return z.NEVER;
  });
}

function written(raw: unknown): raw is string | number {
  return (typeof raw === 'string' && raw.trim() !== '') || typeof raw === 'number';
}

function choice<const T extends string>(...options: readonly T[]) {
  const listed = options.join(' or ');
  return field((text): Read<T> => {
    const found = options.find((option) => option === text);
    return found === undefined ? unread(`is not ${listed}`, `write ${listed}`) : read(found);
  });
}

/** Read an endpoint: a plain URL, or a reference where the URL itself holds a key. */
function rpc(text: string): Read<Reference | { readonly kind: 'plain'; readonly url: string }> {
  if (/^(env|file):/.test(text)) return reference(text);
  const fix = 'write http(s)://host/path, or env:NAME or file:PATH if the URL holds a key';
  if (!/^https?:\/\/[^\s/]/.test(text)) return unread('is not an HTTP endpoint', fix);
  if (/^https?:\/\/[^/]*@/.test(text)) return unread('holds a password', 'keep the URL outside: env:NAME or file:PATH');
  return read({ kind: 'plain', url: text });
}

/** Read a price of gas, `30 gwei` or `0.01 gwei`, in {wei/gas}. Finer than a wei is refused, so nothing is rounded. */
function gwei(text: string, { least, most, shown }: Bounds): Read<bigint> {
  const [, units, fraction = ''] = /^(\d{1,12})(?:\.(\d{1,9}))?\s*gwei$/.exec(text) ?? [];
  if (units === undefined) return unread('is not a price of gas in gwei', 'write a price such as 30 gwei');
  const wei = BigInt(units + fraction.padEnd(9, '0'));
  if (wei >= BigInt(least) * 10n ** 9n && wei <= BigInt(most) * 10n ** 9n) return read(wei);
  return unread(`is outside ${shown}`, `write a value within ${shown}`);
}

function passphrase(text: string): Read<Reference | { readonly kind: 'prompt' }> {
  if (text === 'prompt') return read({ kind: 'prompt' });
  const answer = reference(text);
  return answer.kind === 'read' ? answer : unread(answer.why, `${answer.fix}, or prompt`);
}

function reference(text: string): Read<Reference> {
  const [, kind, target = ''] = /^(env|file):(.+)$/.exec(text) ?? [];
  if (kind === 'file') return read({ kind, path: target });
  if (kind === 'env' && /^[A-Za-z_]\w*$/.test(target)) return read({ kind, name: target });
  return unread('is not a reference', 'keep the secret outside and write env:NAME or file:PATH');
}

function path(text: string): Read<string> {
  return text === '' || text.includes('\0')
    ? unread('is not a path', 'write the path of a file or folder')
    : read(text);
}

function missum(shares: { readonly [symbol: string]: number }): Told | undefined {
  const entries = Object.entries(shares);
  if (entries.length < 2) return { why: 'names fewer than two assets', fix: 'give at least two assets a weight' };
  const off = WHOLE - entries.reduce((sum, [, share]) => sum + share, 0);
  if (off === 0) return undefined;
  const listed = entries.map(([symbol, share]) => `${symbol} ${share / 1e6} %`).join(', ');
  const verb = off > 0 ? 'raise' : 'lower';
  return {
    why: `sums to ${(WHOLE - off) / 1e6} %; weights must sum to 100 %`,
    fix: `${verb} one of ${listed} by ${hundredths(Math.abs(off) / 1e4)} pp`,
  };
}

/** Collect own keys only, so that an asset called `constructor` is an asset and nothing else. */
function fromEntries(entries: readonly (readonly [string, number])[]): { readonly [symbol: string]: number } {
  return Object.fromEntries(entries);
}
