import type { Case } from './Probe.ts';

export const section13: { readonly [id: string]: Case } = {};
