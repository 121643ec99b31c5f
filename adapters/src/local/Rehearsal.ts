// Steps small enough for the sample world, done one at a time: what the tests of the chain adapters rehearse with.

import { Market } from '@trimtab/core';
import type { AssetId, Authorise, Route, Swap } from '@trimtab/core';
import type { Found, Signed, Venue } from '@trimtab/engine';
import { settlerVenue, type SettlerVenueOptions } from '../chain/settlerVenue.ts';
import type { Stage } from './openStage.ts';
import * as SampleWorld from './SampleWorld.ts';

/** Let up to 6 ether be sold and 10,000 dollars be bought, and nothing else. */
export async function authorise(stage: Stage, overrides: Partial<Authorise> = {}): Promise<Authorise> {
  const { holdings, permits } = await stage.custody.holdings(await stage.venue.head());
  const { nonce, supply } = permits;
  const moves = [-6n * 10n ** 18n, 0n, 10_000n * 10n ** 6n];
  const legs = holdings.map(({ asset, atoms }, i) => {
    const bound = atoms + (moves[i] ?? 0n);
    return { asset, sellDownTo: bound, buyUpTo: bound };
  });
  const deadline = SampleWorld.BEGINS + 7_200;
  return { kind: 'authorise', nonce: nonce + 1, deadline, floorDiscount: 200, supply, legs, why: '', ...overrides };
}

/** Sell ether for dollars over these routes, each given by the places of its pools in the sample world. */
export async function swap(
  stage: Stage,
  paths: readonly (readonly number[])[],
  sold: bigint = 10n ** 18n,
): Promise<Swap> {
  const { markets } = await stage.venue.markets(await stage.venue.head());
  const [sell, , buy] = stage.custody.assets.map(({ id }) => id);
  if (sell === undefined || buy === undefined) throw new RangeError('the sample world has three assets');
  const part = sold / BigInt(paths.length);
  const routes = paths.map((path): Route => {
    let [asset, amount] = [sell, part];
    const between: AssetId[] = [];
    const ids = path.map((place) => {
      const market = markets[place];
      if (market === undefined) throw new RangeError(`the sample world has no pool ${place}`);
      const swapped = Market.swap(market, asset, amount);
      [asset, amount] = [swapped.buy, swapped.bought];
      between.push(asset);
      return market.id;
    });
    return { markets: ids, through: between.slice(0, -1), sold: part, expected: amount };
  });
  const expected = routes.reduce((sum, route) => sum + route.expected, 0n);
  const cost = { fee: 0n, impact: 0n, gas: 0n, bridge: 0n, mev: 0n };
  return {
    kind: 'swap',
    sell,
    buy,
    sold,
    expected,
    floor: expected,
    routes,
    deadline: SampleWorld.BEGINS + 7_200,
    cost,
    why: '',
  };
}

/** Open the stage's venue another way. */
export function open({ rpc, world, account }: Stage, overrides: Partial<SettlerVenueOptions> = {}): Promise<Venue> {
  const { vault, filler, native } = world;
  const pools = world.pools.map(({ address }) => address);
  return settlerVenue({ rpc, vault, filler, native, pools, from: account.address, ...overrides });
}

/** Prove and sign a step, in place of an earlier attempt where there is one. Throws where it cannot be proved. */
export async function signed(
  stage: Stage,
  step: Authorise | Swap,
  replaces?: Signed,
  venue: Venue = stage.venue,
): Promise<Signed> {
  const proof = await venue.prove(step, replaces === undefined ? { number: 0 } : { number: 1, replaces });
  if (proof.kind === 'failed') throw new Error(proof.why);
  return stage.custody.sign(proof.unsigned);
}

/** Do a step: prove, sign, send, make a block, and find it. Throws where it cannot be proved. */
export async function done(
  stage: Stage,
  step: Authorise | Swap,
  venue: Venue = stage.venue,
): Promise<{ readonly signed: Signed; readonly found: Found }> {
  const bytes = await signed(stage, step, undefined, venue);
  await venue.send(bytes);
  await stage.mine();
  return { signed: bytes, found: await venue.find(bytes, step) };
}
