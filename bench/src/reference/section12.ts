import type { Case } from './Probe.ts';

export const section12: { readonly [id: string]: Case } = {};
