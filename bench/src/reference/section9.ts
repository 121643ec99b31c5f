import type { Case } from './Probe.ts';

export const section9: { readonly [id: string]: Case } = {};
