// Both runners tell what they did as JSON, each in its own shape.

import { relative } from 'node:path';
import type { Ran } from './judge.ts';

type ForgeReport = Readonly<
  Record<string, { readonly test_results: Readonly<Record<string, { readonly status: string }>> }>
>;
type VitestReport = {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
};

/** Read forge's report out of everything it printed. Throws NoReport. */
export function readForge(output: string): readonly Ran[] {
  const line = output.split('\n').find((one) => one.startsWith('{'));
  if (line === undefined) throw new NoReport('forge', output);
  return Object.entries(JSON.parse(line) as ForgeReport).flatMap(([suite, { test_results }]) =>
    Object.entries(test_results).map(([name, { status }]) => ({
      file: suite.slice(0, suite.lastIndexOf(':')),
      name,
      passed: status === 'Success',
    })),
  );
}

/** Read vitest's report; its files are absolute, and become relative to `root`. */
export function readVitest(report: string, root: string): readonly Ran[] {
  return (JSON.parse(report) as VitestReport).testResults.flatMap(({ name: file, assertionResults }) =>
    assertionResults.map(({ fullName, status }) => ({
      file: relative(root, file).replaceAll('\\', '/'),
      name: fullName,
      passed: status === 'passed',
    })),
  );
}

/** A runner ended without a report: nothing is known of the attacks. */
export class NoReport extends Error {
  constructor(runner: string, output: string) {
    super(
      `No attack was tried, because ${runner} ended without a report. It says:\n${output}\nMend that and run again.`,
    );
    this.name = 'NoReport';
  }
}
