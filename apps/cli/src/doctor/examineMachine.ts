// The machine: the runtime, the local chain for the demo, room on the disk.

import { existsSync, statfsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fail, ok, warn } from './Finding.ts';
import type { Finding } from './Finding.ts';

const GIB = 1_073_741_824;

/** Examine the machine; `folder` is where the journal will grow. */
export function examineMachine(folder: string): readonly Finding[] {
  return [node(), anvil(), disk(folder)];
}

function node(): Finding {
  const { node: version } = process.versions;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return ok('node', `version ${version}`);
  return fail(
    'node',
    `version ${version} cannot run TypeScript sources`,
    'start through npm (`npm run trimtab -- doctor`), which brings Node 24',
  );
}

function anvil(): Finding {
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const name = `@foundry-rs/anvil-${process.platform}-${arch}`;
  try {
    const wrapper = createRequire(createRequire(import.meta.url).resolve('@foundry-rs/anvil/package.json'));
    return ok('anvil', wrapper.resolve(`${name}/bin/anvil`).includes(name) ? `${name} is installed` : 'installed');
  } catch {
    return warn(
      'anvil',
      `${name} is not installed, so the demo has no chain`,
      'run `npm ci` with optional packages on',
    );
  }
}

function disk(folder: string): Finding {
  let place = folder;
  while (!existsSync(place) && dirname(place) !== place) place = dirname(place);
  const { bavail, bsize } = statfsSync(place);
  const free = (bavail * bsize) / GIB;
  const what = `${free.toFixed(1)} GiB free at ${place}`;
  if (free < 0.2) return fail('disk', what, 'free at least 1 GiB: a journal that cannot be written stops all trading');
  return free < 1 ? warn('disk', what, 'free at least 1 GiB') : ok('disk', what);
}
