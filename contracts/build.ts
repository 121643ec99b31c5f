// Compile the contracts and write what TypeScript needs of them, so that nobody needs a compiler to run the house.
// The artefacts are committed; `artifacts.test.ts` recompiles and fails if they are not what the sources say.

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { abiOf, type Compiled, layoutOf } from './Compiled.ts';
import { root, runForge } from './runForge.ts';

/** The contracts that TypeScript deploys or calls, with the folder of their source. */
const contracts = [
  'AggregatorFiller',
  'Allocator',
  'BasketVault',
  'Breaker',
  'CalendarRule',
  'ConstantMixRule',
  'CppiRule',
  'Erc4626Adapter',
  'Factory',
  'FeedAggregator',
  'FeedProxy',
  'IndexRule',
  'Lens',
  'LeverageFactory',
  'LeverageRule',
  'OptimisticProposer',
  'OracleHub',
  'Policy',
  'PoolActor',
  'PositionFeed',
  'RouterFiller',
  'Settler',
  'SignalRule',
  'SignalVerifier',
  'TestFeed',
  'TestSleeve',
  'TestToken',
  'ThresholdRule',
  'VolatilityBandRule',
  'ZapIn',
  'ZapOut',
] as const;

/**
 * Compile, and write one module per contract of the list, their index, and of every contract in the sources the storage
 * layout and the signatures into `folder`. Returns everything that was compiled and has code.
 */
export async function build(folder: string, cache: string): Promise<readonly Compiled[]> {
  const out = join(cache, 'out');
  const { code, output } = await runForge(
    ['build', 'contracts/src', '--out', out, '--cache-path', join(cache, 'cache')],
    'keep',
  );
  if (code !== 0) throw new BuildFailed(output);
  await mkdir(folder, { recursive: true });
  const all = await readCompiled(out);
  for (const name of contracts) {
    const compiled = all.find((one) => one.name === name);
    if (compiled === undefined) throw new BuildFailed(`no contract in contracts/src is called ${name}`);
    await writeFile(join(folder, `${name}.ts`), moduleOf(compiled));
  }
  const lines = contracts.map((name) => `export { ${name} } from './${name}.ts';`);
  const settings = `export const compiler = ${JSON.stringify(compilerOf(all))} as const;`;
  await writeFile(join(folder, 'index.ts'), `${banner}\n${lines.join('\n')}\n\n${settings}\n`);
  await writeFile(join(folder, 'storage-layout.txt'), `${all.flatMap(layoutOf).join('\n')}\n`);
  await writeFile(join(folder, 'abi.txt'), `${all.flatMap(abiOf).join('\n')}\n`);
  return all;
}

/** Read every contract of the sources that has code, by name; interfaces and abstract contracts have none. */
async function readCompiled(out: string): Promise<readonly Compiled[]> {
  const sources = await readdir(join(root, 'contracts', 'src'), { recursive: true });
  const compiled: Compiled[] = [];
  for (const source of sources.filter((name) => name.endsWith('.sol'))) {
    const folder = join(out, basename(source));
    // A source of declarations outside of any contract compiles to nothing.
    for (const file of await readdir(folder).catch(() => [])) {
      const json = JSON.parse(await readFile(join(folder, file), 'utf8')) as Omit<Compiled, 'name'>;
      compiled.push({ ...json, name: basename(file, '.json') });
    }
  }
  const coded = compiled.filter(({ bytecode }) => bytecode.object !== '0x');
  return coded.sort((a, b) => (a.name < b.name ? -1 : 1));
}

const banner = '// Written by contracts/build.ts from contracts/src; do not edit.\n';

/** What the bytecode depends on besides the sources: the record of a deployment states it. */
function compilerOf(all: readonly Compiled[]): unknown {
  const [first] = all;
  if (first === undefined) throw new BuildFailed('there is no contract in contracts/src');
  const { compiler, settings } = first.metadata;
  const { evmVersion, optimizer, metadata } = settings;
  return { version: compiler.version, evmVersion, optimizer, metadata };
}

function moduleOf({ name, abi, bytecode }: Compiled): string {
  const entries = abi.map((entry) => `    ${JSON.stringify(entry)},`);
  return [
    banner,
    `export const ${name} = {`,
    '  abi: [',
    ...entries,
    '  ],',
    `  bytecode: '${bytecode.object}',`,
    '} as const;',
    '',
  ].join('\n');
}

export class BuildFailed extends Error {
  constructor(output: string) {
    super(`The contracts do not compile, so no artefact was written. Forge says:\n${output}\nFix contracts/src.`);
    this.name = 'BuildFailed';
  }
}

if (import.meta.main) {
  await build(join(import.meta.dirname, 'artifacts'), join(root, 'contracts', 'cache', 'build'));
}
