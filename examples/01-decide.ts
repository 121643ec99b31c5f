// One decision, from a picture to an explained plan. Run it:
//
//     node examples/01-decide.ts
//
// A vault should hold 60 % WETH, 30 % WBTC and 10 % USDC, give or take two percentage points. WETH has just fallen
// from $2,000 to $1,500. Everything the decision may depend on is in the snapshot below; nothing else exists for it.

import { Bps, Drift, FixedPoint, Price, SqrtPrice, Weight, approximate, decide } from '@trimtab/core';
import type { Asset, Concentrated, ConstantProduct, Snapshot, Strategy } from '@trimtab/core';

const WETH: Asset = { id: 'eip155:1/0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2', symbol: 'WETH', decimals: 18 };
const WBTC: Asset = { id: 'eip155:1/0x2260fac5e5542a773aa44fbcfedf7c193bc2c599', symbol: 'WBTC', decimals: 8 };
const USDC: Asset = { id: 'eip155:1/0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48', symbol: 'USDC', decimals: 6 };
const ASSETS = [WETH, WBTC, USDC];

const tokens = (text: string, asset: Asset): bigint => FixedPoint.parse(text, asset.decimals);
const symbol = (id: string): string => ASSETS.find((asset) => asset.id === id)?.symbol ?? id;

// What should be held, when to act, and what no plan may exceed. A strategy is data: it can be stored and replayed.
const strategy: Strategy = {
  when: { kind: 'band', absolute: 200 },
  toward: { kind: 'fixed', weights: { [WETH.id]: 0.6, [WBTC.id]: 0.3, [USDC.id]: 0.1 } },
  landing: 'target',
  trading: { minNotional: Price.parse('50'), slippage: 50, lifetime: 120 },
  within: [
    { kind: 'staleness', grace: 60 },
    { kind: 'divergence', max: 100 },
    { kind: 'slippage', max: 150 },
    { kind: 'turnover', max: 3_000 },
    { kind: 'worthwhile', maxCost: 100 },
  ],
};

// Where it can trade: WETH/USDC at 0.05 % with liquidity around $1,500, and two pools that spread theirs everywhere.
const sqrtPriceX96 = SqrtPrice.atTick(-203_188); // $1,500: log(1500 · 10^6 / 10^18) / log(1.0001)
const concentrated: Concentrated = {
  kind: 'concentrated',
  id: 'uniswap-v3:1/weth-usdc-500',
  assets: [WETH.id, USDC.id],
  sqrtPriceX96,
  tick: SqrtPrice.tickAt(sqrtPriceX96),
  liquidity: 200_000_000_000_000_000n,
  feePpm: 500,
  tickSpacing: 10,
  ticks: [
    { index: -204_000, liquidityNet: 200_000_000_000_000_000n },
    { index: -202_000, liquidityNet: -200_000_000_000_000_000n },
  ],
  known: [-204_000, -202_000],
};
const pools: readonly ConstantProduct[] = [
  {
    kind: 'constant-product',
    id: 'uniswap-v2:1/weth-usdc',
    assets: [WETH.id, USDC.id],
    reserves: [tokens('20000', WETH), tokens('30000000', USDC)],
    feePpm: 3_000,
  },
  {
    kind: 'constant-product',
    id: 'uniswap-v2:1/wbtc-usdc',
    assets: [WBTC.id, USDC.id],
    reserves: [tokens('1000', WBTC), tokens('30000000', USDC)],
    feePpm: 3_000,
  },
];

const at = 1_700_000_000;
const price = (asset: Asset, dollars: string) => ({
  asset: asset.id,
  source: 'oracle',
  price: Price.parse(dollars),
  at: at - 30,
  heartbeat: 3_600,
});

const snapshot: Snapshot = {
  portfolio: 'eip155:1/0x00000000000000000000000000000000000a1b2c',
  at,
  block: { number: 18_560_000n, hash: `0x${'0'.repeat(64)}` },
  assets: ASSETS,
  holdings: [
    { asset: WETH.id, atoms: tokens('30', WETH) },
    { asset: WBTC.id, atoms: tokens('1', WBTC) },
    { asset: USDC.id, atoms: tokens('10000', USDC) },
  ],
  prices: [price(WETH, '1500'), price(WBTC, '30000'), price(USDC, '1')],
  markets: [concentrated, ...pools],
  gas: { price: 10n ** 10n, native: Price.parse('1500'), authorise: 200_000n, swap: 250_000n, hop: 90_000n },
  inFlight: [],
  custody: {
    supply: tokens('1000', WETH),
    nonce: 7,
    maxFloorDiscount: 200,
    maxBand: 500,
    lossRoom: Price.parse('2000'),
    turnoverRoom: Price.parse('50000'),
    readyAt: at - 600,
  },
};

const decision = decide(snapshot, strategy);

console.log(`${decision.kind.toUpperCase()} because ${decision.trigger}`);
for (const drift of decision.drift) {
  const where = Drift.outside(drift) === 0 ? 'inside its band' : 'outside its band';
  const worth = `${Price.dollars(drift.value)}, ${Weight.percent(drift.weight)} of the portfolio`;
  console.log(`  ${symbol(drift.asset)}: ${worth}; target ${Weight.percent(drift.target)}; ${where}`);
}

// A plan is made of steps in the order they must be done. Every trade has a floor: below it, the step fails.
// Sent in public, it is kept from being surrounded; a large one is cut into slices, one a block.
const plan = decision.kind === 'act' ? decision.plan : undefined;
for (const step of plan?.steps ?? []) {
  if (step.kind === 'authorise') {
    console.log(`plan ${step.nonce}: ${step.why}, at worst ${Bps.percent(step.floorDiscount)} below the oracle`);
    continue;
  }
  console.log(`- ${step.why}; at least ${Weight.percent(approximate(step.floor, step.expected))} of that`);
  if (step.guarded !== undefined) console.log(`  ${step.guarded.why}`);
  for (const { markets, sold } of step.routes) {
    console.log(`  ${Weight.percent(approximate(sold, step.sold))} through ${markets.join(', then ')}`);
  }
}
if (plan !== undefined) {
  const { fee, impact, gas } = plan.cost;
  const costs = `fees ${Price.dollars(fee)}, price impact ${Price.dollars(impact)}, gas ${Price.dollars(gas)}`;
  console.log(`No other plan is better by more than ${plan.proof.gapBps.toFixed(2)} bps of the portfolio.`);
  console.log(`Trades ${Price.dollars(plan.turnover)} for ${costs}. The guard let it pass.`);
}
