// The pure rooms have no clock, no chance and no outside, and no room has an enum or a default export: the linter
// and the compiler say so, and this test sees them say it.

import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { plantedTree } from './plantedTree.ts';

const impure: Readonly<Record<string, string>> = {
  Clock: 'export const planted = Date.now();',
  MadeDate: 'export const planted = new Date(0);',
  Chance: 'export const planted = Math.random();',
  Entropy: 'export const planted = crypto.randomUUID();',
  Printing: "console.log('planted');",
  Waiting: 'export const planted = setTimeout(() => undefined, 1);',
  Process: "export const planted = process.env['HOME'];",
  Network: "export const planted = fetch('http://localhost');",
  BackDoor: "export const planted = globalThis['Date'];",
};
const synchronous: Readonly<Record<string, string>> = {
  Async: 'export async function planted(): Promise<void> {}',
  PromiseValue: 'export const planted = () => Promise.resolve(1);',
  PromiseType: 'export type Planted = (value: Promise<number>) => void;',
};
const everywhere: Readonly<Record<string, string>> = {
  DefaultExport: 'export default 1;',
  Loop: "import { back } from './PlantedLoopBack.ts';\nexport const loop = () => back();",
  LoopBack: "import { loop } from './PlantedLoop.ts';\nexport const back = (): unknown => loop();",
  Floating: 'export function planted(work: () => Promise<void>) {\n  work();\n}',
  Any: 'export const planted: any = 1;',
  LongFunction: `export function planted() {\n${'  planted();\n'.repeat(60)}}`,
  LongFile: 'export {};\n'.repeat(301),
  Inexhaustive:
    "export function planted(kind: 'a' | 'b') {\n  switch (kind) {\n    case 'a':\n      planted('a');\n  }\n}",
};

const under = (room: string, texts: Readonly<Record<string, string>>) =>
  Object.entries(texts).map(([name, text]) => [`${room}/src/Planted${name}.ts`, `${text}\n`] as const);

const run = (cwd: string, script: string, ...args: readonly string[]) =>
  spawnSync(process.execPath, [resolve(script), ...args], { cwd, encoding: 'utf8', maxBuffer: 2 ** 26 }).stdout;

function linted(cwd: string, files: readonly string[]): readonly string[] {
  const output = run(cwd, 'node_modules/oxlint/bin/oxlint', '--type-aware', '--format', 'unix', ...files);
  return [...new Set([...output.matchAll(/^(\S+?):\d+:\d+:/gm)].map(([, file = '']) => file))].toSorted();
}

test('the linter catches every impurity in the pure rooms, and passes the same words where they belong', () => {
  const planted = Object.fromEntries([
    ...['core', 'engine', 'lab'].flatMap((room) => under(room, { ...impure, ...everywhere })),
    ...under('core', synchronous),
    ...under('adapters', everywhere),
  ]);
  const clean = Object.fromEntries([
    ...under('adapters', { ...impure, ...synchronous }),
    ...under('engine', synchronous),
  ]);
  using tree = plantedTree(/tsconfig.*\.json$|^\.oxlintrc\.json$|package\.json$/, { ...planted, ...clean });
  const files = [...Object.keys(planted), ...Object.keys(clean)];
  expect(linted(tree.root, files)).toEqual(Object.keys(planted).toSorted());
});

test('the compiler refuses an enum everywhere, and the machine and the page in core', () => {
  const clean = { 'core/src/Clean.ts': 'export const clean = 1n;\n' };
  const planted = {
    'core/src/PlantedEnum.ts': 'export enum Planted {\n  One,\n}\n',
    'core/src/PlantedProcess.ts': 'export const planted = process.pid;\n',
    'core/src/PlantedTimer.ts': 'export const planted = setTimeout(() => undefined, 1);\n',
    'core/src/PlantedConsole.ts': 'console.log();\n',
    'core/src/PlantedPage.ts': 'export const planted = document.title;\n',
  };
  using tree = plantedTree(/^tsconfig.*\.json$|^core\/(tsconfig|package)\.json$/, { ...planted, ...clean });
  const output = run(tree.root, 'node_modules/typescript/bin/tsc', '--noEmit', '--pretty', 'false', '-p', 'core');
  const refused = [...output.matchAll(/^(\S+)\(\d+,\d+\): error/gm)].map(([, file = '']) => file);
  expect([...new Set(refused)].toSorted()).toEqual(Object.keys(planted).toSorted());
});
