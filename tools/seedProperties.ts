// Every property of one run shares one seed, which tools/chooseSeed.ts chose and printed.

import { configureGlobal } from 'fast-check';

configureGlobal({ seed: Number(process.env['FAST_CHECK_SEED']) });
