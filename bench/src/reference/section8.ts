import type { Case } from './Probe.ts';

export const section8: { readonly [id: string]: Case } = {};
