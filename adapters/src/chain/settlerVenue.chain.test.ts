import { FixedPoint, Market } from '@trimtab/core';
import type { Authorise, Route, Swap } from '@trimtab/core';
import { RouterFiller } from '@trimtab/contracts';
import type { Proof, Signed, Venue } from '@trimtab/engine';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Deployer from '../local/Deployer.ts';
import { openStage, type Stage } from '../local/openStage.ts';
import { BEGINS } from '../local/sampleWorld.ts';
import * as Rpc from './Rpc.ts';
import { settlerVenue } from './settlerVenue.ts';
import { vaultCustody } from './vaultCustody.ts';

const GWEI = 10n ** 9n;
const FREE = { fee: 0n, impact: 0n, gas: 0n };

let stage: Stage;
beforeEach(async () => {
  stage = await openStage({ cooldown: 600 });
});
afterEach(() => stage.close());

/** Let up to 6 ether be sold and 10,000 dollars be bought, and nothing else. */
async function authorise(overrides: Partial<Authorise> = {}): Promise<Authorise> {
  const { holdings, permits } = await stage.custody.holdings(await stage.venue.head());
  const { nonce, supply } = permits;
  const moves = [-6n * 10n ** 18n, 0n, 10_000n * 10n ** 6n];
  const legs = holdings.map(({ asset, atoms }, i) => {
    const bound = atoms + (moves[i] ?? 0n);
    return { asset, sellDownTo: bound, buyUpTo: bound };
  });
  const deadline = BEGINS + 7_200;
  return { kind: 'authorise', nonce: nonce + 1, deadline, floorDiscount: 200, supply, legs, why: '', ...overrides };
}

/** Sell ether for dollars over these routes, each given by the indices of its pools. */
async function swap(paths: readonly (readonly number[])[], sold = 10n ** 18n): Promise<Swap> {
  const { markets } = await stage.venue.markets(await stage.venue.head());
  const [weth, , usdc] = stage.custody.assets;
  const routes = paths.map((path): Route => {
    const part = sold / BigInt(paths.length);
    let [asset, amount] = [weth!.id, part];
    for (const index of path) {
      const swapped = Market.swap(markets[index]!, asset, amount);
      [asset, amount] = [swapped.buy, swapped.bought];
    }
    return { markets: path.map((index) => markets[index]!.id), sold: part, expected: amount };
  });
  const expected = routes.reduce((sum, route) => sum + route.expected, 0n);
  const [sell, buy, deadline] = [weth!.id, usdc!.id, BEGINS + 7_200];
  return { kind: 'swap', sell, buy, sold, expected, floor: expected, routes, deadline, cost: FREE, why: '' };
}

function open(overrides: Partial<Parameters<typeof settlerVenue>[0]> = {}): Promise<Venue> {
  const { rpc, world, account } = stage;
  const { vault, filler, native } = world;
  const pools = world.pools.map(({ address }) => address);
  return settlerVenue({ rpc, vault, filler, native, pools, from: account.address, ...overrides });
}

async function sign(proof: Proof): Promise<Signed> {
  if (proof.kind === 'failed') throw new Error(proof.why);
  return stage.custody.sign(proof.unsigned);
}

async function done(venue: Venue, step: Authorise | Swap) {
  const signed = await sign(await venue.prove(step, { number: 0 }));
  await venue.send(signed);
  await stage.mine();
  return { signed, found: await venue.find(signed, step) };
}

