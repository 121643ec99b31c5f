import type { Case } from './Probe.ts';

export const section5: { readonly [id: string]: Case } = {};
