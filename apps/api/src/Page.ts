// The built page, read into memory once: a request can only name a file that was there at the start, so there is no
// path to climb out of.

import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

export type Asset = { readonly type: string; readonly body: Buffer; readonly cache: string };

/** Hold the files of a page by the path they are asked for. */
export type Page = ReadonlyMap<string, Asset>;

const TYPES: { readonly [extension: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Read every file of a built page. Names under /assets/ carry their content’s hash and may be kept for ever. */
export async function read(folder: string): Promise<Page> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const assets = await Promise.all(files.map(async (file) => [pathOf(folder, file), await asset(file)] as const));
  const page = new Map(assets);
  const index = page.get('/index.html');
  if (index === undefined) throw new NoPage(folder);
  return page.set('/', index);
}

function pathOf(folder: string, file: string): string {
  return `/${relative(folder, file).split(sep).join('/')}`;
}

async function asset(file: string): Promise<Asset> {
  const type = TYPES[extname(file)] ?? 'application/octet-stream';
  const hashed = file.split(sep).includes('assets');
  return { type, body: await readFile(file), cache: hashed ? 'public, max-age=31536000, immutable' : 'no-cache' };
}

/** Report a folder that holds no page. */
export class NoPage extends Error {
  override readonly name = 'NoPage';
  readonly next = 'halt';
  constructor(folder: string) {
    super(`${folder} holds no index.html, so it is not a built page; give the folder that buildPage() returned`);
  }
}
