// Compile the contracts and write what TypeScript needs of them, so that nobody needs a compiler to run the house.
// The artefacts are committed; `artifacts.test.ts` recompiles and fails if they are not what the sources say.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root, runForge } from './runForge.ts';

/** The contracts that TypeScript deploys or calls, with the folder of their source. */
const contracts = [
  'BasketVault',
  'Factory',
  'OracleHub',
  'PoolActor',
  'Policy',
  'RouterFiller',
  'Settler',
  'TestFeed',
  'TestToken',
  'ThresholdRule',
] as const;

type Slot = { readonly label: string; readonly slot: string; readonly offset: number; readonly type: string };
type Compiled = {
  readonly abi: readonly Readonly<Record<string, unknown>>[];
  readonly bytecode: { readonly object: string };
  readonly storageLayout: { readonly storage: readonly Slot[] };
};

/** Compile, and write one module per contract, their index and their storage layout into `folder`. */
export async function build(folder: string, cache: string): Promise<void> {
  const out = join(cache, 'out');
  const { code, output } = await runForge(
    ['build', 'contracts/src', '--out', out, '--cache-path', join(cache, 'cache')],
    'keep',
  );
  if (code !== 0) throw new BuildFailed(output);
  await mkdir(folder, { recursive: true });
  const layout: string[] = [];
  for (const name of contracts) {
    const json = await readFile(join(out, `${name}.sol`, `${name}.json`), 'utf8');
    const compiled = JSON.parse(json) as Compiled;
    await writeFile(join(folder, `${name}.ts`), moduleOf(name, compiled));
    for (const slot of compiled.storageLayout.storage) layout.push(lineOf(name, slot));
  }
  const lines = contracts.map((name) => `export { ${name} } from './${name}.ts';`);
  await writeFile(join(folder, 'index.ts'), `${banner}\n${lines.join('\n')}\n`);
  await writeFile(join(folder, 'storage-layout.txt'), `${layout.join('\n')}\n`);
}

const banner = '// Written by contracts/build.ts from contracts/src; do not edit.\n';

function moduleOf(name: string, { abi, bytecode }: Compiled): string {
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

/** Types carry node ids of the compiler's tree, which change with every edit anywhere: they are dropped. */
function lineOf(contract: string, { label, slot, offset, type }: Slot): string {
  return `${contract} ${slot}+${offset} ${label} ${type.replaceAll(/\)\d+/g, ')')}`;
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
