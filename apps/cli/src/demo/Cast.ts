// Who plays: the vault's assets, targets and holdings, and the pools around it, sized like the markets they stand for.

import type { Strategy, Usd } from '@trimtab/core';
import type { PoolSpec, PositionSpec, VaultTokenSpec, WorldSpec } from '@trimtab/adapters/local';
import { FeedKeeper } from '@trimtab/lab';
import { TOKENS } from './Replay.ts';
import type { Replay } from './Replay.ts';

/** One asset of the demo's vault. `series` is its place in the history; the cash has none and stays at one dollar. */
export type Role = {
  readonly token: string;
  readonly decimals: number;
  readonly series: number | undefined;
  /** Target weight, {bps}. */
  readonly target: number;
  readonly habit: FeedKeeper.Habit;
};

/** Value of the vault at the start. */
const VALUE = 2_000_000n;
const USD = 10n ** 18n;

/** Give every asset of a replay a target: those asked for, else 60/40, 40/30/30, or a quarter in cash and the rest even. */
export function cast(replay: Replay, asked: ReadonlyMap<string, number> | undefined): readonly Role[] {
  const risky = replay.history.symbols.map((symbol, series) => {
    const known = TOKENS[symbol];
    if (known === undefined) throw new RangeError(`no token stands for ${symbol}`);
    return {
      ...known,
      series,
      habit: known.token.startsWith('USD') || known.token === 'DAI' ? FeedKeeper.STABLE : FeedKeeper.MAJOR,
    };
  });
  const roles = [...risky, { token: 'USDC', decimals: 6, series: undefined, habit: FeedKeeper.STABLE }];
  const targets = asked === undefined ? usual(risky.length) : roles.map(({ token }) => asked.get(token) ?? 0);
  check(
    roles.map((r) => r.token),
    targets,
    asked,
  );
  return roles.map((role, i) => ({ ...role, target: targets[i] ?? 0 }));
}

/** Describe the world that these roles play in, on the chain, at the replay's first moment. */
export function world(replay: Replay, roles: readonly Role[], strategist: `0x${string}`, at: number): WorldSpec {
  const tokens = roles.map((role): VaultTokenSpec => {
    const price = role.series === undefined ? USD : (replay.history.prices[role.series]?.[0] ?? USD);
    const held = (VALUE * USD * BigInt(role.target) * 10n ** BigInt(role.decimals)) / (10_000n * price);
    return {
      symbol: role.token,
      decimals: role.decimals,
      price,
      target: role.target,
      held,
      heartbeat: role.habit.heartbeat,
    };
  });
  return { tokens, ...native(replay, roles), pools: pools(replay, roles), strategist, band: replay.band, at };
}

/** Say how the vault is to be kept: inside its bands, back to target, and within limits that no plan may exceed. */
export function strategy(replay: Replay, roles: readonly Role[], idOf: (token: string) => string): Strategy {
  return {
    when: { kind: 'band', absolute: replay.band },
    toward: { kind: 'fixed', weights: Object.fromEntries(roles.map((r) => [idOf(r.token), r.target / 10_000])) },
    landing: 'target',
    trading: { minNotional: 100n * USD, slippage: 30, lifetime: 600 },
    within: [
      { kind: 'staleness', grace: 60 },
      { kind: 'divergence', max: 150 },
      { kind: 'slippage', max: 100 },
      { kind: 'turnover', max: 2_500 },
      { kind: 'worthwhile', maxCost: 100 },
    ],
  };
}

/** The coin that gas is paid in has a price even where the vault does not hold it. */
function native(replay: Replay, roles: readonly Role[]): Pick<WorldSpec, 'native' | 'others'> {
  const { symbol, price } = replay.native;
  const token = symbol === 'ETH' ? 'WETH' : `W${symbol}`;
  if (roles.some((role) => role.token === token)) return { native: token };
  return { native: token, others: [{ symbol: token, decimals: 18, price, heartbeat: FeedKeeper.MAJOR.heartbeat }] };
}

/** Two fee tiers against cash for every asset, and one between the two largest coins. */
function pools(replay: Replay, roles: readonly Role[]): readonly PoolSpec[] {
  const risky = roles.filter((r) => r.series !== undefined);
  const direct = risky.flatMap(({ token }): PoolSpec[] => [
    { tokens: [token, 'USDC'], feePpm: 500, positions: token === 'WETH' ? ether(replay) : spread(20_000_000n) },
    { tokens: [token, 'USDC'], feePpm: 3_000, positions: spread(8_000_000n) },
  ]);
  const coins = risky.map((r) => r.token);
  const cross: readonly PoolSpec[] =
    coins.includes('WBTC') && coins.includes('WETH')
      ? [{ tokens: ['WBTC', 'WETH'], feePpm: 500, positions: spread(15_000_000n) }]
      : [];
  return [...direct, ...cross];
}

/** Where the pool's real liquidity was recorded, seed exactly that around the price; else a usual depth. */
function ether(replay: Replay): readonly PositionSpec[] {
  if (replay.liquidity === undefined) return spread(25_000_000n);
  return [{ halfWidth: 'full', size: { kind: 'liquidity', liquidity: replay.liquidity } }];
}

/** Most of a pool's money sits near the price, some of it everywhere. */
function spread(usd: Usd): readonly PositionSpec[] {
  return [
    { halfWidth: 'full', size: { kind: 'value', usd: usd * USD } },
    { halfWidth: 2_500, size: { kind: 'value', usd: (usd * USD) / 4n } },
  ];
}

function usual(risky: number): readonly number[] {
  if (risky === 1) return [6_000, 4_000];
  if (risky === 2) return [4_000, 3_000, 3_000];
  const each = Math.floor(7_500 / risky);
  return [...Array.from({ length: risky }, () => each), 10_000 - each * risky];
}

function check(
  tokens: readonly string[],
  targets: readonly number[],
  asked: ReadonlyMap<string, number> | undefined,
): void {
  const unknown = [...(asked?.keys() ?? [])].filter((token) => !tokens.includes(token));
  if (unknown.length > 0)
    throw new BadTargets(`${unknown.join(', ')} is not in the replay`, `use ${tokens.join(', ')}`);
  const sum = targets.reduce((a, b) => a + b, 0);
  if (sum !== 10_000) throw new BadTargets(`targets sum to ${sum / 100} %`, 'make them sum to 100 %');
}

/** Read targets such as `WETH=60%,USDC=40%` into basis points by token. Throws BadTargets. */
export function parseTargets(text: string): ReadonlyMap<string, number> {
  return new Map(
    text.split(',').map((part) => {
      const match = /^\s*([A-Za-z0-9]+)\s*=\s*(\d{1,3}(?:\.\d{1,2})?)\s*%\s*$/.exec(part);
      if (match?.[1] === undefined)
        throw new BadTargets(`"${part}" is not a target`, 'write them as WETH=60%,USDC=40%');
      return [match[1].toUpperCase(), Math.round(Number(match[2]) * 100)];
    }),
  );
}

/** Say what is wrong with the targets that were asked for, and how to mend it. */
export class BadTargets extends Error {
  override readonly name = 'BadTargets';
  readonly next = 'halt';
  readonly fix: string;
  constructor(why: string, fix: string) {
    super(`--targets: ${why}; ${fix}`);
    this.fix = fix;
  }
}
