// The chain as a value: every change is a function from one state to the next, so a state kept is a state proved
// against, and nothing that fails leaves a trace.

import { Amount, Market } from '@trimtab/core';
import type { AssetId, MarketId, Price, Route, Step, Swap, Time, Usd } from '@trimtab/core';
import type { Fill } from '@trimtab/engine';
import * as Arbitrageur from '../actors/Arbitrageur.ts';
import * as FeedKeeper from '../actors/FeedKeeper.ts';
import { pushPool } from './pushPool.ts';
import * as Settler from './Settler.ts';
import type { Spec } from './Spec.ts';

/** Hold everything that is on chain after one block, or in the middle of one. */
export type Chain = {
  readonly spec: Spec;
  readonly number: bigint;
  readonly at: Time;
  /** What the vault holds, in atoms, in the order of the assets. */
  readonly held: readonly bigint[];
  readonly settler: Settler.Settler;
  /** In the order of the assets. */
  readonly feeds: readonly FeedKeeper.FeedKeeper[];
  readonly markets: ReadonlyMap<MarketId, Market>;
  /** {wei/gas} */
  readonly gasPrice: bigint;
  /** Transactions that our account has had mined. */
  readonly nonce: number;
};

/** Report one step done: the state after it, what moved, and the gas it used. */
export type Done = { readonly kind: 'done'; readonly chain: Chain; readonly fill?: Fill; readonly gas: bigint };

/** Start the chain of a spec. Throws RangeError where its lists do not match its assets. */
export function start(spec: Spec): Chain {
  const counts = { held: spec.held, prices: spec.prices, feeds: spec.feeds };
  for (const [name, list] of Object.entries(counts)) {
    if (list.length !== spec.assets.length)
      throw new RangeError(`${list.length} ${name} for ${spec.assets.length} assets: give one each, in order`);
  }
  return {
    spec,
    number: 1n,
    at: spec.at,
    held: spec.held,
    settler: Settler.start(spec.at, spec.bounds),
    feeds: spec.feeds.map((habit, i) => FeedKeeper.start(habit, spec.prices[i] ?? 0n, spec.at)),
    markets: new Map(spec.markets.map((market) => [market.id, market])),
    gasPrice: spec.gas.price,
    nonce: 0,
  };
}

/** Do one step of a plan as a transaction of the strategist's would, or say why it reverts. */
export function perform(chain: Chain, step: Step): Done | Settler.Reverted {
  switch (step.kind) {
    case 'authorise': {
      const done = Settler.propose(chain.settler, chain.spec.bounds, vaultOf(chain), step, chain.at);
      if (done.kind === 'reverted') return done;
      return { kind: 'done', chain: { ...chain, settler: done.settler }, gas: chain.spec.gas.authorise };
    }
    case 'swap':
      return swap(chain, step);
  }
}

/** Move the market: feeds that are not silenced look and may publish, then pools are traded back to their fee bands. */
export function follow(chain: Chain, fair: readonly Price[], silenced: ReadonlySet<AssetId>): Chain {
  const feeds = chain.feeds.map((keeper, i) => {
    const price = fair[i];
    if (price === undefined)
      throw new RangeError(`${fair.length} prices for ${chain.feeds.length} assets: give one each, in order`);
    return silenced.has(chain.spec.assets[i]?.id ?? '') ? keeper : FeedKeeper.tick(keeper, price, chain.at).keeper;
  });
  const market = Arbitrageur.fair(chain.spec.assets, fair);
  const markets = new Map(
    [...chain.markets].map(([id, venue]) => [id, Market.isPool(venue) ? pushPool(venue, market) : venue]),
  );
  return { ...chain, feeds, markets };
}

/** Show the vault as the settler sees it: a price older than its feed's heartbeat is none. */
export function vaultOf(chain: Chain): Settler.Vault {
  const positions = chain.spec.assets.map((asset, i): Settler.Holding => {
    const feed = chain.feeds[i];
    const fresh = feed !== undefined && chain.at - feed.answer.at <= feed.habit.heartbeat;
    return { asset, atoms: chain.held[i] ?? 0n, price: fresh ? feed.answer.price : undefined };
  });
  return { supply: chain.spec.supply, positions };
}

/** Value the vault at its feeds' last answers, however old: whether they are too old is the guard's to say. D18{USD} */
export function worthOf({ spec, held, feeds }: Chain): Usd {
  return spec.assets.reduce(
    (sum, { decimals }, i) => sum + Amount.valueDown(held[i] ?? 0n, decimals, feeds[i]?.answer.price ?? 0n),
    0n,
  );
}

/** Fill a swap through its routes, as the router does: all of it, for at least the floor, before the deadline. */
function swap(chain: Chain, step: Swap): Done | Settler.Reverted {
  if (chain.at > step.deadline)
    return { kind: 'reverted', why: `the deadline ${step.deadline} passed at ${chain.at}`, next: 'abort' };
  const markets = new Map(chain.markets);
  let received = 0n;
  for (const route of step.routes) {
    const out = along(markets, route, step);
    if (typeof out !== 'bigint') return out;
    received += out;
  }
  if (received < step.floor)
    return { kind: 'reverted', why: `the markets pay ${received}, below the floor ${step.floor}`, next: 'abort' };
  const fill: Fill = { sell: step.sell, buy: step.buy, sold: step.sold, received };
  const settled = Settler.fill(chain.settler, chain.spec.bounds, vaultOf(chain), fill, chain.at);
  if (settled.kind === 'reverted') return settled;
  const held = chain.spec.assets.map(({ id }, i) => {
    const before = chain.held[i] ?? 0n;
    return id === step.sell ? before - step.sold : id === step.buy ? before + received : before;
  });
  const hops = step.routes.reduce((n, { markets: path }) => n + path.length, 0);
  const gas = chain.spec.gas.swap + chain.spec.gas.hop * BigInt(Math.max(0, hops - 1));
  return { kind: 'done', chain: { ...chain, held, markets, settler: settled.settler }, fill, gas };
}

/** Sell through one market after another, leaving each as the trade leaves it. */
function along(
  markets: Map<MarketId, Market>,
  { markets: path, through, sold }: Route,
  step: Swap,
): bigint | Settler.Reverted {
  let asset = step.sell;
  let amount = sold;
  for (const [hop, id] of path.entries()) {
    const market = markets.get(id);
    if (market === undefined) return { kind: 'reverted', why: `there is no market ${id}`, next: 'abort' };
    const traded = Market.swap(market, asset, amount, through[hop] ?? step.buy);
    if (traded.sold < amount)
      return { kind: 'reverted', why: `${id} takes only ${traded.sold} of ${amount}`, next: 'abort' };
    markets.set(id, traded.after);
    asset = traded.buy;
    amount = traded.bought;
  }
  return asset === step.buy
    ? amount
    : { kind: 'reverted', why: `the route ends in ${asset}, not ${step.buy}`, next: 'abort' };
}
