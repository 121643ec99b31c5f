// Every way in which the settler, its policy and its oracle can say no, provoked on a real chain.

import { RouterFiller } from '@trimtab/contracts';
import type { Authorise, Swap } from '@trimtab/core';
import { zeroAddress } from 'viem';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Deployer from '../local/Deployer.ts';
import { openStage, type Stage } from '../local/openStage.ts';
import * as Rehearsal from '../local/Rehearsal.ts';
import * as SampleWorld from '../local/SampleWorld.ts';
import * as Rpc from './Rpc.ts';
import { vaultCustody } from './vaultCustody.ts';

const GWEI = 10n ** 9n;

let stage: Stage;
beforeEach(async () => {
  stage = await openStage({ cooldown: 600 });
});
afterEach(() => stage.close());

describe('a swap', () => {
  test('waits while the vault asks more than the market pays, and goes through once it asks less', async () => {
    const venue = await Rehearsal.open(stage, { decay: 600 });
    await Rehearsal.done(stage, await Rehearsal.authorise(stage), venue);
    // A fee of 0.3 % is met when the discount has grown to it: after 90 of 600 seconds on the way to 2 %.
    const step = await Rehearsal.swap(stage, [[1]]);
    expect(await venue.prove(step, { number: 0 })).toMatchObject({ kind: 'failed', next: 'wait' });
    await stage.mine();
    expect((await Rehearsal.done(stage, step, venue)).found).toMatchObject({ kind: 'settled' });
  });

  test('is given up where even the last price asks more than the market pays', async () => {
    await Rehearsal.done(stage, await Rehearsal.authorise(stage, { floorDiscount: 10 }));
    const proof = await stage.venue.prove(await Rehearsal.swap(stage, [[1]]), { number: 0 });
    expect(proof).toMatchObject({ kind: 'failed', next: 'abort' });
    expect(proof).toMatchObject({ why: expect.stringMatching(/the markets bring \d+, the vault asks \d+/) });
  });

  test('goes over two pools at once, and over two one after another, for what core computes', async () => {
    await Rehearsal.done(stage, await Rehearsal.authorise(stage));
    for (const paths of [[[0], [1]], [[2, 3]]]) {
      const step = await Rehearsal.swap(stage, paths);
      const { found } = await Rehearsal.done(stage, step);
      expect(found).toMatchObject({ kind: 'settled', fill: { sold: step.sold, received: step.expected } });
    }
  });

  test('waits for a price that is usable', async () => {
    await Rehearsal.done(stage, await Rehearsal.authorise(stage));
    await stage.actor.nextBlock(SampleWorld.BEGINS + 4_000, GWEI);
    const proof = await stage.venue.prove(await Rehearsal.swap(stage, [[0]]), { number: 0 });
    expect(proof).toMatchObject({ kind: 'failed', next: 'wait', why: expect.stringContaining('stale') });
  });

  test.each([
    ['past its deadline', { deadline: SampleWorld.BEGINS }, /deadline/],
    ['beyond what was authorised', { sold: 600n * 10n ** 18n }, /routes|allows|AmountsDoNotSum/],
    [
      'through a pool that is not ours',
      { routes: [{ markets: ['uniswap-v3:1/0x'], through: [], sold: 1n, expected: 1n }] },
      /no pool/,
    ],
    [
      'along a route that ends elsewhere',
      { buy: 'eip155:31337/0x00000000000000000000000000000000000000aa' },
      /ends in/,
    ],
  ])('is given up %s', async (_, overrides: Partial<Swap>, why) => {
    await Rehearsal.done(stage, await Rehearsal.authorise(stage));
    const proof = await stage.venue.prove({ ...(await Rehearsal.swap(stage, [[0]])), ...overrides }, { number: 0 });
    expect(proof).toMatchObject({ kind: 'failed', next: 'abort', why: expect.stringMatching(why) });
  });
});

