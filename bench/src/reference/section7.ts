import type { Case } from './Probe.ts';

export const section7: { readonly [id: string]: Case } = {};
