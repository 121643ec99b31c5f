// The configuration that `init` writes: complete, so that nothing hides in a default, and commented, so that it can be
// changed without another page open.

/** Hold what a new configuration says; every value is the text to write. */
export type Answers = {
  readonly mode: string;
  readonly id: string;
  readonly rpc: string;
  readonly native: string;
  /** What is left out of these three is written with its default. */
  readonly confirmations?: string;
  readonly tip?: string;
  readonly maxFee?: string;
  readonly vault: string;
  readonly filler: string;
  readonly pools: readonly string[];
  /** Symbol and share, in order. */
  readonly targets: readonly (readonly [string, string])[];
  readonly absolute?: string;
  readonly relative?: string;
  readonly calendar?: string;
  readonly keystore?: { readonly file: string; readonly passphrase: string };
  readonly journal: { readonly folder: string } | { readonly url: string };
  readonly every: string;
  readonly port: string;
};

/** Write a configuration as commented YAML. */
export function configText(answers: Answers): string {
  return [...head(answers), ...strategy(answers), ...tail(answers), ''].join('\n');
}

function head(answers: Answers): readonly string[] {
  const {
    mode,
    id,
    rpc,
    native,
    vault,
    filler,
    pools,
    confirmations = '2',
    tip = '1 gwei',
    maxFee = '500 gwei',
  } = answers;
  return [
    '# Trimtab. Every value is text with its unit (60%, 5pp, 30bps, 50 USD, 10m); unknown keys are refused.',
    '# `trimtab check` validates this file, `trimtab plan` shows what it would do now. Changes count from the next start.',
    'version: 1',
    '',
    '# dry-run decides and explains but signs nothing. live trades, and only where `trimtab run --live` agrees.',
    `mode: ${quote(mode)}`,
    '',
    'chain:',
    `  id: ${quote(id)}`,
    '  # The node: a URL, or env:NAME / file:PATH where the URL holds a key.',
    `  rpc: ${quote(rpc)}`,
    '  # The wrapped native coin, which gas is valued at.',
    `  native: ${quote(native)}`,
    '  # A transaction counts once this many blocks hold it, its own among them; until then it may yet be undone.',
    `  confirmations: ${quote(confirmations)}`,
    '  # Added to the base fee of gas; and the most that is ever bid, above which trades wait.',
    `  tip: ${quote(tip)}`,
    `  max-fee: ${quote(maxFee)}`,
    '',
    '# The vault to keep on target, the router that fills its trades, and the Uniswap v3 pools it may trade in.',
    `vault: ${quote(vault)}`,
    `filler: ${quote(filler)}`,
    'pools:',
    ...pools.map((pool) => `  - ${quote(pool)}`),
    '',
  ];
}

function strategy({ targets, absolute, relative, calendar }: Answers): readonly string[] {
  const [first] = targets;
  return [
    'strategy:',
    '  # Share of the value for every asset of the vault; they sum to 100%. 0% sells all of it.',
    '  targets:',
    ...targets.map(([symbol, weight]) => `    ${quote(symbol)}: ${quote(weight)}`),
    '  # Rebalance when a weight leaves its band: absolute in points of the portfolio, relative as a share of the target.',
    '  # Where both are given the narrower counts. `trimtab check` shows both in numbers.',
    ...(absolute === undefined && relative === undefined ? ['  # band: { absolute: 5pp }'] : ['  band:']),
    ...(absolute === undefined ? [] : [`    absolute: ${quote(absolute)}`]),
    ...(relative === undefined ? [] : [`    relative: ${quote(relative)}`]),
    ...(absolute === undefined && relative === undefined
      ? []
      : [`    # per-asset: { ${first?.[0] ?? 'WETH'}: { absolute: 3pp } }`]),
    '  # Rebalance once in every period as well; periods missed while away count as one.',
    calendar === undefined ? '  # calendar: { every: 7d }' : `  calendar: { every: ${quote(calendar)} }`,
    '  # Go back to the target, or only to the edge of the band.',
    '  landing: target',
    '  # Leave smaller trades alone.',
    '  min-trade: 50 USD',
    '  # A fill may bring at most this much less than the computed quote.',
    '  slippage: 30bps',
    '  # A plan may be executed for this long after its snapshot.',
    '  lifetime: 10m',
    '  # What no plan may exceed; a plan beyond one of them is refused, not trimmed.',
    '  limits:',
    '    staleness: 10m    # a price may be this much older than its source promises',
    '    divergence: 1.5%  # sources and markets may differ this much from the primary price',
    '    slippage: 1%      # the floor of a trade may be this far below the primary price',
    '    turnover: 30%     # share of the portfolio that one plan may sell',
    '    worthwhile: 1%    # cost of a plan as a share of what it trades',
    '',
  ];
}

function tail({ keystore, journal, every, port }: Answers): readonly string[] {
  return [
    '# The key that may propose trades; it cannot withdraw. Needed only for mode live.',
    '# The passphrase is a reference: env:NAME, file:PATH or prompt.',
    ...(keystore === undefined
      ? ['# keystore: { file: keys/strategist.json, passphrase: env:TRIMTAB_PASSPHRASE }']
      : ['keystore:', `  file: ${quote(keystore.file)}`, `  passphrase: ${quote(keystore.passphrase)}`]),
    '',
    '# Where everything that happens is kept: a folder, or a PostgreSQL server as `url: env:DATABASE_URL`.',
    'journal:',
    'folder' in journal ? `  folder: ${quote(journal.folder)}` : `  url: ${quote(journal.url)}`,
    '',
    '# How often to look.',
    `every: ${quote(every)}`,
    '',
    '# The page and the read-only API, on this machine only.',
    'api:',
    `  port: ${quote(port)}`,
  ];
}

/** Quote what YAML would read as more than plain text. */
function quote(text: string): string {
  return /^[A-Za-z0-9./][A-Za-z0-9 ./%_-]*(:[A-Za-z0-9./_-]+)*$/.test(text) && !text.endsWith(' ')
    ? text
    : JSON.stringify(text);
}
