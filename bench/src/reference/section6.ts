import type { Case } from './Probe.ts';

export const section6: { readonly [id: string]: Case } = {};
