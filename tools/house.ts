// What no compiler or linter looks at: how files are named, how long Solidity grows, and text that must not be
// committed because it is true of one machine only, points at nothing, or leaves work for a reader who never comes.

import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { listFiles } from './listFiles.ts';

/** Name one thing that the house rules refuse, and how to mend it. */
export type Finding = { readonly file: string; readonly line: number; readonly what: string; readonly fix: string };

/** Refuse a pattern in text. `files` limits it; the patterns are spelled so that this file passes its own check. */
type Ban = { readonly text: RegExp; readonly files?: RegExp; readonly fix: string };

const source = /\.(ts|tsx|mjs|sol)$/;
const maxSolidityLines = 400;
// The tests of the checks plant paths and documents that do not exist.
const plants = /^tools\/.*\.test\.ts$/;

const bans: readonly Ban[] = [
  {
    text: /(?<![\w.:/-])\/(?:home|root|work|farm|Users)\/\w+/,
    fix: 'name no path of one machine: take it from the caller',
  },
  { text: /\b(?:registry\.(?:npmjs|yarnpkg)|npm\.pkg\.github)\b/, fix: 'name no package registry: npm knows its own' },
  {
    text: /"resolved":\s*"[a-z+]+:/,
    files: /package-lock\.json$/,
    fix: 'run npm install with this .npmrc, which omits it',
  },
  { text: /-----BEGIN [A-Z ]*PRIVATE KEY-----/, fix: 'remove the key, and replace it wherever it was used' },
  { text: /\b(?:TO[D]O|FIX[M]E|X{3})\b/, fix: 'do it now, or open an issue and say here what is true today' },
  { text: /\bissue [A-Z]\b/, fix: 'state the fact itself, or a public source' },
  { text: /\b(?:test|it|describe)\.(?:skip|only|todo|fails)[(.]/, files: source, fix: 'run the test or remove it' },
  {
    text: /\b(?:test|it|describe)\.(?:skipIf|runIf)\(|\bvm\.skip\(/,
    files: source,
    fix: 'test what every machine has',
  },
  { text: /(?:oxlint|eslint)-disable(?!-next-line \S)/, files: source, fix: 'disable one named rule for one line' },
  { text: /@ts-(?:ignore|nocheck)/, files: source, fix: 'use @ts-expect-error with the reason, or mend the type' },
];

/** List everything under `root` that the house rules refuse. */
export function findings(root: string): readonly Finding[] {
  const files = listFiles(root);
  return files.flatMap((file) => {
    const named = nameFindings(file);
    if (/\.(png|jpe?g|gif|ico|woff2?|gz)$/.test(file)) return named;
    const lines = readFileSync(`${root}/${file}`, 'utf8').split('\n');
    const found = lines.flatMap((text, index) => textFindings(root, file, text, index + 1));
    return [...named, ...found, ...lengthFindings(file, lines.length)];
  });
}

/** A homeless function is a missing noun: refuse the names under which such functions gather. */
function nameFindings(file: string): readonly Finding[] {
  const bad = /(^|\/)(utils?|helpers?|common|misc|shared)(\/|\.[a-z]+$)|(^|\/)(types|constants)\.tsx?$/i.exec(file);
  return bad ? [{ file, line: 1, what: `the name ${bad[0]}`, fix: 'name the file after the thing it is about' }] : [];
}

function lengthFindings(file: string, lines: number): readonly Finding[] {
  if (!file.endsWith('.sol') || lines <= maxSolidityLines) return [];
  return [
    {
      file,
      line: lines,
      what: `${lines} lines`,
      fix: `split it: at most ${maxSolidityLines} can be read in one sitting`,
    },
  ];
}

function textFindings(root: string, file: string, text: string, line: number): readonly Finding[] {
  const banned = bans.flatMap(({ text: pattern, files, fix }) => {
    const hit = files && !files.test(file) ? null : pattern.exec(text);
    return hit ? [{ file, line, what: hit[0], fix }] : [];
  });
  return [...banned, ...pathFindings(file, text, line), ...documentFindings(root, file, text, line)];
}

/** Refuse a relative path that leaves the repository. Only `.ci/run` may look beside the checkout, for data. */
function pathFindings(file: string, text: string, line: number): readonly Finding[] {
  if (file === '.ci/run' || file === 'package-lock.json' || plants.test(file)) return [];
  return [...text.matchAll(/(?<![\w.*])(?:\.\.\/)+[\w.-]*/g)].flatMap(([path]) =>
    posix.join(posix.dirname(file), path).startsWith('..')
      ? [{ file, line, what: path, fix: 'stay inside the repository: the caller gives any other path' }]
      : [],
  );
}

/** Refuse the mention of a document that does not exist. */
function documentFindings(root: string, file: string, text: string, line: number): readonly Finding[] {
  if (file === 'package-lock.json' || plants.test(file)) return [];
  return [...text.matchAll(/(?<![\w/.*:@-])[\w./-]*\w\.md\b/g)].flatMap(([path]) =>
    existsSync(`${root}/${posix.join(posix.dirname(file), path)}`) || existsSync(`${root}/${path}`)
      ? []
      : [{ file, line, what: path, fix: 'write that document, or name one that exists' }],
  );
}
