import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root, TIMED_OUT } from '../runForge.ts';
import { configured, fateOf, Unheard } from './Lane.ts';
import { apply, type Mutant, mutantsOf } from './Mutant.ts';
import { parse } from './parse.ts';
import * as Reach from './Reach.ts';
import { summarise } from './Summary.ts';

const contract = (body: string) => `// SPDX-License-Identifier: MIT\ncontract Planted {\n${body}\n}\n`;
const inside = (statement: string) => contract(`function f() external {\n${statement}\n}`);
const mutants = (source: string) => mutantsOf('src/Planted.sol', Buffer.from(source), parse(source));
/** The lines that the mutants of a statement turn it into. */
const changed = (statement: string) =>
  mutants(inside(statement)).map(
    (mutant) =>
      apply(Buffer.from(inside(statement)), mutant)
        .toString()
        .split('\n')[3],
  );

describe('a mutant', () => {
  test.each([
    [
      'if (a < b) revert Bad(a + 1);',
      ['if (false) revert Bad(a + 1);', 'if (a <= b) revert Bad(a + 1);', 'if (a >= b) revert Bad(a + 1);'],
    ],
    ['if (x) { revert Bad(); }', ['if (false) { revert Bad(); }']],
    ['if (x) { y(); }', []],
    ['a = b * c;', ['a = b / c;']],
    ['a += b;', ['a -= b;']],
    ['a = b == c && d;', ['a = b != c && d;', 'a = b == c || d;']],
    ['a = !b;', ['a = b;']],
    ['a = 7;', ['a = (7 + 1);', 'a = (7 - 1);']],
    ['a = 0;', ['a = (0 + 1);']],
    ['a = 1 days;', ['a = (1 days + 1);', 'a = (1 days - 1);']],
    ['a = true;', ['a = false;']],
    ['a = Math.ceilDiv(b, c);', ['a = ((b) / (c));']],
    ['a = Math.mulDiv(b, c, d, Math.Rounding.Ceil);', ['a = Math.mulDiv(b, c, d, Math.Rounding.Floor);']],
    ['a = Math.min(b, c);', ['a = Math.max(b, c);']],
    ['_requirePaid(a, b);', ['true;']],
    ['_record(a, b);', []],
    ['emit Done(a + 1);', []],
    ['a = unicode"ä"; b = c + d;', ['a = unicode"ä"; b = c - d;']],
  ])('of %s', (statement, expected) => {
    expect(new Set(changed(statement))).toEqual(new Set(expected));
  });

  test('takes away modifiers, but not the constructors of bases', () => {
    const source = contract('constructor() Base(a) {}\nfunction f() external onlyOwner nonReentrant {}');
    expect(mutants(source).map(({ mutation }) => /\[(.*) →/.exec(mutation)?.[1])).toEqual([
      'onlyOwner',
      'nonReentrant',
    ]);
  });

  test('is named by its place, shows its line, and is another one once the source changed', () => {
    const [first] = mutants(inside('a = b - c;'));
    const [later] = mutants(inside('a = b - c; // more'));
    expect(first).toMatchObject({ file: 'src/Planted.sol', line: 4, mutation: 'a = b [- → +] c;' });
    expect(later?.id).not.toBe(first?.id);
  });

  test('of what is no Solidity does not exist', () => {
    expect(() => parse('contract {')).toThrow(SyntaxError);
  });
});

test('a lane compiles in folders of its own, under every profile', () => {
  const config = readFileSync(join(root, 'contracts', 'foundry.toml'), 'utf8');
  const paths = [...configured(config, 'lane').matchAll(/^(?:out|cache_path|src|test|failure_\w+) = "(.*)"$/gm)];
  expect(paths.length).toBeGreaterThan(7);
  for (const [line, path] of paths) expect(path, line).toMatch(/^lane\//);
});

test('a mutant survives where all tests pass, dies where one fails, and counts for nothing where it does not compile', () => {
  expect(fateOf({ code: 0, output: '' })).toBe('survived');
  expect(fateOf({ code: 1, output: 'Suite result: FAILED.' })).toBe('killed');
  expect(fateOf({ code: TIMED_OUT, output: '' })).toBe('killed');
  expect(fateOf({ code: 1, output: 'Error: Compiler run failed:' })).toBe('invalid');
});

test('a run that ends before any test has failed says nothing of a mutant', () => {
  expect(() => fateOf({ code: 1, output: 'Error: no such file' })).toThrow(Unheard);
  expect(() => fateOf({ code: 1, output: 'Error: Compiler run failed:\nError writing output JSON' })).toThrow(Unheard);
});

describe('the tests that a source reaches', () => {
  const reach: Reach.Reach = new Map([
    ['src/custody/Ledger.sol', []],
    ['src/Vault.sol', ['src/custody/Ledger.sol']],
    ['src/Lens.sol', []],
    ['test/fixture/Fixture.sol', ['src/Vault.sol']],
    ['test/Vault/mint.t.sol', ['test/fixture/Fixture.sol']],
    ['test/attack/A02.t.sol', ['test/fixture/Fixture.sol']],
    ['test/Lens/look.t.sol', ['src/Lens.sol']],
  ]);

  test('are those of what builds on it, and all others that import it, however far away', () => {
    expect(Reach.testsOf(reach, 'src/custody/Ledger.sol')).toEqual({
      near: ['test/Vault/mint.t.sol'],
      far: ['test/attack/A02.t.sol'],
    });
    expect(Reach.testsOf(reach, 'src/Lens.sol')).toEqual({ near: ['test/Lens/look.t.sol'], far: [] });
  });

  test('are found by relative imports of every form', () => {
    const text = [
      'import {A, B as C} from "../src/A.sol";',
      'import {',
      '    D',
      '} from "./fixture/D.sol";',
      'import "./E.sol";',
      'import {IERC20} from "@openzeppelin/contracts/IERC20.sol";',
    ];
    expect(Reach.importsOf('test/T.t.sol', text.join('\n'))).toEqual(['src/A.sol', 'test/fixture/D.sol', 'test/E.sol']);
  });

  test('are more than a few for what everything builds on', () => {
    const ours = Reach.read(join(import.meta.dirname, '..'));
    for (const source of ['src/custody/Ledger.sol', 'src/settling/Orders.sol', 'src/math/Ewma.sol']) {
      const { near, far } = Reach.testsOf(ours, source);
      expect(near.length + far.length, source).toBeGreaterThan(3);
    }
  });
});

test('the score leaves out what does not compile and what was not tried, and takes doubt for survival', () => {
  const some = ['a', 'b', 'c', 'd', 'e', 'f'].map((id, line): Mutant => ({
    id,
    file: 'f',
    line,
    mutation: id,
    start: 0,
    end: 0,
    text: '',
  }));
  const fates = new Map([
    ['a', 'killed'],
    ['b', 'killed'],
    ['c', 'survived'],
    ['d', 'invalid'],
    ['e', 'doubtful'],
  ] as const);
  expect(summarise(some, fates)).toEqual({
    killed: 2,
    survived: 1,
    doubtful: 1,
    invalid: 1,
    untried: 1,
    score: 2 / 4,
    survivors: [
      { file: 'f', line: 2, mutation: 'c', fate: 'survived' },
      { file: 'f', line: 4, mutation: 'e', fate: 'doubtful' },
    ],
  });
  expect(summarise([], new Map()).score).toBe(0);
});
