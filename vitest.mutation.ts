// The tests that mutants are run against: those of the mutated rooms and of markets, from one seed. A mutant that only a
// test further away would notice counts as alive. Files share a worker: starting one would take longer than the tests.

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['core/src/{money,market,plan,guard}/**/*.test.ts'],
    setupFiles: ['tools/mutateProperties.ts'],
    testTimeout: 60_000,
    isolate: false,
  },
});
