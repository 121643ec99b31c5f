import type { Case } from './Probe.ts';

export const section11: { readonly [id: string]: Case } = {};
