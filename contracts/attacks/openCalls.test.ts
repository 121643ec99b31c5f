// There is one place in all contracts that calls with data of a caller's choosing, and its target is fixed at deployment.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openCalls } from './openCalls.ts';

test('one bare call is made by all contracts together, by the contract that holds nothing', async () => {
  const folder = join(import.meta.dirname, '..', 'src');
  const sources = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.sol'));
  expect(sources.length).toBeGreaterThan(20);
  const found: string[] = [];
  for (const name of sources) {
    const calls = openCalls(await readFile(join(folder, name), 'utf8'));
    found.push(...calls.map((call) => `${name.replaceAll('\\', '/')}: ${call}`));
  }
  expect(found).toEqual(['periphery/AggregatorFiller.sol: Address.functionCall(router, data);']);
});

test.each([
  'target.call(data);',
  '(bool ok, ) = target.call{value: 1}(data);',
  'target.delegatecall(data);',
  'Address.functionCall(target, data);',
  'target.functionCallWithValue(data, 1);',
  'Address.functionDelegateCall(target, data);',
  'let ok := call(gas(), target, 0, 0, 0, 0, 0)',
  'multicall(calls);',
])('a planted %s is found', (line) => {
  expect(openCalls(`contract A {\n    ${line}\n}`)).toEqual([line]);
});

test.each(['// target.call(data);', 'feed.staticcall(data);', '_call(data);', 'token.transfer(to, 1);'])(
  '%s is none',
  (line) => {
    expect(openCalls(line)).toEqual([]);
  },
);
