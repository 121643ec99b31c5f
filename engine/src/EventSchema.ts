// What an event must look like to be believed. Fields of the engine's own are checked one by one, unknown keys and
// kinds are refused; values of core are checked where the engine stands on them when it recovers, since their writer
// was typed and their text is hashed.

import { z } from 'zod';
import type { Decision, Snapshot, Strategy } from '@trimtab/core';
import type { Event, Mode } from './Event.ts';
import type { Fill, Receipt, Signed } from './ports.ts';

const text = z.string().min(1);
/** A place in a list or a count of tries. */
const index = z.int().min(0);
/** {s} since 1970. */
const time = z.int().min(0);
const hex = z.string().regex(/^0x[0-9a-fA-F]+$/);

const block = z.strictObject({ number: z.bigint().min(0n), hash: text });

const receipt: z.ZodType<Receipt> = z.strictObject({
  block,
  at: time,
  gasUsed: z.bigint().min(0n),
  gasPrice: z.bigint().min(0n),
});

const signed: z.ZodType<Signed> = z.strictObject({ raw: hex, hash: hex, from: text, nonce: index });

const fill: z.ZodType<Fill> = z.strictObject({
  sell: text,
  buy: text,
  sold: z.bigint().min(0n),
  received: z.bigint().min(0n),
});

const snapshot = valueOfCore<Snapshot>(
  z.looseObject({
    portfolio: text,
    at: time,
    block,
    assets: z.array(z.looseObject({ id: text, symbol: text, decimals: z.int().min(0).max(36) })),
    holdings: z.array(z.looseObject({ asset: text, atoms: z.bigint() })),
    prices: z.array(z.looseObject({ asset: text, source: text, price: z.bigint(), at: time })),
  }),
);

const step = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('authorise'), nonce: index, deadline: time }),
  z.looseObject({ kind: z.literal('swap'), sell: text, buy: text, sold: z.bigint(), floor: z.bigint() }),
]);

const plan = z.looseObject({ why: z.string(), steps: z.array(step) });

const decision = valueOfCore<Decision>(
  z.discriminatedUnion('kind', [
    z.looseObject({ kind: z.literal('hold'), why: z.string() }),
    z.looseObject({ kind: z.literal('refuse'), why: z.string(), plan: plan.exactOptional() }),
    z.looseObject({ kind: z.literal('act'), why: z.string(), plan }),
  ]),
);

const strategy = valueOfCore<Strategy>(
  z.looseObject({ when: z.looseObject({ kind: text }), toward: z.looseObject({ kind: text }) }),
);

const mode: z.ZodType<Mode> = z.enum(['SIMULATION', 'DRY RUN', 'LIVE']);

/** Parse one event, refusing unknown kinds and unknown keys. */
export const event: z.ZodType<Event> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('Started'), mode, strategy, version: text }),
  z.strictObject({ kind: z.literal('Observed'), cycle: index, snapshot }),
  z.strictObject({ kind: z.literal('Decided'), cycle: index, run: text.exactOptional(), decision }),
  z.strictObject({ kind: z.literal('StepIntended'), run: text, step: index, key: text }),
  z.strictObject({
    kind: z.literal('StepSigned'),
    run: text,
    step: index,
    attempt: index,
    signed,
    receives: z.bigint().min(0n),
  }),
  z.strictObject({ kind: z.literal('StepSent'), run: text, step: index, attempt: index }),
  z.strictObject({
    kind: z.literal('StepSettled'),
    run: text,
    step: index,
    attempt: index,
    receipt,
    fill: fill.exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('StepFailed'),
    run: text,
    step: index,
    why: z.string(),
    receipt: receipt.exactOptional(),
  }),
  z.strictObject({ kind: z.literal('RunClosed'), run: text, outcome: z.enum(['done', 'abandoned']), why: z.string() }),
  z.strictObject({ kind: z.literal('Halted'), by: text, why: z.string() }),
  z.strictObject({ kind: z.literal('Resumed'), by: text, why: z.string() }),
]);

/** Vouch that a value with this much of its shape is the whole type: its other fields pass through untouched. */
function valueOfCore<T>(shape: z.ZodType): z.ZodType<T> {
  return shape as unknown as z.ZodType<T>;
}
