import { describe, expect, test } from 'vitest';
import * as Config from './Config.ts';

const VAULT = `0x${'ab'.repeat(20)}`;
const NATIVE = `0x${'ee'.repeat(20)}`;
const MINIMAL = {
  version: '1',
  chain: { id: '8453', rpc: 'http://127.0.0.1:8545', native: NATIVE },
  vault: VAULT,
  filler: `0x${'cd'.repeat(20)}`,
  pools: [`0x${'11'.repeat(20)}`],
  strategy: { targets: { WETH: '60%', USDC: '40%' }, band: { absolute: '5pp' } },
};
const SOURCE = { file: 'trimtab.yaml', line: () => undefined };
const WETH = { id: `eip155:8453/0x${'01'.repeat(20)}`, symbol: 'WETH', decimals: 18 };
const USDC = { id: `eip155:8453/0x${'02'.repeat(20)}`, symbol: 'USDC', decimals: 6 };
const ASSETS = [WETH, USDC];

/** Parse and give the problems in words. */
function problems(raw: unknown): readonly string[] {
  try {
    Config.parse(raw, SOURCE);
  } catch (error) {
    if (error instanceof Config.ConfigError)
      return error.message
        .split('\n')
        .slice(1)
        .map((line) => line.trim());
    throw error;
  }
  return [];
}

const withStrategy = (strategy: object) => ({ ...MINIMAL, strategy: { ...MINIMAL.strategy, ...strategy } });

describe('a configuration', () => {
  test('left at its defaults is a dry run with every limit set', () => {
    const config = Config.parse(MINIMAL, SOURCE);
    expect(config.mode).toBe('dry-run');
    expect(config.strategy.within.map((limit) => limit.kind)).toEqual([
      'staleness',
      'divergence',
      'slippage',
      'turnover',
      'worthwhile',
    ]);
    expect(config).toMatchObject({ every: 60, api: { port: 4747 }, journal: { kind: 'folder', folder: '.trimtab' } });
    expect(config.chain).toMatchObject({ confirmations: 2, tip: 10n ** 9n, maxFee: 500n * 10n ** 9n });
    expect(config.strategy.trading).toEqual({ minNotional: 50n * 10n ** 18n, slippage: 30, lifetime: 600 });
  });

  test('reads every unit into the units of core', () => {
    const strategy = {
      targets: { WETH: '33.3333%', USDC: '66.6667%' },
      band: { absolute: '2.5pp', relative: '25%', 'per-asset': { WETH: { absolute: '1pp' } } },
      calendar: { every: '7d', from: '2024-02-29T12:30:00Z' },
      landing: 'edge',
      'min-trade': '12.5 USD',
      slippage: '0.3%',
      lifetime: '10m',
    };
    const chain = { ...MINIMAL.chain, confirmations: '12', tip: '0.01 gwei', 'max-fee': '30 gwei' };
    expect(Config.parse({ ...MINIMAL, chain, every: '90s', strategy }, SOURCE)).toMatchObject({
      every: 90,
      chain: { confirmations: 12, tip: 10_000_000n, maxFee: 30_000_000_000n },
      strategy: {
        targets: { WETH: 0.333333, USDC: 0.666667 },
        band: { absolute: 250, relative: 2_500, perAsset: { WETH: { absolute: 100 } } },
        calendar: { every: 604_800, from: 1_709_209_800 },
        landing: 'edge',
        trading: { minNotional: 125n * 10n ** 17n, slippage: 30, lifetime: 600 },
      },
    });
  });

  test('takes addresses in any case and keeps them in lower case', () => {
    expect(Config.parse({ ...MINIMAL, vault: `0x${'AB'.repeat(20)}` }, SOURCE).vault).toBe(VAULT);
  });
});