describe('a swap', () => {
  test('waits while the vault asks more than the market pays, and goes through once it asks less', async () => {
    const venue = await open({ decay: 600 });
    await done(venue, await authorise());
    // A fee of 0.3 % is met when the discount has grown to it: after 90 of 600 seconds on the way to 2 %.
    const step = await swap([[1]]);
    expect(await venue.prove(step, { number: 0 })).toMatchObject({ kind: 'failed', next: 'wait' });
    await stage.mine();
    expect((await done(venue, step)).found).toMatchObject({ kind: 'settled' });
  });

  test('is given up where even the last price asks more than the market pays', async () => {
    await done(stage.venue, await authorise({ floorDiscount: 10 }));
    const proof = await stage.venue.prove(await swap([[1]]), { number: 0 });
    expect(proof).toMatchObject({ kind: 'failed', next: 'abort' });
    expect(proof).toMatchObject({ why: expect.stringMatching(/the markets bring \d+, the vault asks \d+/) });
  });

  test('goes over two pools at once, and over two one after another, for what core computes', async () => {
    await done(stage.venue, await authorise());
    for (const paths of [[[0], [1]], [[2, 3]]]) {
      const step = await swap(paths);
      const { found } = await done(stage.venue, step);
      expect(found).toMatchObject({ kind: 'settled', fill: { sold: step.sold, received: step.expected } });
    }
  });

  test('waits for a price that is usable', async () => {
    await done(stage.venue, await authorise());
    await stage.actor.nextBlock(BEGINS + 4_000, GWEI);
    const proof = await stage.venue.prove(await swap([[0]]), { number: 0 });
    expect(proof).toMatchObject({ kind: 'failed', next: 'wait', why: expect.stringContaining('stale') });
  });

  test.each([
    ['past its deadline', { deadline: BEGINS }, /deadline/],
    ['beyond what was authorised', { sold: 600n * 10n ** 18n }, /routes|allows|AmountsDoNotSum/],
    [
      'through a pool that is not ours',
      { routes: [{ markets: ['uniswap-v3:1/0x'], sold: 1n, expected: 1n }] },
      /no pool/,
    ],
    [
      'along a route that ends elsewhere',
      { buy: 'eip155:31337/0x00000000000000000000000000000000000000aa' },
      /ends in/,
    ],
  ])('is given up %s', async (_, overrides: Partial<Swap>, why) => {
    await done(stage.venue, await authorise());
    const proof = await stage.venue.prove({ ...(await swap([[0]])), ...overrides }, { number: 0 });
    expect(proof).toMatchObject({ kind: 'failed', next: 'abort', why: expect.stringMatching(why) });
  });
});

describe('an authorisation', () => {
  test('waits for the cool-down, then passes', async () => {
    await done(stage.venue, await authorise());
    const next = await authorise();
    const { permits } = await stage.custody.holdings(await stage.venue.head());
    expect(permits.readyAt).toBe(BEGINS + 660);
    const proof = await stage.venue.prove(next, { number: 0 });
    expect(proof).toMatchObject({ kind: 'failed', next: 'wait', why: expect.stringContaining(String(BEGINS + 660)) });
    await stage.actor.nextBlock(BEGINS + 660, GWEI);
    expect(await stage.venue.prove(next, { number: 0 })).toMatchObject({ kind: 'proved' });
  });

  test.each([
    ['another was first', { nonce: 2 }, /not the next one/],
    ['it asks for a discount the policy forbids', { floorDiscount: 201 }, /exceeds the policy/],
    ['it lasts longer than the policy allows', { deadline: BEGINS + 200_000 }, /window/],
    ['its targets are worth nothing like the vault', { supply: 10n ** 20n }, /targets/],
  ])('is given up where %s', async (_, overrides: Partial<Authorise>, why) => {
    const proof = await stage.venue.prove(await authorise(overrides), { number: 0 });
    expect(proof).toMatchObject({ kind: 'failed', next: 'abort', why: expect.stringMatching(why) });
  });

  test('waits while gas is dearer than we may pay, and while we cannot pay for it', async () => {
    const dear = await open({ maxFee: GWEI });
    expect(await dear.prove(await authorise(), { number: 0 })).toMatchObject({ next: 'wait', why: /above the limit/ });
    await stage.rpc.request('anvil_setBalance', [stage.account.address, '0x1']);
    const proof = await stage.venue.prove(await authorise(), { number: 0 });
    expect(proof).toMatchObject({ next: 'wait', why: expect.stringMatching(/cannot pay for gas/) });
  });

  test('is refused without the key, and by everyone but the strategist', async () => {
    const { rpc, world } = stage;
    const readOnly = await vaultCustody({ rpc, vault: world.vault });
    const proof = await stage.venue.prove(await authorise(), { number: 0 });
    if (proof.kind === 'failed') throw new Error(proof.why);
    await expect(readOnly.sign(proof.unsigned)).rejects.toMatchObject({ name: 'NoKey', next: 'halt' });
    const stranger = await open({ from: world.deployer });
    const refused = await stranger.prove(await authorise(), { number: 0 });
    expect(refused).toMatchObject({ next: 'abort', why: expect.stringContaining('is not the strategist') });
  });
});

