// Whom prices are taken from: the feed, when it counts, and what it would answer now.

import { formatUnits } from 'viem';
import { privileged, safer, type Said, type Scene, type Speaker, unknown } from './Effect.ts';
import { change, fieldsOf, figure, same } from './words.ts';

export const sayOracle: Readonly<Record<string, Speaker>> = {
  list: listing,
  relist: listing,
  revoke: ({ args, show }) => safer(`withdraws the announced change of the price of ${show(args['token'])}`),
};

/** As the hub numbers them. */
const STATUS = [
  'ok',
  'unlisted',
  'feed failed',
  'from the future',
  'stale',
  'out of bounds',
  'secondary unusable',
  'diverged from the secondary',
  'sequencer down',
];

async function listing(scene: Scene): Promise<Said> {
  const { args, show, ask, read } = scene;
  const wanted = fieldsOf(args['listing']);
  const current = fieldsOf(await ask(read.call.target, 'OracleHub', 'listingOf', [args['token']]));
  const isNew = Number(current['heartbeat'] ?? 0) === 0;
  const lines = Object.entries(wanted)
    .filter(([name, value]) => !same(current[name], value))
    .map(([name, value]) => change(name, isNew ? undefined : current[name], value, show));
  const answers = await Promise.all([
    answerOf(scene, 'primary', wanted['primary'], Number(wanted['heartbeat'])),
    ...(/^0x0*$/.test(String(wanted['secondary']))
      ? []
      : [answerOf(scene, 'secondary', wanted['secondary'], Number(wanted['secondaryHeartbeat']))]),
  ]);
  const verb = read.name === 'list' ? 'takes, or announces to take,' : 'takes';
  const words = [
    `${verb} the price of ${show(args['token'])} from ${show(wanted['primary'])}`,
    ...lines,
    ...answers.map(({ line }) => line),
    ...(await hubNow(scene)),
  ];
  return answers.some(({ sound }) => !sound) ? unknown(...words) : privileged(...words);
}

type Answer = { readonly line: string; readonly sound: boolean };

/** Ask a feed what it says now. Without a chain that is left open; a feed that does not answer is no feed. */
async function answerOf({ ask, show, now }: Scene, role: string, feed: unknown, heartbeat: number): Promise<Answer> {
  if (now === undefined) return { line: `${role} answers: not asked, no chain was given`, sound: true };
  const [round, decimals] = await Promise.all([
    ask(String(feed), 'TestFeed', 'latestRoundData', []),
    ask(String(feed), 'TestFeed', 'decimals', []),
  ]);
  if (!Array.isArray(round) || decimals === undefined) {
    return { line: `${role} answers NOTHING: ${show(feed)} is no feed`, sound: false };
  }
  const [, value, , updatedAt] = round as readonly unknown[];
  const age = now - Number(updatedAt);
  const late = age > heartbeat ? `, LATE by its heartbeat of ${figure('heartbeat', heartbeat, show)}` : '';
  return {
    line: `${role} answers now: $${formatUnits(BigInt(String(value)), Number(decimals))}, ${age} s old${late}`,
    sound: true,
  };
}

async function hubNow({ args, ask, read }: Scene): Promise<readonly string[]> {
  const peeked = await ask(read.call.target, 'OracleHub', 'peek', [args['token']]);
  if (!Array.isArray(peeked)) return [];
  const [price, , status] = peeked as readonly unknown[];
  const word = STATUS[Number(status)] ?? `status ${String(status)}`;
  return [`the hub's price until then: $${formatUnits(BigInt(String(price)), 18)} (${word})`];
}
