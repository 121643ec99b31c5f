// Serves the page on a scripted journal that goes on being written, for working on the page: node test/preview.ts [port]

import { serve } from '@trimtab/api';
import { PORTFOLIO, sampleEntries, sampleJournal } from '@trimtab/api/sample';
import { buildPage } from '../build.ts';

const CYCLES = 900;
const wall = Math.floor(Date.now() / 1000) - CYCLES / 2;
const entries = sampleEntries({ cycles: CYCLES, wall });
let told = Math.floor(entries.length / 2);
const journal = sampleJournal(entries.slice(0, told));
const { url } = await serve({
  journal,
  portfolio: PORTFOLIO,
  mode: 'SIMULATION',
  port: Number(process.argv[2] ?? 4747),
  page: await buildPage(),
  scoreboard: () => ({
    progress: { done: told, total: entries.length, label: 'Replaying 17 August 2023' },
    valueVsHold: 0.0042,
    valueVsConstantMix: -0.0009,
    trackingError: 0.0061,
    largestDrift: 0.0184,
  }),
});
console.error(`The page is at ${url}`);
setInterval(() => {
  journal.arrive(entries.slice(told, told + 2));
  told = Math.min(entries.length, told + 2);
}, 1_000);
