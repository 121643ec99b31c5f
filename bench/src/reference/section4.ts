import type { Case } from './Probe.ts';

export const section4: { readonly [id: string]: Case } = {};
