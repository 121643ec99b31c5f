#!/usr/bin/env node
// Forge expects a native compiler binary; this speaks the same two commands on top of the npm package `solc`
// (WebAssembly), so that a checkout needs nothing but the package registry.
import { readFileSync } from 'node:fs';
import solc from 'solc';

if (process.argv.includes('--version')) {
  const version = solc.version().replace('.Emscripten.clang', '.Linux.g++');
  process.stdout.write(`solc, the solidity compiler commandline interface\nVersion: ${version}\n`);
} else {
  process.stdout.write(solc.compile(readFileSync(0, 'utf8')));
}
