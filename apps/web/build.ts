// Builds the page once for each state of its sources and keeps it, so that a second start does not build.

import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { build } from 'vite';

const ROOT = import.meta.dirname;
const CONTRACT = join(ROOT, '../api/src');
const CACHE = join(ROOT, '../../node_modules/.cache/trimtab-web');
/** Everything that the built page is made from; the lock file stands for every package. */
const SOURCES = [
  join(ROOT, 'index.html'),
  join(ROOT, 'build.ts'),
  join(ROOT, 'src'),
  join(ROOT, 'public'),
  join(CONTRACT, 'contract.ts'),
  join(CONTRACT, 'applyChange.ts'),
  join(ROOT, '../../package-lock.json'),
];

/** Build the page unless it is already there; say in which folder it is. */
export async function buildPage(): Promise<string> {
  const folder = join(CACHE, await fingerprint());
  if (existsSync(join(folder, 'index.html'))) return folder;
  const making = join(CACHE, `making-${randomUUID()}`);
  await mkdir(making, { recursive: true });
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    // Not left to NODE_ENV: a page built during a test is the page that users get.
    define: { 'process.env.NODE_ENV': JSON.stringify('production') },
    oxc: { jsx: { runtime: 'automatic', development: false } },
    build: { outDir: making, emptyOutDir: true, target: 'es2023', modulePreload: { polyfill: false } },
  });
  await put(making, folder);
  return folder;
}

/** Move a finished build into place at once: another start may be building the same page. */
async function put(making: string, folder: string): Promise<void> {
  try {
    await rename(making, folder);
  } catch (error) {
    await rm(making, { recursive: true, force: true });
    if (!existsSync(join(folder, 'index.html'))) throw error;
  }
  const others = (await readdir(CACHE)).filter((name) => !name.startsWith('making-') && join(CACHE, name) !== folder);
  await Promise.all(others.map((name) => rm(join(CACHE, name), { recursive: true, force: true })));
}

async function fingerprint(): Promise<string> {
  const files = (await Promise.all(SOURCES.map(filesOf))).flat().toSorted();
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${relative(ROOT, file)}\0`).update(await readFile(file));
  return hash.digest('hex').slice(0, 16);
}

async function filesOf(path: string): Promise<string[]> {
  if (!existsSync(path)) return [];
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) return [path];
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