describe('an authorisation', () => {
  test('waits for the cool-down, then passes', async () => {
    await Rehearsal.done(stage, await Rehearsal.authorise(stage));
    const next = await Rehearsal.authorise(stage);
    const { permits } = await stage.custody.holdings(await stage.venue.head());
    expect(permits.readyAt).toBe(SampleWorld.BEGINS + 660);
    const proof = await stage.venue.prove(next, { number: 0 });
    expect(proof).toMatchObject({
      kind: 'failed',
      next: 'wait',
      why: expect.stringContaining(String(SampleWorld.BEGINS + 660)),
    });
    await stage.actor.nextBlock(SampleWorld.BEGINS + 660, GWEI);
    expect(await stage.venue.prove(next, { number: 0 })).toMatchObject({ kind: 'proved' });
  });

  test.each([
    ['another was first', { nonce: 2 }, /not the next one/],
    ['it asks for a discount the policy forbids', { floorDiscount: 201 }, /exceeds the policy/],
    ['it lasts longer than the policy allows', { deadline: SampleWorld.BEGINS + 200_000 }, /window/],
    ['its targets are worth nothing like the vault', { supply: 10n ** 20n }, /targets/],
  ])('is given up where %s', async (_, overrides: Partial<Authorise>, why) => {
    const proof = await stage.venue.prove(await Rehearsal.authorise(stage, overrides), { number: 0 });
    expect(proof).toMatchObject({ kind: 'failed', next: 'abort', why: expect.stringMatching(why) });
  });

  test('waits while gas is dearer than we may pay, and while we cannot pay for it', async () => {
    const dear = await Rehearsal.open(stage, { maxFee: GWEI });
    expect(await dear.prove(await Rehearsal.authorise(stage), { number: 0 })).toMatchObject({
      next: 'wait',
      why: /above the limit/,
    });
    await stage.rpc.request('anvil_setBalance', [stage.account.address, '0x1']);
    const proof = await stage.venue.prove(await Rehearsal.authorise(stage), { number: 0 });
    expect(proof).toMatchObject({ next: 'wait', why: expect.stringMatching(/cannot pay for gas/) });
  });

  test.each([
    ['gas is dearer than we may pay', { maxFee: GWEI }, '0xde0b6b3a7640000'],
    ['we cannot pay for gas', {}, '0x1'],
  ])('is given up past its deadline also where %s', async (_, options, balance) => {
    const venue = await Rehearsal.open(stage, options);
    const step = await Rehearsal.authorise(stage, { deadline: SampleWorld.BEGINS + 100 });
    await stage.rpc.request('anvil_setBalance', [stage.account.address, balance]);
    expect(await venue.prove(step, { number: 0 })).toMatchObject({ next: 'wait' });
    await stage.actor.nextBlock(SampleWorld.BEGINS + 101, GWEI);
    const proof = await venue.prove(step, { number: 0 });
    expect(proof).toMatchObject({ kind: 'failed', next: 'abort' });
    const [deadline, now] = [SampleWorld.BEGINS + 100, SampleWorld.BEGINS + 101];
    expect(proof).toMatchObject({ why: expect.stringMatching(new RegExp(`deadline ${deadline} s .* ${now} s`)) });
  });

  test('bids no more of a tip and no more in all than it may', async () => {
    const venue = await Rehearsal.open(stage, { tip: 2n * GWEI, maxFee: 3n * GWEI });
    const proof = await venue.prove(await Rehearsal.authorise(stage), { number: 0 });
    expect(proof).toMatchObject({ unsigned: { maxTip: 2n * GWEI, maxFee: 3n * GWEI } });
  });

  test('that bids less than the base fee has become is neither sent nor failed, and is outbid at its nonce', async () => {
    const step = await Rehearsal.authorise(stage);
    const first = await Rehearsal.signed(stage, step);
    await stage.actor.nextBlock(SampleWorld.BEGINS + 60, 50n * GWEI);
    const bare = stage.rpc.request('eth_sendRawTransaction', [first.raw]);
    await expect(bare).rejects.toMatchObject({ reason: expect.stringContaining('less than block base fee') });
    await stage.venue.send(first);
    expect(await stage.venue.find(first, step)).toEqual({ kind: 'absent' });
    const second = await Rehearsal.signed(stage, step, first);
    expect(second.nonce).toBe(first.nonce);
    await stage.venue.send(second);
    await stage.actor.nextBlock(SampleWorld.BEGINS + 120, 50n * GWEI);
    expect(await stage.venue.find(second, step)).toMatchObject({ kind: 'settled' });
  });

  test('is refused without the key, and by everyone but the strategist', async () => {
    const { rpc, world } = stage;
    const readOnly = await vaultCustody({ rpc, vault: world.vault });
    const proof = await stage.venue.prove(await Rehearsal.authorise(stage), { number: 0 });
    if (proof.kind === 'failed') throw new Error(proof.why);
    await expect(readOnly.sign(proof.unsigned)).rejects.toMatchObject({ name: 'NoKey', next: 'halt' });
    const stranger = await Rehearsal.open(stage, { from: world.deployer });
    const refused = await stranger.prove(await Rehearsal.authorise(stage), { number: 0 });
    expect(refused).toMatchObject({ next: 'abort', why: expect.stringContaining('is not the strategist') });
  });
});

describe('opening', () => {
  test('refuses another chain', async () => {
    const rpc = Rpc.open(stage.anvil.rpc, 1);
    await expect(Rehearsal.open(stage, { rpc })).rejects.toMatchObject({ name: 'WrongChain', next: 'halt' });
  });

  test('refuses addresses that do not belong together', async () => {
    const { rpc, world } = stage;
    await expect(Rehearsal.open(stage, { pools: [world.vault] })).rejects.toBeInstanceOf(Rpc.ProviderFailure);
    const deployer = await Deployer.open(rpc, 0n);
    const other = Deployer.deploy(deployer, 'filler', RouterFiller, [world.hub, world.uniswapFactory, zeroAddress]);
    const elsewhere = Deployer.deploy(deployer, 'filler', RouterFiller, [world.settler, world.hub, zeroAddress]);
    await Deployer.settle(deployer, SampleWorld.BEGINS + 60);
    await expect(Rehearsal.open(stage, { filler: other })).rejects.toMatchObject({ name: 'VenueMismatch' });
    await expect(Rehearsal.open(stage, { filler: elsewhere })).rejects.toMatchObject({ name: 'VenueMismatch' });
  });
});
