import type { Case } from './Probe.ts';

export const section2: { readonly [id: string]: Case } = {};
