// The one right to write for a portfolio. It runs out by the database's clock, so that two machines need not agree
// on the time, and every taking raises the epoch: whoever took it earlier, and slept since, can no longer append.

import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Lease } from '@trimtab/engine';
import type { Tables } from './Tables.ts';

/**
 * Take the lease if it is free, released, run out, or last held under the same name (a restarted holder need not
 * wait for itself). Throws LeaseHeld if another holder's has not run out.
 */
export async function take(db: Kysely<Tables>, portfolio: string, holder: string, seconds: number): Promise<Lease> {
  const taken = await db
    .insertInto('trimtab.lease')
    .values({ portfolio, holder, epoch: 1, expires: inSeconds(seconds) })
    .onConflict((conflict) =>
      conflict
        .column('portfolio')
        .doUpdateSet({ holder, epoch: sql<number>`lease.epoch + 1`, expires: inSeconds(seconds) })
        .where(sql<boolean>`lease.holder is null or lease.holder = ${holder} or lease.expires <= clock_timestamp()`),
    )
    .returning('epoch')
    .executeTakeFirst();
  if (taken !== undefined) return { portfolio, holder, epoch: Number(taken.epoch) };
  const held = await db
    .selectFrom('trimtab.lease')
    .select(['holder', sql<number>`ceil(extract(epoch from expires - clock_timestamp()))::int`.as('left')])
    .where('portfolio', '=', portfolio)
    .executeTakeFirst();
  throw new LeaseHeld(portfolio, held?.holder ?? 'another holder', Math.max(1, held?.left ?? 1));
}

/** Make the lease last `seconds` from now. Throws LeaseLost if it was taken or released since. */
export async function renew(db: Kysely<Tables>, lease: Lease, seconds: number): Promise<Lease> {
  const { numUpdatedRows } = await own(db, lease)
    .set({ expires: inSeconds(seconds) })
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return lose(db, lease);
  return lease;
}

/** Give the lease up. Does nothing if it was lost already. */
export async function release(db: Kysely<Tables>, lease: Lease): Promise<void> {
  await own(db, lease).set({ holder: null }).execute();
}

/** Throw LeaseLost, telling the epoch that is the newest now. */
export async function lose(db: Kysely<Tables>, lease: Lease): Promise<never> {
  const row = await db
    .selectFrom('trimtab.lease')
    .select('epoch')
    .where('portfolio', '=', lease.portfolio)
    .executeTakeFirst();
  throw new LeaseLost(lease, Number(row?.epoch ?? 0));
}

function own(db: Kysely<Tables>, { portfolio, holder, epoch }: Lease) {
  return db
    .updateTable('trimtab.lease')
    .where('portfolio', '=', portfolio)
    .where('holder', '=', holder)
    .where('epoch', '=', epoch);
}

function inSeconds(seconds: number) {
  return sql<Date>`clock_timestamp() + make_interval(secs => ${seconds})`;
}

/** Say that another holder may write for this portfolio now. */
export class LeaseHeld extends Error {
  override readonly name = 'LeaseHeld';
  readonly next = 'retry';
  constructor(portfolio: string, holder: string, secondsLeft: number) {
    super(
      `${portfolio} is being kept by ${holder}, whose lease runs for another ${secondsLeft} s. Only one process may ` +
        'act for a portfolio. Stop that one, or wait: its lease is free as soon as it stops or fails to renew.',
    );
  }
}

/** Say that the right to write has passed on. Whoever meets this must not act for the portfolio any more. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
  readonly next = 'halt';
  constructor({ portfolio, holder, epoch }: Lease, newestEpoch: number) {
    super(
      `${holder} lost its lease on ${portfolio}: it held epoch ${epoch}, the newest is ${newestEpoch || 'unknown'}. ` +
        'It was released, or another process took over, perhaps while this one was paused. Nothing was written. ' +
        'Start again to take the lease anew; if two processes keep taking it from each other, stop one.',
    );
  }
}
