// The configuration in normal form: parsed once, at the door. Unknown keys are refused, secrets are references, and
// every problem is told at once with its key, its value, why it will not do and what to write instead.

import type { z } from 'zod';
import type { Asset, AssetId, Band, Bps, Calendar, Seconds, Strategy, Trading, Trigger, Weight } from '@trimtab/core';
import * as Problem from './ConfigProblem.ts';
import type { Found, Source } from './ConfigProblem.ts';
import { schema } from './ConfigSchema.ts';
import type { Limited, Reference, Told } from './ConfigSchema.ts';
import { closest } from './closest.ts';

export type { Path, Problem, Source } from './ConfigProblem.ts';
export type { Reference } from './ConfigSchema.ts';

/** Hold everything that a run of the engine is set up with. Addresses in lower case. */
export type Config = {
  readonly mode: 'dry-run' | 'live';
  readonly chain: {
    readonly id: number;
    readonly rpc: Reference | { readonly kind: 'plain'; readonly url: string };
    /** The wrapped native coin: what gas is valued at. */
    readonly native: string;
    /** Blocks that must hold a transaction, its own among them, before it counts. */
    readonly confirmations: number;
    /** What is added to the base fee {wei/gas}. */
    readonly tip: bigint;
    /** Most that is ever bid {wei/gas}. */
    readonly maxFee: bigint;
  };
  readonly vault: string;
  /** The contract through which a fill is routed to the pools. */
  readonly filler: string;
  readonly pools: readonly string[];
  readonly strategy: Wanted;
  /** Needed to sign; a dry run has no use for it. */
  readonly keystore?: { readonly file: string; readonly passphrase: Reference | { readonly kind: 'prompt' } };
  readonly journal:
    | { readonly kind: 'folder'; readonly folder: string }
    | { readonly kind: 'server'; readonly url: Reference };
  /** Seconds between the starts of deciding cycles. */
  readonly every: Seconds;
  readonly api: { readonly port: number };
};

/** Hold a strategy as people write it: by symbol, before the vault has said which assets it holds. */
export type Wanted = {
  readonly targets: { readonly [symbol: string]: Weight };
  readonly band?: Width & { readonly perAsset: { readonly [symbol: string]: Width } };
  readonly calendar?: Omit<Calendar, 'kind'>;
  readonly landing: Strategy['landing'];
  readonly trading: Trading;
  readonly within: readonly Limited[];
};

type Width = { readonly absolute?: Bps; readonly relative?: Bps };

/** Parse a plain object into normal form. Throws ConfigError with every problem found. */
export function parse(raw: unknown, source: Source): Config {
  const result = schema.safeParse(raw);
  const problems = [...(result.error?.issues ?? []).flatMap((issue) => Problem.of(issue, raw)), ...Problem.across(raw)];
  if (!result.success || problems.length > 0) throw new ConfigError(problems, source);
  return normal(result.data);
}

/**
 * Resolve a strategy's symbols to the assets that the vault holds. A key is a symbol, or an address where two assets
 * share a symbol. Throws ConfigError where a name is unknown or ambiguous, or an asset of the vault has no target.
 */
export function strategyFor(wanted: Wanted, assets: readonly Asset[], source: Source): Strategy {
  const problems: Found[] = [];
  const byId = <T>(named: { readonly [symbol: string]: T }, path: Problem.Path): { readonly [asset: AssetId]: T } =>
    Object.fromEntries(
      Object.entries(named).flatMap(([name, value]) => {
        const matches = assets.filter((asset) => asset.symbol === name || asset.id.endsWith(`/${name.toLowerCase()}`));
        const [match] = matches;
        if (match !== undefined && matches.length === 1) return [[match.id, value]];
        problems.push({ path: [...path, name], ...misnamed(name, matches, assets) });
        return [];
      }),
    );
  const weights = byId(wanted.targets, ['strategy', 'targets']);
  const perAsset = byId(wanted.band?.perAsset ?? {}, ['strategy', 'band', 'per-asset']);
  for (const asset of assets) {
    if (Object.hasOwn(weights, asset.id) || problems.length > 0) continue;
    problems.push({
      path: ['strategy', 'targets'],
      why: `has no weight for ${asset.symbol}, which the vault holds`,
      fix: `add ${asset.symbol}; 0% sells all of it`,
    });
  }
  if (problems.length > 0) throw new ConfigError(problems, source);
  return {
    when: triggers(wanted, perAsset),
    toward: { kind: 'fixed', weights },
    landing: wanted.landing,
    trading: wanted.trading,
    within: wanted.within,
  };
}

function triggers(wanted: Wanted, perAsset: NonNullable<Band['perAsset']>): Trigger {
  const { absolute, relative } = wanted.band ?? {};
  const of: Trigger[] = [];
  if (wanted.band !== undefined) {
    of.push({
      kind: 'band',
      ...(absolute === undefined ? {} : { absolute }),
      ...(relative === undefined ? {} : { relative }),
      perAsset,
    });
  }
  if (wanted.calendar !== undefined) of.push({ kind: 'calendar', ...wanted.calendar });
  const [only] = of;
  return only !== undefined && of.length === 1 ? only : { kind: 'any', of };
}

function misnamed(name: string, matches: readonly Asset[], assets: readonly Asset[]): Told {
  const held = assets.map((asset) => asset.symbol).join(', ');
  if (matches.length > 1) {
    const addresses = matches.map((asset) => asset.id.split('/')[1]).join(', ');
    return { why: `names ${matches.length} assets of the vault`, fix: `use an address as the key: ${addresses}` };
  }
  const near = closest(
    name,
    assets.map((asset) => asset.symbol),
  );
  const meant = near === undefined ? '' : `did you mean ${near}? `;
  return { why: 'is not an asset of the vault', fix: `${meant}the vault holds ${held}` };
}

type Parsed = z.infer<typeof schema>;

function normal(parsed: Parsed): Config {
  const { band, calendar, targets, landing, limits } = parsed.strategy;
  const { journal, keystore } = parsed;
  const { 'max-fee': maxFee, ...chain } = parsed.chain;
  return {
    mode: parsed.mode,
    chain: { ...chain, maxFee },
    vault: parsed.vault,
    filler: parsed.filler,
    pools: parsed.pools,
    strategy: {
      targets,
      ...(band === undefined ? {} : { band: { ...width(band), perAsset: band['per-asset'] } }),
      ...(calendar === undefined ? {} : { calendar }),
      landing,
      trading: {
        minNotional: parsed.strategy['min-trade'],
        slippage: parsed.strategy.slippage,
        lifetime: parsed.strategy.lifetime,
      },
      within: limits,
    },
    ...(keystore === undefined ? {} : { keystore }),
    journal:
      journal.url === undefined
        ? { kind: 'folder', folder: journal.folder ?? '.trimtab' }
        : { kind: 'server', url: journal.url },
    every: parsed.every,
    api: parsed.api,
  };
}

function width({ absolute, relative }: Width): Width {
  return { ...(absolute === undefined ? {} : { absolute }), ...(relative === undefined ? {} : { relative }) };
}

/** Refuse a configuration, with every problem at once in the order of the file. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly next = 'halt';
  readonly file: string;
  readonly problems: readonly Problem.Problem[];

  constructor(found: readonly Found[], source: Source) {
    const problems = found
      .map((problem) => Problem.locate(problem, source))
      .toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
    const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
    super([`${source.file} has ${count}:`, ...problems.map((problem) => `  ${Problem.sentence(problem)}`)].join('\n'));
    this.file = source.file;
    this.problems = problems;
  }
}
