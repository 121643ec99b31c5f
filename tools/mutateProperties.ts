// Mutants are only asked whether a test fails, so a failing property is not shrunk, and each is tried fewer times.
// Fewer tries can only let more mutants live.

import { configureGlobal } from 'fast-check';

configureGlobal({ seed: Number(process.env['FAST_CHECK_SEED']), numRuns: 30, endOnFailure: true });
