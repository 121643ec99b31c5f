import { journalConformance } from '@trimtab/engine/conformance';
import { blank, memoryJournal } from './memoryJournal.ts';

journalConformance(async () => memoryJournal(blank(), { now: () => 1_700_000_000 }));
