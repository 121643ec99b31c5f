import type { Case } from './Probe.ts';

export const section10: { readonly [id: string]: Case } = {};