describe('a problem', () => {
  test('of weights names the sum, the entries and the step to 100 %', () => {
    expect(problems(withStrategy({ targets: { WETH: '60%', USDC: '39%' } }))).toEqual([
      'strategy.targets: sums to 99 %; weights must sum to 100 %; raise one of WETH 60 %, USDC 39 % by 1 pp',
    ]);
  });

  test('of an unknown key offers the key that was meant, at any depth', () => {
    expect(problems({ ...MINIMAL, valt: 1, strategy: { ...MINIMAL.strategy, limits: { stalenes: '5m' } } })).toEqual([
      'strategy.limits.stalenes: is not a key of the configuration; did you mean staleness?',
      'valt: is not a key of the configuration; did you mean vault?',
    ]);
    expect(problems(withStrategy({ band: { 'per-asset': { WETH: { absolut: '1pp' } }, absolute: '5pp' } }))).toEqual([
      'strategy.band.per-asset.WETH.absolut: is not a key of the configuration; did you mean absolute?',
    ]);
  });

  test.each([
    ['5', 'has no unit; write percentage points such as 5pp'],
    [
      '5%',
      'could mean points of the portfolio or a share of the target; write 5pp for ±5 points of the portfolio, or put 5% under `relative`',
    ],
    ['60pp', 'is outside 0.01pp to 50pp; write a value within 0.01pp to 50pp'],
    ['2.505pp', 'is not a number, or is finer than a basis point (0.01 %); write percentage points such as 2.5pp'],
  ])('of a band written %s says what to write', (absolute, message) => {
    expect(problems(withStrategy({ band: { absolute } }))).toEqual([
      `strategy.band.absolute "${absolute}": ${message}`,
    ]);
  });

  test.each([
    [{ confirmations: '0' }, 'chain.confirmations "0": is outside 1 to 100; write a value within 1 to 100'],
    [{ 'max-fee': '30' }, 'chain.max-fee "30": is not a price of gas in gwei; write a price such as 30 gwei'],
    [{ tip: '0.0000000001 gwei' }, 'is not a price of gas in gwei'],
    [{ 'max-fee': '10000.1 gwei' }, 'is outside 0 gwei to 10000 gwei'],
    [
      { tip: '3 gwei', 'max-fee': '3 gwei' },
      'chain.max-fee "3 gwei": leaves nothing for the base fee; raise it, or lower chain.tip below it',
    ],
    [{ 'max-fe': '3 gwei' }, 'did you mean max-fee?'],
  ])('of what the chain may cost says what to write: %#', (part, message) => {
    expect(problems({ ...MINIMAL, chain: { ...MINIMAL.chain, ...part } })).toEqual([expect.stringContaining(message)]);
  });

  test('does not hide another: all are told at once', () => {
    const told = problems({
      ...MINIMAL,
      version: '2',
      mode: 'live',
      vault: 'x',
      pools: [],
      every: '5',
      strategy: { targets: { WETH: 'lots' } },
    });
    expect(told.map((line) => line.split(/[ :]/)[0])).toEqual([
      'version',
      'vault',
      'pools',
      'strategy.targets.WETH',
      'every',
      'strategy',
      'keystore',
    ]);
  });

  test('names file and line where the caller knows them', () => {
    const source = { file: 'my.yaml', line: (path: Config.Path) => (path.join('.') === 'vault' ? 7 : undefined) };
    expect(() => Config.parse({ ...MINIMAL, vault: '0x12' }, source)).toThrow(
      'my.yaml has a problem:\n  line 7: vault "0x12": is not an address; write 0x and 40 hexadecimal digits',
    );
  });

  test.each([
    [{ keystore: { file: 'k.json', passphrase: 'hunter2' } }],
    [{ journal: { url: 'postgres://u:hunter2@host/db' } }],
    [{ chain: { id: '1', rpc: 'https://me:hunter2@host', native: NATIVE } }],
    [{ 'private-key': 'hunter2' }],
  ])('never repeats a secret that was pasted in: %#', (part) => {
    const told = problems({ ...MINIMAL, ...part });
    expect(told).toHaveLength(1);
    expect(told.join()).not.toContain('hunter2');
  });

  test('covers input of any shape', () => {
    for (const raw of [
      null,
      'text',
      [],
      {},
      { strategy: [] },
      { strategy: { targets: 5 } },
      { chain: 'x', pools: { a: 1 } },
      JSON.parse('{"__proto__": {"mode": "live"}}'),
    ]) {
      expect(problems(raw).length).toBeGreaterThan(0);
    }
  });

  test('is told for a strategy that nothing would ever set off', () => {
    expect(problems({ ...MINIMAL, strategy: { targets: MINIMAL.strategy.targets } })).toEqual([
      'strategy: has nothing that would make a rebalance due; add `band: { absolute: 5pp }` or `calendar: { every: 7d }`',
    ]);
    expect(problems(withStrategy({ band: {} }))).toHaveLength(1);
  });
});

describe('the strategy of a configuration', () => {
  const wanted = (strategy: object) => Config.parse(withStrategy(strategy), SOURCE).strategy;

  test('names the assets that the vault holds', () => {
    const strategy = Config.strategyFor(
      wanted({ band: { absolute: '5pp', 'per-asset': { USDC: { relative: '10%' } } } }),
      ASSETS,
      SOURCE,
    );
    expect(strategy.toward).toEqual({ kind: 'fixed', weights: { [WETH.id]: 0.6, [USDC.id]: 0.4 } });
    expect(strategy.when).toEqual({ kind: 'band', absolute: 500, perAsset: { [USDC.id]: { relative: 1_000 } } });
  });

  test('has both triggers where both are given', () => {
    expect(Config.strategyFor(wanted({ calendar: { every: '1d' } }), ASSETS, SOURCE).when).toMatchObject({
      kind: 'any',
      of: [{ kind: 'band' }, { kind: 'calendar', every: 86_400 }],
    });
  });

  test('refuses a symbol that the vault does not hold, with the list of those it does', () => {
    expect(() => Config.strategyFor(wanted({ targets: { WETHH: '60%', USDC: '40%' } }), ASSETS, SOURCE)).toThrow(
      'strategy.targets.WETHH: is not an asset of the vault; did you mean WETH? the vault holds WETH, USDC',
    );
  });

  test('refuses a vault asset without a weight', () => {
    const held = [...ASSETS, { id: `eip155:8453/0x${'03'.repeat(20)}`, symbol: 'WBTC', decimals: 8 }];
    expect(() => Config.strategyFor(wanted({}), held, SOURCE)).toThrow(
      'has no weight for WBTC, which the vault holds; add WBTC; 0% sells all of it',
    );
  });

  test('takes an address where two assets share a symbol', () => {
    const twin = [WETH, { ...USDC, symbol: 'WETH' }];
    const address = USDC.id.slice(-42);
    expect(() => Config.strategyFor(wanted({ targets: { WETH: '60%', USDC: '40%' } }), twin, SOURCE)).toThrow(
      'names 2 assets of the vault',
    );
    const targets = { [WETH.id.slice(-42)]: '60%', [address]: '40%' };
    expect(Config.strategyFor(wanted({ targets }), twin, SOURCE).toward).toEqual({
      kind: 'fixed',
      weights: { [WETH.id]: 0.6, [USDC.id]: 0.4 },
    });
  });
});
