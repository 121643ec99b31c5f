// `npm ci` refuses a lock that lacks any optional dependency, even one for another platform. A registry that does not
// hold every platform's build makes npm leave it out. This writes the entry that npm would have written: the version
// is the one its parent asks for, and the package's name says the platform.

import { readFileSync, writeFileSync } from 'node:fs';
import { listMissing } from './listMissing.ts';
import type { Locked } from './listMissing.ts';

const cpus: Readonly<Record<string, string>> = { amd64: 'x64' };

/** Describe the platform package `name`, such as `@scope/binding-linux-arm64-musl`, which `parent` wants. */
function entry(name: string, parent: Locked): Locked {
  const platform = /([a-z0-9]+)-(x64|amd64|arm64|arm|ia32|ppc64|riscv64|s390x|loong64)(?:-(gnu|musl)?\w*)?$/.exec(name);
  const [, os, cpu, abi] = platform ?? [];
  const version = parent.optionalDependencies?.[name];
  if (!os || !cpu || !version)
    throw new Error(`${name} names no known platform: add its entry to package-lock.json by hand.`);
  const libc = { gnu: 'glibc', musl: 'musl' }[os === 'linux' ? (abi ?? '') : ''];
  return {
    version,
    cpu: [cpus[cpu] ?? cpu],
    ...(parent.dev ? { dev: true } : {}),
    ...(libc ? { libc: [libc] } : {}),
    ...(parent.license ? { license: parent.license } : {}),
    optional: true,
    os: [os],
  };
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const missing = listMissing(lock.packages);
for (const { name, parent } of missing) lock.packages[`node_modules/${name}`] = entry(name, parent);
const sorted = Object.entries(lock.packages).toSorted(([a], [b]) => a.localeCompare(b, 'en'));
writeFileSync('package-lock.json', `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
console.log(`Added ${missing.length} packages of other platforms to package-lock.json.`);
