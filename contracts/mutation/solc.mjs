#!/usr/bin/env node
// The compiler, as tools/solc.mjs is, with a memory for what no mutant changes: its version, and the interfaces of everything,
// which forge wants to know anew whenever it is to run some of the tests. They take longer than to compile most mutants.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const compiler = () => createRequire(import.meta.url)('solc');

if (process.argv.includes('--version')) {
  const version = () => compiler().version().replace('.Emscripten.clang', '.Linux.g++');
  const line = remembered('version', version);
  process.stdout.write(`solc, the solidity compiler commandline interface\nVersion: ${line}\n`);
} else {
  const input = readFileSync(0, 'utf8');
  const answer = () => compiler().compile(input);
  const { sources, settings } = JSON.parse(input);
  const wanted = Object.values(settings.outputSelection).flatMap((outputs) => Object.values(outputs).flat());
  const known = createHash('sha256').update(JSON.stringify([Object.keys(sources), settings]));
  const isInterface = wanted.length > 0 && wanted.every((output) => output === 'abi');
  process.stdout.write(isInterface ? remembered(known.digest('hex'), answer) : answer());
}

function remembered(name, find) {
  const file = join(dirname(process.env.FOUNDRY_CONFIG), 'memory', name);
  if (existsSync(file)) return readFileSync(file, 'utf8');
  const found = find();
  writeFileSync(file, found);
  return found;
}
