// The questions of `init`. Only ever called at a terminal; everything is drawn on standard error.

import { cancel, intro, isCancel, text } from '@clack/prompts';
import { Quantity } from '@trimtab/engine';
import { UsageError } from './UsageError.ts';

/** Hold what `init` has to know, as text. */
export type Asked = {
  readonly chainId: string;
  readonly rpc: string;
  readonly native: string;
  readonly vault: string;
  readonly filler: string;
  readonly pool: readonly string[];
  readonly target: readonly string[];
  readonly absolute?: string;
  readonly relative?: string;
  readonly calendar?: string;
};

type Reader = (text: string) => Quantity.Read<unknown>;

/** Ask for everything that was not given. Throws UsageError when the questions are cancelled. */
export async function ask(given: Partial<Asked>): Promise<Asked> {
  intro('A configuration for trimtab', { output: process.stderr });
  const chainId =
    given.chainId ??
    (await one('Chain id of the vault', '8453', (id) =>
      Quantity.whole(id, { least: 1, most: 2 ** 52, shown: '1 or more' }),
    ));
  const rpc = given.rpc ?? (await one('Node: a URL, or env:NAME / file:PATH where the URL holds a key', 'env:RPC_URL'));
  const native = given.native ?? (await one('Address of the wrapped native coin', '0x…', Quantity.address));
  const vault = given.vault ?? (await one('Address of the vault', '0x…', Quantity.address));
  const filler = given.filler ?? (await one('Address of the router that fills its trades', '0x…', Quantity.address));
  const pool =
    given.pool ??
    words(await one('Uniswap v3 pools it may trade in, separated by spaces', '0x… 0x…', each(Quantity.address)));
  const target = given.target ?? words(await one('Target weights, summing to 100%', 'WETH=60% USDC=40%', each(weight)));
  const bounds = { least: 1, most: 5_000, shown: '0.01pp to 50pp' };
  const set = given.absolute ?? given.relative ?? given.calendar;
  const absolute =
    set === undefined
      ? await one('Band around each target, in points of the portfolio', '5pp', (width) =>
          Quantity.points(width, bounds),
        )
      : given.absolute;
  const { relative, calendar } = given;
  return {
    chainId,
    rpc,
    native,
    vault,
    filler,
    pool,
    target,
    ...(absolute === undefined ? {} : { absolute }),
    ...(relative === undefined ? {} : { relative }),
    ...(calendar === undefined ? {} : { calendar }),
  };
}

async function one(message: string, placeholder: string, reader?: Reader): Promise<string> {
  const answer = await text({
    message,
    placeholder,
    output: process.stderr,
    validate: (value) => {
      const answered = value?.trim() ?? '';
      if (answered === '') return 'A value is needed here.';
      const read = reader?.(answered);
      return read?.kind === 'unread' ? `${answered} ${read.why}; ${read.fix}` : undefined;
    },
  });
  if (!isCancel(answer)) return answer.trim();
  cancel('Nothing was written.', { output: process.stderr });
  throw new UsageError(
    'The questions were cancelled; nothing was written.',
    'start again, or give the values as flags',
  );
}

function each(reader: Reader): Reader {
  return (list) =>
    words(list)
      .map(reader)
      .find((read) => read.kind === 'unread') ?? Quantity.read(list);
}

function weight(entry: string): Quantity.Read<unknown> {
  const [symbol, share] = entry.split('=');
  if (symbol === '' || share === undefined) return Quantity.unread('is not SYMBOL=SHARE', 'write it like WETH=60%');
  return Quantity.percent(share);
}

function words(list: string): readonly string[] {
  return list.split(/[\s,]+/).filter((word) => word !== '');
}