describe('what was sent', () => {
  test('is under way again after a reorganisation, and lands by the same bytes', async () => {
    const step = await authorise();
    const { signed, found } = await done(stage.venue, step);
    expect(found).toMatchObject({ kind: 'settled' });
    await stage.rpc.request('anvil_reorg', [1, []]);
    expect(['absent', 'pending']).toContain((await stage.venue.find(signed, step)).kind);
    await stage.venue.send(signed);
    await stage.mine();
    expect(await stage.venue.find(signed, step)).toMatchObject({ kind: 'settled' });
  });

  test('is absent once the network forgot it, and lands by the same bytes', async () => {
    const step = await authorise();
    const signed = await sign(await stage.venue.prove(step, { number: 0 }));
    await stage.venue.send(signed);
    await stage.rpc.request('anvil_dropAllTransactions', []);
    expect(await stage.venue.find(signed, step)).toEqual({ kind: 'absent' });
    await stage.venue.send(signed);
    await stage.mine();
    expect(await stage.venue.find(signed, step)).toMatchObject({ kind: 'settled' });
  });

  test('is not looked for among fills of another pair', async () => {
    await done(stage.venue, await authorise());
    const step = await swap([[0]]);
    const { signed } = await done(stage.venue, step);
    const [, wbtc] = stage.custody.assets;
    const find = stage.venue.find(signed, { ...step, buy: wbtc!.id });
    await expect(find).rejects.toMatchObject({ name: 'FillMismatch', next: 'halt' });
  });
});

describe('opening', () => {
  test('refuses another chain', async () => {
    const rpc = Rpc.open(stage.anvil.rpc, 1);
    await expect(open({ rpc })).rejects.toMatchObject({ name: 'WrongChain', next: 'halt' });
  });

  test('refuses addresses that do not belong together', async () => {
    const { rpc, world } = stage;
    await expect(open({ pools: [world.vault] })).rejects.toBeInstanceOf(Rpc.ProviderFailure);
    const deployer = await Deployer.open(rpc, 0n);
    const other = Deployer.deploy(deployer, 'filler', RouterFiller, [world.hub, world.uniswapFactory]);
    const elsewhere = Deployer.deploy(deployer, 'filler', RouterFiller, [world.settler, world.hub]);
    await Deployer.settle(deployer, BEGINS + 60);
    await expect(open({ filler: other })).rejects.toMatchObject({ name: 'VenueMismatch' });
    await expect(open({ filler: elsewhere })).rejects.toMatchObject({ name: 'VenueMismatch' });
  });
});

describe('what custody permits', () => {
  test('shrinks by what a fill sold and lost, and grows back with time', async () => {
    const { custody, venue } = stage;
    const room = async () => (await custody.holdings(await venue.head())).permits;
    await done(venue, await authorise());
    const before = await room();
    const sold = 5n * 10n ** 18n;
    const { found } = await done(venue, await swap([[0]], sold));
    const after = await room();
    if (found.kind !== 'settled') throw new Error(found.kind);
    const worth = sold * 1_800n;
    const lost = worth - (found.fill?.received ?? 0n) * 10n ** 12n;
    // The settler rounds up, and the vault is worth a little less after the loss.
    expect(relative(before.turnoverRoom - after.turnoverRoom, worth)).toBeLessThan(0.01);
    expect(relative(before.lossRoom - after.lossRoom, lost)).toBeLessThan(0.02);
    await stage.actor.nextBlock(BEGINS + 3_000, GWEI);
    expect((await room()).turnoverRoom).toBeGreaterThan(after.turnoverRoom);
  });

  test('is nothing while one price is unusable', async () => {
    await stage.actor.nextBlock(BEGINS + 4_000, GWEI);
    const { permits } = await stage.custody.holdings(await stage.venue.head());
    expect(permits).toMatchObject({ lossRoom: 0n, turnoverRoom: 0n });
  });
});

function relative(a: bigint, b: bigint): number {
  return Math.abs(Number(FixedPoint.divDown((a - b) * 1_000_000n, b))) / 1e6;
}
