// For tests only: something to show before there is an engine.

export { sampleEntries } from './sampleEntries.ts';
export { sampleJournal } from './sampleJournal.ts';
export { PORTFOLIO } from './Scene.ts';
