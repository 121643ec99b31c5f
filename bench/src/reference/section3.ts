import type { Case } from './Probe.ts';

export const section3: { readonly [id: string]: Case } = {};
