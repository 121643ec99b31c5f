// The tests that mutants of core are run against: core's own, with a seed that is the same for every mutant.

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['core/src/**/*.test.ts'], setupFiles: ['tools/seedProperties.ts'], testTimeout: 60_000 },
});
