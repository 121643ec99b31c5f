// Print one bench's figures: `npm run -s bench -- NAME [--json]`. A missed target is reported, not an error.

import os from 'node:os';

/** State one measured figure beside what it should reach. `ratio` is peer ÷ value where a named peer ran in the same process. */
export type Row = {
  readonly case: string;
  readonly value: number;
  readonly unit: string;
  readonly target: number | null;
  readonly met: boolean | null;
  readonly peer?: string;
  readonly ratio?: number;
};

const BENCHES: { readonly [name: string]: () => Promise<readonly Row[]> } = {
  start: async () => (await import('./start.ts')).start(),
  cycle: async () => (await import('./cycle.ts')).cycle(),
  gas: async () => (await import('./gas.ts')).gas(),
  quotes: async () => (await import('./quotes.ts')).quotes(),
  loop: async () => (await import('./loop.ts')).loop(),
  plan: async () => (await import('./plan.ts')).plan(),
  route: async () => (await import('./route.ts')).route(),
  pools: async () => (await import('./pools.ts')).pools(),
  decide: async () => (await import('./decide.ts')).decide(),
};

async function main(argv: readonly string[]): Promise<number> {
  const name = argv.find((arg) => !arg.startsWith('-'));
  const bench = name === undefined || !Object.hasOwn(BENCHES, name) ? undefined : BENCHES[name];
  if (name === undefined || bench === undefined) {
    process.stderr.write(
      `bench: ${name === undefined ? 'no name given' : `no bench is called "${name}"`}; use one of: ${Object.keys(BENCHES).join(', ')}\n`,
    );
    return 2;
  }
  const rows = await bench();
  const machine = `${os.cpus()[0]?.model ?? 'unknown processor'} × ${os.cpus().length}, ${os.type()} ${os.arch()}, Node ${process.version}`;
  if (argv.includes('--json')) process.stdout.write(`${JSON.stringify({ name, machine, rows })}\n`);
  else process.stdout.write(`${name} on ${machine}\n${rows.map(line).join('\n')}\n`);
  return 0;
}

function line(row: Row): string {
  const target = row.target === null ? '' : `  target ${row.target} ${row.met === true ? 'met' : 'MISSED'}`;
  const peer =
    row.peer === undefined ? '' : `  ${row.peer}${row.ratio === undefined ? '' : ` ×${row.ratio.toFixed(2)}`}`;
  return `  ${row.case.padEnd(44)} ${String(row.value).padStart(12)} ${row.unit}${target}${peer}`;
}

process.exitCode = await main(process.argv.slice(2));
