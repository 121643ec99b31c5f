// Tests are grouped by what they need of the machine. Pure ones share both cores; those that run a chain, a server,
// a browser or a process of their own follow one file at a time, so that none is measured against another's load.

import { defineConfig } from 'vitest/config';

const outside = [
  'adapters/**/*.test.ts',
  'apps/**/*.test.ts',
  'contracts/**/*.test.ts',
  'bench/**/*.test.ts',
  '**/*.chain.test.ts',
];
const browser = ['**/*.browser.test.ts'];
const never = ['**/node_modules/**', '**/.stryker-tmp/**'];

export default defineConfig({
  test: {
    pool: 'forks',
    globalSetup: ['tools/chooseSeed.ts'],
    setupFiles: ['tools/seedProperties.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'pure',
          include: ['**/*.test.ts'],
          exclude: [...never, ...outside, ...browser],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'outside',
          include: outside,
          exclude: [...never, ...browser],
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: { name: 'browser', include: browser, exclude: never, maxWorkers: 1, sequence: { groupOrder: 2 } },
      },
    ],
  },
});
