// What the engine relies on in a venue and the custody that signs for it, as tests. Every venue runs them, real or
// simulated: the engine cannot tell which world it is in, so neither may these tests.

import { Bps, Market } from '@trimtab/core';
import type { Authorise, MarketId, Step, Swap } from '@trimtab/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Custody, Fill, Proof, Signed, Venue } from '../ports.ts';
import { settle } from '../settle.ts';

/** Hold a venue in a world that the test may push around. Every test gets a fresh one; the vault holds something of each asset. */
export type VenueStage = {
  readonly venue: Venue;
  readonly custody: Custody;
  /** Make one block, a minute or more after the last, of everything that was sent; it lands in the order it was sent. */
  readonly mine: () => Promise<void>;
  /** From the next block on, and before anything sent after this call, let this market pay a few percent less for `sell`. */
  readonly spoil: (market: MarketId, sell: string) => Promise<void>;
  /** Use the signer's next nonce, in a block, for bytes that the venue never saw. */
  readonly intrude: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Run the suite against the worlds that `open` makes. */
export function venueConformance(name: string, open: () => Promise<VenueStage>): void {
  describe(`${name} is a venue`, () => {
    let stage: VenueStage;
    beforeEach(async () => {
      stage = await open();
    });
    afterEach(() => stage.close());

    test('reads the same world twice at the same head', async () => {
      const head = await stage.venue.head();
      const read = () => Promise.all([stage.custody.holdings(head), stage.venue.markets(head)]);
      const [held, { markets, gas }] = await read();
      await stage.mine();
      expect(await read()).toEqual([held, { markets, gas }]);
      expect(held.holdings.map(({ asset }) => asset)).toEqual(stage.custody.assets.map(({ id }) => id));
      expect(markets.length).toBeGreaterThan(0);
      expect(gas.price).toBeGreaterThan(0n);
      expect((await stage.venue.head()).block.number).toBeGreaterThan(head.block.number);
    });

    test('does an authorisation once, however often it is sent', async () => {
      const { authorise } = await rehearse(stage);
      const signed = await sign(stage, await proved(stage, authorise));
      expect(await stage.venue.find(signed, authorise)).toEqual({ kind: 'absent' });
      await stage.venue.send(signed);
      await stage.venue.send(signed);
      expect(await stage.venue.find(signed, authorise)).toEqual({ kind: 'pending' });
      await stage.mine();
      await stage.venue.send(signed);
      await stage.mine();
      const found = await stage.venue.find(signed, authorise);
      expect(found).toMatchObject({ kind: 'settled' });
      expect(found).not.toHaveProperty('fill');
      expect((await permits(stage)).nonce).toBe(authorise.nonce);
    });

    test('brings to the atom what the market computes, and moves exactly that', async () => {
      const { swap } = await authorised(stage);
      const before = await balances(stage);
      const proof = await proved(stage, swap);
      expect(proof.receives).toBe(swap.expected);
      const signed = await sign(stage, proof);
      await stage.venue.send(signed);
      await stage.venue.send(signed);
      await stage.mine();
      await stage.mine();
      const found = await stage.venue.find(signed, swap);
      const fill: Fill = { sell: swap.sell, buy: swap.buy, sold: swap.sold, received: swap.expected };
      expect(found).toMatchObject({ kind: 'settled', fill });
      const after = await balances(stage);
      // Custody may keep holdings per share: an atom of rounding, never more, and never in favour of the report.
      expect(near((before.get(swap.sell) ?? 0n) - swap.sold, after.get(swap.sell) ?? 0n)).toBe(true);
      expect(near((before.get(swap.buy) ?? 0n) + swap.expected, after.get(swap.buy) ?? 0n)).toBe(true);
    });

    test('will not prove a floor that the market does not reach', async () => {
      const { swap } = await authorised(stage);
      const proof = await stage.venue.prove({ ...swap, floor: swap.expected + 1n }, { number: 0 });
      expect(proof).toMatchObject({ kind: 'failed', next: 'abort' });
    });

    test('will not prove a swap that nobody authorised', async () => {
      const { swap } = await rehearse(stage);
      expect(await stage.venue.prove(swap, { number: 0 })).toMatchObject({ kind: 'failed' });
    });

    test('reverts a swap whose floor is missed after the proof, and moves nothing', async () => {
      const { swap } = await authorised(stage);
      const before = await balances(stage);
      const signed = await sign(stage, await proved(stage, swap));
      await stage.spoil(swap.routes[0]?.markets[0] ?? '', swap.sell);
      await stage.venue.send(signed);
      await stage.mine();
      const found = await stage.venue.find(signed, swap);
      expect(found).toMatchObject({ kind: 'reverted' });
      expect(found.kind === 'reverted' && found.why.length > 0 && found.receipt.gasUsed > 0n).toBe(true);
      expect(await balances(stage)).toEqual(before);
    });

    test('replaces an attempt at its own nonce, bids an eighth more, and one of the two lands', async () => {
      const { authorise } = await rehearse(stage);
      const first = await proved(stage, authorise);
      const earlier = await sign(stage, first);
      await stage.venue.send(earlier);
      const second = await proved(stage, authorise, earlier);
      expect(second.unsigned.nonce).toBe(first.unsigned.nonce);
      expect(second.unsigned.maxFee * 8n).toBeGreaterThanOrEqual(first.unsigned.maxFee * 9n);
      expect(second.unsigned.maxTip * 8n).toBeGreaterThanOrEqual(first.unsigned.maxTip * 9n);
      const later = await sign(stage, second);
      await stage.venue.send(later);
      await stage.mine();
      const attempts = [earlier, later].map((signed) => ({ signed, receives: 0n, at: 0, sent: true }));
      expect(await settle(stage.venue, authorise, attempts)).toMatchObject({ kind: 'settled', attempt: 1 });
      expect((await permits(stage)).nonce).toBe(authorise.nonce);
    });

    test('counts nonces by what is confirmed, so that two attempts cannot both land', async () => {
      const { authorise } = await rehearse(stage);
      const first = await proved(stage, authorise);
      await stage.venue.send(await sign(stage, first));
      expect((await proved(stage, authorise)).unsigned.nonce).toBe(first.unsigned.nonce);
    });

    test('tells a stranger who used the nonce from bytes that were never sent', async () => {
      const { authorise } = await rehearse(stage);
      const signed = await sign(stage, await proved(stage, authorise));
      expect(await stage.venue.find(signed, authorise)).toEqual({ kind: 'absent' });
      await stage.intrude();
      expect(await stage.venue.find(signed, authorise)).toMatchObject({ kind: 'foreign' });
      expect((await permits(stage)).nonce).toBe(authorise.nonce - 1);
    });
  });
}

/** Plan a small swap, and what must be authorised for it, from what the stage shows. */
async function rehearse({
  venue,
  custody,
}: VenueStage): Promise<{ readonly authorise: Authorise; readonly swap: Swap }> {
  const head = await venue.head();
  const [{ holdings, permits: custodyPermits }, { markets }] = await Promise.all([
    custody.holdings(head),
    venue.markets(head),
  ]);
  const held = new Map(holdings.map(({ asset, atoms }) => [asset, atoms]));
  const market = markets.find(({ assets }) => assets.every((asset) => (held.get(asset) ?? 0n) > 0n));
  if (market === undefined) throw new Error('the stage must have a market between two assets that the vault holds');
  const [sell, buy] = market.assets;
  const sold = (held.get(sell) ?? 0n) / 200n;
  const expected = Market.swap(market, sell, sold).bought;
  const deadline = head.at + 3_600;
  const none = { fee: 0n, impact: 0n, gas: 0n, bridge: 0n, mev: 0n };
  const routes = [{ markets: [market.id], through: [], sold, expected }];
  const moves = new Map([
    [sell, -sold],
    [buy, Bps.shareUp(expected, Bps.ONE + 500)],
  ]);
  const legs = holdings.map(({ asset, atoms }) => {
    const bound = atoms + (moves.get(asset) ?? 0n);
    return { asset, sellDownTo: bound, buyUpTo: bound };
  });
  const { nonce, supply, maxFloorDiscount } = custodyPermits;
  return {
    swap: { kind: 'swap', sell, buy, sold, expected, floor: expected, routes, deadline, cost: none, why: 'a test' },
    authorise: {
      kind: 'authorise',
      nonce: nonce + 1,
      supply,
      legs,
      deadline,
      floorDiscount: maxFloorDiscount,
      why: 'a test',
    },
  };
}

/** Plan a small swap and have it authorised. */
async function authorised(stage: VenueStage): Promise<{ readonly swap: Swap }> {
  const { authorise, swap } = await rehearse(stage);
  const signed = await sign(stage, await proved(stage, authorise));
  await stage.venue.send(signed);
  await stage.mine();
  expect(await stage.venue.find(signed, authorise)).toMatchObject({ kind: 'settled' });
  return { swap };
}

type Proved = Extract<Proof, { kind: 'proved' }>;

async function proved({ venue }: VenueStage, step: Step, replaces?: Signed): Promise<Proved> {
  const attempt = replaces === undefined ? { number: 0 } : { number: 1, replaces };
  const proof = await venue.prove(step, attempt);
  if (proof.kind === 'failed') throw new Error(`not proved: ${proof.why}`);
  return proof;
}

function sign({ custody }: VenueStage, { unsigned }: Proved): Promise<Signed> {
  return custody.sign(unsigned);
}

async function permits({ venue, custody }: VenueStage) {
  return (await custody.holdings(await venue.head())).permits;
}

async function balances({ venue, custody }: VenueStage): Promise<ReadonlyMap<string, bigint>> {
  const { holdings } = await custody.holdings(await venue.head());
  return new Map(holdings.map(({ asset, atoms }) => [asset, atoms]));
}

function near(due: bigint, is: bigint): boolean {
  return is === due || is === due - 1n || is === due + 1n;
}
